"""Making a backup while everything runs: one encrypted file, complete or not there at all.

The database is a snapshot. Files are named before it (by hard links, so that deleting one meanwhile takes nothing away) and
looked for again after it, so that every file the snapshot names is in the archive.
"""

import os
import platform
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NamedTuple

from config.embedded.places import CannotStart, alone, own_folder
from recovery import archive, database, keys, remembered
from recovery.places import Installation, version
from tenancy.storage import WAITING

#: Beside the files it names: hard links do not cross disks.
HELD = ".backup"
ENDING = ".tar.age"
PROGRESS = 5.0  # seconds between two sentences

Say = Callable[[str], object]


class Backup(NamedTuple):
    path: Path
    size: int
    rows: int
    files: int


def folder_of(var: Path) -> Path:
    return Path(os.environ.get("BACKUP_FOLDER") or var / "backups")


def all_backups(folder: Path) -> list[Path]:
    """The oldest first."""
    return sorted(folder.glob(f"lernstadt-*{ENDING}"))


def backup(place: Installation, path: Path | None = None, *, keep: int = 0, say: Say) -> Backup:
    """Raises CannotStart and OSError. `keep`: so many of the folder stay, with this one; 0: all."""
    folder = path.parent if path else own_folder(folder_of(place.var))
    path = path or folder / f"lernstadt-{datetime.now(UTC):%Y-%m-%d-%H%M%S}{ENDING}"
    if path.exists():
        raise CannotStart(f"{path} exists: choose another name.")
    with alone(place.var / "recovery"):
        for left in folder.glob(f".*{ENDING}.part"):
            left.unlink()  # somebody was killed
        recipients = keys.recipients(place.var, say)
        with _held(place.media), archive.writing(path, recipients) as writer:
            rows, files = _write(place, writer, say)
        made = Backup(path, path.stat().st_size, rows, files)
        remembered.remember(place.var, "backup", {"path": str(path), "size": made.size})
        for old in all_backups(folder)[:-keep] if keep else ():
            old.unlink()
            say(f"Deleted {old.name}: the newest {keep} are kept.")
    return made


def _write(place: Installation, writer: archive.ArchiveWriter, say: Say) -> tuple[int, int]:
    with database.snapshot(place.urls.owner) as (counted, dump):
        writer.add_json(archive.HEAD, head_of(place, counted))
        writer.add_json("settings.json", place.settings)
        _add_named_files(place, writer)
        rows = sum(table[0] for table in counted.tables.values())
        say(f"Saving the database: {len(counted.tables)} tables, {rows} rows …")
        dump(lambda stream: writer.add_pieces("database", _Told(stream, writer, say)))
    return rows, _add_media(place, writer, say)


def head_of(place: Installation, contents: database.Contents) -> dict[str, object]:
    """What a restore has to know first."""
    return {
        "format": archive.FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "lernstadt": version(),
        "postgresql": contents.server,
        "python": platform.python_version(),
        "public_url": place.settings.get("PUBLIC_URL", ""),
        "roles": [database.user_of(place.urls.owner), database.user_of(place.urls.app)],
        "migrations": contents.migrations,
        "tables": contents.tables,
        "media": media_of(place),
    }


def media_of(place: Installation) -> str:
    """Where the uploads of this place are: in the archive, or in an object store that has backups of its own."""
    bucket = place.settings.get("MEDIA_S3_BUCKET", "")
    store = place.settings.get("MEDIA_S3_ENDPOINT", "") or "Amazon S3"
    return f"NOT in this file: bucket {bucket} at {store}" if bucket else "in this file"


def say_where_media_are(place: Installation, say: Say) -> None:
    if place.settings.get("MEDIA_S3_BUCKET"):
        say(f"The uploads are {media_of(place)}. Switch on versions and a second place there.")


def _add_named_files(place: Installation, writer: archive.ArchiveWriter) -> None:
    """Settings that are files: who seals, for example."""
    for name, value in place.settings.items():
        if name.endswith("_FILE") and Path(value).is_file():
            writer.add(f"settings/{name}", Path(value).read_bytes())


def _add_media(place: Installation, writer: archive.ArchiveWriter, say: Say) -> int:
    media = place.media
    say_where_media_are(place, say)
    names = {*_names(media / HELD), *_names(media)}
    say(f"Saving {len(names)} files …")
    clock = _Clock(say)
    for number, name in enumerate(sorted(names), 1):
        with _first(media / HELD / name, media / name) as file:
            if file:
                status = os.fstat(file.fileno())
                writer.add_file(f"media/{name}", file, status.st_size, status.st_mtime)
        clock.tell(f"  … {number} of {len(names)} files, {writer.written // 2**20} MB")
    return len(names)


def _names(top: Path) -> Iterator[str]:
    """Files below `top`, but those that are still being written and those that are only held."""
    for folder, inside, files in os.walk(top):
        here = Path(folder)
        if here == top:
            inside[:] = [name for name in inside if name not in (WAITING, HELD)]
        yield from (str((here / name).relative_to(top)) for name in files)


@contextmanager
def _first(*paths: Path) -> Iterator[IO[bytes] | None]:
    """Nothing where none is there: made and deleted while we looked."""
    for path in paths:
        with suppress(FileNotFoundError):
            file = path.open("rb")
            break
    else:
        yield None
        return
    with file:
        yield file


@contextmanager
def _held(media: Path) -> Iterator[None]:
    """While this lasts, no file that is there now can go. Costs names, no space."""
    lock = media / HELD
    shutil.rmtree(lock, ignore_errors=True)  # somebody was killed
    try:
        for name in [*_names(media)]:
            (lock / name).parent.mkdir(parents=True, exist_ok=True)
            with suppress(OSError):  # gone, or a disk without such links
                os.link(media / name, lock / name)
        yield
    finally:
        shutil.rmtree(lock, ignore_errors=True)


class _Clock:
    """Says something every few seconds only."""

    def __init__(self, say: Say) -> None:
        self.say, self.last = say, time.monotonic()

    def tell(self, line: str) -> None:
        if time.monotonic() - self.last > PROGRESS:
            self.last = time.monotonic()
            self.say(line)


class _Told:
    """A stream that says how far it is."""

    def __init__(self, stream: IO[bytes], writer: archive.ArchiveWriter, say: Say) -> None:
        self.stream, self.writer, self.clock = stream, writer, _Clock(say)

    def read(self, size: int) -> bytes:
        self.clock.tell(f"  … {self.writer.written // 2**20} MB of the database")
        return self.stream.read(size)
