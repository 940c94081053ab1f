"""The project as files: its rooms, its texts, what git says of it."""

import ast
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


@cache
def room_of(test_file: str) -> str:
    """The uppermost room a test's file imports; the path as in its id. Towns and running cities are of several rooms."""
    if Path(test_file).parent.name != "tests":
        return SEVERAL
    imported = {name.split(".")[0] for name in _imports(ROOT / test_file)}
    return next((room for room in rooms() if room in imported), SEVERAL)


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def git(*arguments: str) -> list[str]:
    """The lines it says. Raises CalledProcessError with what it complained about."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def text(name: str) -> str:
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
