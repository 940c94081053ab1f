"""Every read of the room that is worth a name."""
