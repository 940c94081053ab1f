"""The secret of a year: a file of 32 bytes, never in the database or its backup. Without it nobody can tell who was counted.

`FIGURE_SECRETS` is one folder for all processes of an installation (docs/operating.md). What is lost is made anew: then a
person who comes again in that year may count twice, and nothing else happens.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings

BYTES = 32


def secret_of(year: int) -> bytes:
    """Made at its first use. Two processes at once get the same one."""
    path = _file(year)
    with suppress(FileNotFoundError):
        return _read(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent) as draft:  # only its owner may read it
        draft.write(secrets.token_bytes(BYTES))
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):
            os.link(draft.name, path)  # whole, or not at all
    return _read(path)


def secrets_kept() -> list[int]:
    """The years that have one."""
    return sorted(int(path.stem) for path in Path(settings.FIGURE_SECRETS).glob("[0-9]*.key"))


def destroy(year: int) -> None:
    """Overwritten, then removed. Copies of the disk may hold it longer: docs/operating.md says to leave the folder out."""
    path = _file(year)
    with suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(bytes(BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()


def _file(year: int) -> Path:
    return Path(settings.FIGURE_SECRETS) / f"{year}.key"


def _read(path: Path) -> bytes:
    """Raises ValueError for a file that is no secret."""
    secret = path.read_bytes()
    if len(secret) != BYTES or not any(secret):
        raise ValueError(f"{path.name} does not hold a secret of {BYTES} bytes.")
    return secret
