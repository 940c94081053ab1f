"""Parts of a running city are killed, frozen and flooded while people learn: nothing acknowledged is lost or doubled."""
