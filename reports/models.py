"""The office has no table of its own: what it shows is published by `figures`."""
