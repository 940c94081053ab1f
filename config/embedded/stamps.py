"""Remembers what has been done for which inputs, so that a second start can skip it."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from config.embedded.places import ROOT, own_folder


def digest(paths: Iterable[Path], more: str = "") -> str:
    """One hash over names and contents."""
    mark = hashlib.sha256(more.encode())
    for path in sorted(paths):
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        content = path.read_bytes()
        mark.update(f"\n{name} {len(content)}\n".encode() + content)
    return mark.hexdigest()


def migrations(database: str) -> str:
    """Changes with our migrations and walls, with the locked packages, and with the database's address."""
    own = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/walls.sql")]
    return digest([ROOT / "requirements.lock", *own], database)


def static_files() -> str:
    own = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    made_by = [ROOT / "requirements.lock", ROOT / "config/settings.py", ROOT / "config/static.py"]
    return digest([*made_by, *own])


def is_done(stamp: Path, mark: str) -> bool:
    return stamp.is_file() and stamp.read_text() == mark


def remember(stamp: Path, mark: str) -> None:
    own_folder(stamp.parent)
    stamp.write_text(mark)
