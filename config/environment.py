"""What the environment says. Whatever is asked for is written down, so that docs/operating.md can be held against it."""

import json
import os
import tomllib
from pathlib import Path
from typing import Any

#: Name -> what holds when it is not said; None: it has to be.
ASKED: dict[str, str | None] = {}


def text(name: str, usual: str = "") -> str:
    ASKED[name] = usual
    return os.environ.get(name, usual)


def needed(name: str) -> str:
    ASKED[name] = None
    return os.environ[name]


def flag(name: str, *, usual: bool = False) -> bool:
    return text(name, "1" if usual else "0") == "1"


def number(name: str, usual: int) -> int:
    return int(text(name, str(usual)))


def listed(name: str, usual: str = "") -> list[str]:
    """What stands between commas."""
    return [part for part in text(name, usual).split(",") if part]


def secret(name: str, usual: str | None = None) -> str:
    """From the variable itself, or from the file that `<name>_FILE` names (as mounted by an orchestrator)."""
    ASKED[name] = usual
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return needed(name) if usual is None else text(name, usual)


def toml_file(name: str, usual: Path) -> dict[str, Any]:
    """What the TOML file says that the variable `name` names, or the usual one."""
    return tomllib.loads(Path(text(name) or usual).read_text(encoding="utf-8"))


def address(name: str, usual: str | None = None) -> str:
    """As `secret`, for it has a password in it; but the variable goes before the file: commands name another role by it."""
    if os.environ.get(name):
        return needed(name) if usual is None else text(name, usual)
    return secret(name, usual)


def json_file(name: str) -> dict[str, dict[str, str]]:
    """What the JSON file says that the variable `name` names; nothing without it."""
    path = text(name)
    return json.loads(Path(path).read_text()) if path else {}
