"""Where the embedded set-up keeps its things, and how it speaks."""

import fcntl
import hashlib
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("LERNSTADT_VAR") or ROOT / "var").absolute()

SOCKET_LIMIT = 70  # bytes for the folder; the kernel allows 107 for the whole path of a socket
PLAIN = re.compile(r"[A-Za-z0-9/_.-]+")  # what needs no quoting in an address
STARTED = float(os.environ.get("LERNSTADT_STARTED") or time.time())  # when `dev` was called


class CannotStart(Exception):
    """Something outside of this project is missing or broken. The message says in one sentence what to do."""


def say(line: str) -> None:
    """A result, for standard output."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def step(line: str) -> None:
    """What is being done now, with the seconds since the start; on standard error, so that `facts` stays pure JSON."""
    sys.stderr.write(f"[{time.time() - STARTED:5.1f} s] {line}\n")
    sys.stderr.flush()


def own_folder(folder: Path) -> Path:
    """Make `folder` if need be, for nobody else to read. Says so where it may not be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except PermissionError:
        raise CannotStart(_not_yours(folder)) from None
    except (FileExistsError, NotADirectoryError):
        raise CannotStart(
            f"{folder} is in the way: it should be a folder, so move the file."
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CannotStart(_not_yours(folder))
    return folder


def _not_yours(folder: Path) -> str:
    return (
        f"You may not write to {folder}: it belongs to another user, so start as that user "
        "or name a folder of your own in LERNSTADT_VAR."
    )


def is_full(folder: Path) -> bool:
    return shutil.disk_usage(folder).free < 30_000_000


def socket_folder(wanted: Path) -> Path:
    """`wanted`, or a folder below /tmp where that path is too long for a socket or needs quoting in an address."""
    if len(os.fsencode(wanted)) <= SOCKET_LIMIT and PLAIN.fullmatch(str(wanted)):
        wanted.mkdir(parents=True, exist_ok=True, mode=0o700)
        return wanted
    mark = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:16]
    folder = Path("/tmp") / f"lernstadt-{os.getuid()}-{mark}"  # noqa: S108 -- short; ownership is checked below
    folder.mkdir(exist_ok=True, mode=0o700)
    status = folder.lstat()
    if status.st_uid != os.getuid() or status.st_mode & 0o077 or folder.is_symlink():
        raise CannotStart(
            f"{folder} belongs to somebody else; delete it or move this project to a shorter path."
        )
    return folder


@contextmanager
def alone(folder: Path, note: str = "") -> Iterator[None]:
    """Only one command at a time may use the servers in `folder`. `note` is for `holder()`."""
    path = own_folder(folder) / "lock"
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"Another ./dev command is using {folder}; wait for it or stop it first (Ctrl-C in its window)."
            ) from None
        file.truncate(0)
        file.write(note)
        file.flush()
        yield


def holder(folder: Path) -> str | None:
    """The note of the command that uses `folder` right now; None when nobody does."""
    try:
        with (folder / "lock").open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read()
    except OSError:
        return None
    return None
