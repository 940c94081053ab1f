"""Every read of the room that is worth a name."""

from h5p.queries.files import content_file, library_file
from h5p.queries.store import Cast, Store, cast, is_active, store

__all__ = ["Cast", "Store", "cast", "content_file", "is_active", "library_file", "store"]
