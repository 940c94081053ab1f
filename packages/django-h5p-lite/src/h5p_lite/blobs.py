"""Files of libraries and contents in Django's default storage, each kept once under its SHA-256. Nothing is overwritten."""

import hashlib
import re
import tempfile
from collections.abc import Callable
from typing import IO, BinaryIO, NamedTuple, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from h5p_lite import conf

CHUNK = 256 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Blob(NamedTuple):
    sha256: str
    size: int  # bytes


def path_of(digest: str) -> str:
    """Where it is in the storage. Raises ValueError for anything but a digest."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError(digest)
    return f"{conf.folder()}/{digest[:2]}/{digest}"


def keep(write: Callable[[IO[bytes]], object]) -> Blob:
    """Keep what `write` writes into the file it is given. Big files wait on disk, not in memory."""
    with tempfile.SpooledTemporaryFile(max_size=1 << 20) as waiting:
        write(waiting)
        waiting.seek(0)
        digest, size = hashlib.sha256(), 0
        while chunk := waiting.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
        path = path_of(digest.hexdigest())
        if not default_storage.exists(path):
            waiting.seek(0)
            default_storage.save(path, File(waiting))
        return Blob(digest.hexdigest(), size)


def keep_known(digest: str, write: Callable[[IO[bytes]], object]) -> None:
    """Keep what `write` writes, unless the file with this digest is here already."""
    if not default_storage.exists(path_of(digest)):
        keep(write)


def keep_bytes(content: bytes) -> Blob:
    return keep(lambda into: into.write(content))


def open_blob(digest: str) -> File:
    return default_storage.open(path_of(digest))


def open_raw(digest: str) -> BinaryIO:
    """The file without Django's wrapping."""
    return cast("BinaryIO", open_blob(digest).file)


def read_text(digest: str) -> str:
    """Scripts and styles: UTF-8 by rule, with whatever is not replaced (a comment in Latin-1 breaks no library)."""
    with open_blob(digest) as file:
        return file.read().decode("utf-8-sig", errors="replace")


def has_bundle(name: str) -> bool:
    return default_storage.exists(_bundle(name))


def keep_bundle(name: str, text: str) -> None:
    """A file made of others; its name says of which, so it is written once."""
    if not has_bundle(name):
        default_storage.save(_bundle(name), ContentFile(text.encode()))


def open_bundle(name: str) -> File:
    return default_storage.open(_bundle(name))


def _bundle(name: str) -> str:
    return f"{conf.folder()}/bundles/{name}"
