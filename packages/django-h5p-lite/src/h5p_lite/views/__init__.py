"""Doors: they ask `h5p_lite.access`, call actions and queries, and answer."""
