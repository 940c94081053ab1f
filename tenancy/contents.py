"""Files that are named by their content: kept once, never changed, and looked at before they are relied on."""

import hashlib
from typing import IO, cast

from django.core.files.base import File
from django.core.files.storage import default_storage

from tenancy.storage import DurableFiles

CHUNK = 256 * 1024  # bytes
#: What this process has read and found to be what its name says.
_whole: set[str] = set()


def keep(name: str, content: IO[bytes], digest: str) -> None:
    """Keep `content` as `name`, unless it is there. A file that is not what its name says is written again.

    `digest`: the SHA-256 of `content` in hexadecimal, of which `name` has at least the beginning.
    """
    if not is_whole(name, digest):
        content.seek(0)
        put(name, File(content, name=name))
        _whole.add(name)


def is_whole(name: str, digest: str) -> bool:
    """Whether the file is there with this content. Read once per process, asked of the disk every time."""
    if not default_storage.exists(name):
        return False
    if name not in _whole and digest_of(name) == digest:
        _whole.add(name)
    return name in _whole


def put(name: str, content: File) -> None:
    """Exactly as `name`, in place of what is there."""
    cast("DurableFiles", default_storage).put(name, content)


def digest_of(name: str) -> str:
    """The SHA-256 of what is in the storage under `name`, in hexadecimal."""
    digest = hashlib.sha256()
    with default_storage.open(name) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
