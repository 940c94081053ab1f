"""How files get into Django's default storage: by their names, which say what is in them, and never twice.

A host whose storage writes more carefully, or looks whether a file is whole, names a module of its own in `H5P_KEEPER`.
"""

from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage


def keep(name: str, content: IO[bytes], digest: str) -> None:
    """Keep `content` as `name`, unless it is there. `digest`: its SHA-256 in hexadecimal."""
    if not is_whole(name, digest):
        content.seek(0)
        put(name, File(content, name=name))


def is_whole(name: str, digest: str) -> bool:
    """Is the file there? The digest is in its name."""
    return default_storage.exists(name)


def put(name: str, content: File) -> None:
    default_storage.save(name, content)
