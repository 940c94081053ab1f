"""Files of libraries and contents, each kept once under its SHA-256. Nothing here is ever overwritten."""

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, BinaryIO, NamedTuple, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from tenancy import contents

FOLDER = "h5p"
BUNDLES = f"{FOLDER}/buendel"
CHUNK = 256 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Blob(NamedTuple):
    sha256: str
    size: int  # bytes


def path_of(digest: str) -> str:
    """Where it is in the storage. Raises ValueError for anything but a digest."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError(digest)
    return f"{FOLDER}/{digest[:2]}/{digest}"


def keep(write: Callable[[IO[bytes]], object]) -> Blob:
    """Keep what `write` writes into the file it is given. Big files wait on disk, not in memory."""
    with tempfile.SpooledTemporaryFile(max_size=1 << 20) as waiting:
        write(waiting)
        waiting.seek(0)
        digest, size = hashlib.sha256(), 0
        while chunk := waiting.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
        contents.keep(path_of(digest.hexdigest()), waiting, digest.hexdigest())
        return Blob(digest.hexdigest(), size)


def keep_known(digest: str, write: Callable[[IO[bytes]], object]) -> None:
    """Keep what `write` writes, unless the file with this digest is here already."""
    if not contents.is_whole(path_of(digest), digest):
        keep(write)


def keep_bytes(content: bytes) -> Blob:
    return keep(lambda into: into.write(content))


def keep_chunks(chunks: Iterable[bytes]) -> Blob:
    def write(into: IO[bytes]) -> None:
        for chunk in (
            chunks
        ):  # one by one: `writelines` keeps all of them in memory before it looks at its limit
            into.write(chunk)

    return keep(write)


def open_blob(digest: str) -> File:
    return default_storage.open(path_of(digest))


def read_text(digest: str) -> str:
    """Scripts and styles: UTF-8 by rule, with whatever is not replaced (a comment in Latin-1 breaks no library)."""
    with open_blob(digest) as file:
        return file.read().decode("utf-8-sig", errors="replace")


def keep_bundle(name: str, text: str) -> None:
    """A file made of others; its name says of which, so it is written once."""
    path = f"{BUNDLES}/{name}"
    if not default_storage.exists(path):
        contents.put(path, ContentFile(text.encode()))


def has_bundle(name: str) -> bool:
    return default_storage.exists(f"{BUNDLES}/{name}")


def open_bundle(name: str) -> File:
    return default_storage.open(f"{BUNDLES}/{name}")


def open_raw(digest: str) -> BinaryIO:
    """The file without Django's wrapping."""
    return cast("BinaryIO", open_blob(digest).file)


def all_paths() -> Iterator[str]:
    """Where every kept file is; bundles are not among them."""
    if not default_storage.exists(FOLDER):
        return
    for folder in default_storage.listdir(FOLDER)[0]:
        if len(folder) == 2:
            for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
                yield f"{FOLDER}/{folder}/{name}"
