"""An app beside `h5p_lite`: where people stand in contents and what they reached. A host with results of its own leaves it out."""
