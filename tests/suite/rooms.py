"""The project as files: its rooms, its texts, what git says of it."""

import subprocess
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SEVERAL = "several rooms"


@cache
def rooms() -> tuple[str, ...]:
    """From the top floor down, as the import laws list them."""
    laws = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    [layers] = [law["layers"] for law in laws["contracts"] if law["id"] == "rooms"]
    return tuple(layers)


def room_of(test_file: str) -> str:
    """The room whose folder it lies in; the path as in its id. Laws of the house and running cities are of several rooms."""
    folder = Path(test_file).parent.name
    return folder if folder in rooms() else SEVERAL


def git(*arguments: str) -> list[str]:
    """The lines it says. Raises CalledProcessError with what it complained about."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def text(name: str) -> str:
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
