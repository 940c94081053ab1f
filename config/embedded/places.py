"""Where the embedded set-up keeps its things, and how it speaks."""

import hashlib
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("LERNSTADT_VAR", ROOT / "var"))

SOCKET_LIMIT = 100  # bytes; the kernel's limit for a socket's path is 107


class CannotStart(Exception):
    """Something outside of this project is missing or broken. The message says in one sentence what to do."""


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 -- the launcher talks to a person


def socket_folder(name: str) -> Path:
    """A folder short enough for a socket: in ./var, or below the system's temporary folder where ./var is too deep."""
    folder = VAR / name
    if len(str(folder)) > SOCKET_LIMIT - 30:
        mark = hashlib.sha256(str(VAR).encode()).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"lernstadt-{os.getuid()}-{mark}" / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def python() -> str:
    return sys.executable
