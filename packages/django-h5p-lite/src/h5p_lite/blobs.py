"""Files of libraries and contents in Django's default storage, each kept once under its SHA-256. Nothing is overwritten."""

import gzip
import hashlib
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import IO, Any, BinaryIO, NamedTuple, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from h5p_lite import conf

try:
    import brotli
except ImportError:
    brotli = None

CHUNK = 256 * 1024
#: How a bundle is packed once and sent often (HTTP's content codings), the smallest first; Brotli where it is installed.
#: Quality 10 takes a second or two for a megabyte, once, and a twelfth less than 9.
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    **({"br": partial(brotli.compress, quality=10)} if brotli else {}),
    "gzip": partial(gzip.compress, compresslevel=9, mtime=0),
}
ENDINGS = {"": "", "br": ".br", "gzip": ".gz"}
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
        _keeper().keep(path_of(digest.hexdigest()), waiting, digest.hexdigest())
        return Blob(digest.hexdigest(), size)


def keep_known(digest: str, write: Callable[[IO[bytes]], object]) -> None:
    """Keep what `write` writes, unless the file with this digest is here already."""
    if not _keeper().is_whole(path_of(digest), digest):
        keep(write)


def keep_bytes(content: bytes) -> Blob:
    return keep(lambda into: into.write(content))


def keep_chunks(chunks: Iterable[bytes]) -> Blob:
    def write(into: IO[bytes]) -> None:
        for (
            chunk
        ) in chunks:  # `writelines` keeps all of them in memory before it looks at its limit
            into.write(chunk)

    return keep(write)


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
    """A file made of others, as it is and packed; its name says of which, so it is written once.

    The plain one comes last: where it is, the others are, whatever was stopped in between.
    """
    raw = text.encode()
    for encoding, pack in PACKERS.items():
        _keeper().put(_bundle(name, encoding), ContentFile(pack(raw)))
    if not has_bundle(name):
        _keeper().put(_bundle(name), ContentFile(raw))


def open_bundle(name: str, encoding: str = "") -> File:
    """As it is, or packed as one of `PACKERS`. Raises FileNotFoundError."""
    return default_storage.open(_bundle(name, encoding))


def all_paths() -> Iterator[str]:
    """Where every kept file is; bundles are not among them."""
    folder = conf.folder()
    if not default_storage.exists(folder):
        return
    for inner in default_storage.listdir(folder)[0]:
        if len(inner) == 2:
            for name in default_storage.listdir(f"{folder}/{inner}")[1]:
                yield f"{folder}/{inner}/{name}"


def _keeper() -> Any:
    return import_module(conf.keeper())


def _bundle(name: str, encoding: str = "") -> str:
    return f"{conf.folder()}/bundles/{name}{ENDINGS[encoding]}"
