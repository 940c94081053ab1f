"""A backup as a file: tar inside age. It is written and read as a stream, so neither needs room for a second copy.

The first member says what it is (`head.json`), the last one what has to be in it (`manifest.json`: a SHA-256 for each).
The database is cut into pieces, because tar wants to know a size before. Without Lernstadt: `age -d -i KEY FILE | tar -x`.
"""

import hashlib
import io
import json
import os
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

import pyrage
from pyrage import x25519

from config.embedded.places import CannotStart

HEAD, MANIFEST = "head.json", "manifest.json"
BEGINNING = "database/000001"
PIECE = 8 * 2**20  # bytes
FORMAT = 1


class Member(NamedTuple):
    name: str
    size: int
    sha256: str


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class ArchiveWriter:
    """Adds members to a running archive and remembers what they were."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.members: list[Member] = []
        self.written = 0

    def add(self, name: str, content: bytes) -> None:
        self.add_file(name, io.BytesIO(content), len(content))

    def add_json(self, name: str, content: Any) -> None:
        self.add(name, json.dumps(content, indent=1, ensure_ascii=False).encode())

    def add_file(self, name: str, file: IO[bytes], size: int, changed: float | None = None) -> None:
        """Exactly `size` bytes of `file`. Raises OSError when it has fewer."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        info.mtime = int(time.time() if changed is None else changed)
        hashed = _Hashed(file)
        self.tar.addfile(info, hashed)
        self.written += size
        self.members.append(Member(name, size, hashed.digest.hexdigest()))

    def add_pieces(self, name: str, file: Readable) -> None:
        """Whatever comes out of `file`, as name/000001 and so on."""
        number = 0
        while piece := file.read(PIECE):
            number += 1
            self.add(f"{name}/{number:06}", piece)

    def close(self) -> None:
        self.add_json(MANIFEST, {"members": [list(one) for one in self.members]})


class _Hashed(io.RawIOBase):
    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self.file.read(size)
        self.digest.update(content)
        return content


@contextmanager
def writing(path: Path, recipients: list[x25519.Recipient]) -> Iterator[ArchiveWriter]:
    """An archive that has its name only when all of it is on the disk. Raises OSError (a full disk) and what happens inside."""
    draft = draft_of(path)
    try:
        with open(draft, "xb", opener=_private) as file:
            with _encrypted(file, recipients) as sink, tarfile.open(fileobj=sink, mode="w|") as tar:
                writer = ArchiveWriter(tar)
                yield writer
                writer.close()
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def draft_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Beside(threading.Thread):
    """Encrypts or decrypts in a thread of its own; `failure` is what stopped it."""

    def __init__(self, work: Callable[[], object], *ends: IO[bytes]) -> None:
        super().__init__(name="age", daemon=True)
        self.work, self.ends = work, ends
        self.failure: Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            self.work()
        except Exception as wrong:  # noqa: BLE001 -- raised by anyone who waits
            self.failure = wrong
        finally:
            for end in self.ends:
                with suppress(OSError):
                    end.close()


class _Target:
    """pyrage hides which OSError it was: a full disk has to be told from others."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.wrong: OSError | None = None

    def write(self, content: bytes) -> int:
        try:
            return self.file.write(content)
        except OSError as wrong:
            self.wrong = wrong
            raise

    def flush(self) -> None:
        self.file.flush()


@contextmanager
def _encrypted(file: IO[bytes], recipients: list[x25519.Recipient]) -> Iterator[IO[bytes]]:
    out, into = os.pipe()
    source, sink, target = os.fdopen(out, "rb"), os.fdopen(into, "wb"), _Target(file)
    beside = _Beside(lambda: pyrage.encrypt_io(source, target, recipients), source)
    try:
        yield sink
        sink.close()
    except BrokenPipeError:
        pass  # it has ended before us, and says why
    finally:
        with suppress(OSError):
            sink.close()
        beside.join()
    if beside.failure:
        raise target.wrong or beside.failure


@contextmanager
def reading(path: Path, identities: list[x25519.Identity]) -> Iterator[tarfile.TarFile]:
    """The members in their order. Raises CannotStart where the key does not fit or a single bit has changed."""
    out, into = os.pipe()
    source, sink = os.fdopen(out, "rb"), os.fdopen(into, "wb")
    with path.open("rb") as file, source:
        beside = _Beside(lambda: pyrage.decrypt_io(file, sink, identities), sink)
        try:
            with tarfile.open(fileobj=source, mode="r|") as tar:
                yield tar
            while source.read(PIECE):
                pass  # the last piece is judged as well
        except (tarfile.TarError, EOFError, UnicodeDecodeError):
            beside.join(5)
            raise CannotStart(_why(path, beside.failure)) from None
        finally:
            with suppress(OSError):
                source.close()
            beside.join()
    if beside.failure and not isinstance(beside.failure, BrokenPipeError):
        raise CannotStart(_why(path, beside.failure))


def _why(path: Path, wrong: Exception | None) -> str:
    if isinstance(wrong, pyrage.DecryptError) and "No matching keys" in str(wrong):
        return f"This key does not open {path}: name the right one with --identity FILE."
    return f"{path} is damaged or no backup of Lernstadt: nothing was restored. Take another one."


class CheckedArchive(NamedTuple):
    head: dict[str, Any]
    members: list[Member]
    beginning: bytes  # of the database; its table of contents is in it


def check(path: Path, identities: list[x25519.Identity]) -> CheckedArchive:
    """Read all of it and compare with its manifest. Raises CannotStart."""
    members: list[Member] = []
    contents: dict[str, bytes] = {}
    with reading(path, identities) as tar:
        for info in tar:
            content = tar.extractfile(info)
            if content is None:
                raise CannotStart(_why(path, None))
            if info.name in (HEAD, MANIFEST, BEGINNING):
                contents[info.name] = content.read()
                content = io.BytesIO(contents[info.name])
            members.append(Member(info.name, info.size, _digest(content)))
    if not members or members[:-1] != _named(contents.get(MANIFEST, b"{}")) or HEAD not in contents:
        raise CannotStart(_why(path, None))
    head = json.loads(contents[HEAD])
    if head.get("format") != FORMAT:
        raise CannotStart(
            f"{path} was made by a newer Lernstadt: install that one and restore with it."
        )
    return CheckedArchive(head, members, contents.get(BEGINNING, b""))


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := content.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _named(manifest: bytes) -> list[Member]:
    return [Member(*one) for one in json.loads(manifest).get("members", [])]
