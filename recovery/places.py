"""A Lernstadt as a place: its folder, its database, its settings. Without Django, which cannot start in an empty one."""

import ast
import os
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from config.embedded import roles, settings_file
from config.embedded.places import ROOT, CannotStart

#: Where a place is, not what it is: a copy elsewhere has its own.
ITS_OWN = {
    *("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "BROKER_URL", "LERNSTADT_VAR"),
    *("STATIC_FOLDER", "METRICS_FOLDER", "METRICS_HOST", "METRICS_PORT"),
    *("LERNSTADT_WORK", "LERNSTADT_STARTED", "PYTHONPATH", "PATH", "TMPDIR"),
}
HEAD = (
    "# Restored from a backup. Without KEY_ENCRYPTION_KEY no certificate can be issued any more.\n"
)
#: In the folder of a place: a restore has begun and not ended.
UNFINISHED = "restoring"


class Installation(NamedTuple):
    var: Path
    urls: roles.Urls
    settings: dict[str, str]

    @property
    def media(self) -> Path:
        return self.var / "media"

    @property
    def environment(self) -> dict[str, str]:
        """For Django, in the app's role."""
        here = {"DATABASE_URL": self.urls.app, "LERNSTADT_VAR": str(self.var)}
        broker = os.environ.get("BROKER_URL") or f"redis+socket://{self.var}/valkey/valkey.sock"
        return self.settings | here | {"BROKER_URL": broker}


def here() -> Installation:
    """As the environment of a server says it (docs/operating.md). Raises CannotStart."""
    urls = roles.from_environment()
    if urls is None:
        raise CannotStart("Set DATABASE_URL and DATABASE_OWNER_URL, as for migrations.")
    var = Path(os.environ.get("LERNSTADT_VAR") or ROOT / "var").absolute()
    return Installation(var, urls, settings_of(var))


def settings_of(var: Path) -> dict[str, str]:
    """Everything the settings read: from the folder's file, and from the environment, which wins.

    A secret that is mounted as a file is read, so that it is in the backup.
    """
    settings = settings_file.written(var)
    families = {name for name in os.environ if name.startswith(("LIMIT_", "EMAIL_"))}
    for name in sorted(_names() | families - ITS_OWN):
        if path := os.environ.get(f"{name}_FILE"):
            settings[name] = Path(path).read_text(encoding="utf-8").strip()
        elif name in os.environ:
            settings[name] = os.environ[name]
    return {
        name: value for name, value in settings.items() if name not in ITS_OWN and "\n" not in value
    }


@cache
def _names() -> set[str]:
    """What the settings may ask the environment for: every name in capitals that stands in them."""
    names: set[str] = set()
    for path in (ROOT / "config").glob("settings*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                names |= {node.value} if node.value.isupper() else set()
    return names - ITS_OWN


def write_settings(path: Path, settings: dict[str, str]) -> None:
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600, exist_ok=False)
    lines = "".join(f"{name}={value}\n" for name, value in settings.items())
    draft.write_text(HEAD + lines, encoding="utf-8")
    draft.rename(path)


def version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])
