"""Databases for tests: migrated once per set of migrations by the owner, cloned for every run (0.2 s)."""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from config.embedded.roles import APP, Urls, furnish, grant
from tests.suite.rooms import rooms

ROOT = Path(__file__).resolve().parent.parent.parent


def template_name() -> str:
    """Changes with the migrations, the walls, the rights and the locked libraries."""
    own = [
        *ROOT.glob("*/migrations/*.py"),
        *ROOT.glob("*/*.sql"),
        ROOT / "config/embedded/roles.py",
        ROOT / "courses/concepts.json",  # loaded after the migrations, by
        ROOT / "courses/actions/concepts.py",
        *(ROOT / "words/search").glob("*.py"),
    ]
    return f"template_{_mark([ROOT / 'requirements.lock', *own])}"


def furnished_name() -> str:
    """Changes with all of the code that furnishes, and every day: what is new today must not be from yesterday."""
    code = [p for room in rooms() for p in (ROOT / room).rglob("*.py")]
    pages = list((ROOT / "templates").rglob("*.html"))
    own = [*(ROOT / "tests" / "factories").glob("*.py"), Path(__file__)]
    return (
        f"furnished_{_mark([*code, *pages, *own], f'{template_name()} {datetime.now(UTC).date()}')}"
    )


def _mark(paths: Iterable[Path], more: str = "") -> str:
    mark = hashlib.sha256(more.encode())
    for path in sorted(paths):
        mark.update(path.read_bytes())
    return mark.hexdigest()[:16]


def at(url: str, database: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def clone(name: str, *, furnished: bool = False) -> str:
    """A fresh clone of the migrated template, or of the furnished one; its address for the app's role."""
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as admin:
        admin.execute("SET statement_timeout = 0")  # copying takes long on a busy machine
        admin.execute("SELECT pg_advisory_lock(2030)")
        template = template_name()
        _ensure(admin, template, _migrate)
        if furnished:
            bare, template = template, furnished_name()
            _ensure(admin, template, partial(_furnish, bare=bare))
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return at(os.environ["DATABASE_URL"], name)


def _ensure(
    admin: psycopg.Connection, name: str, make: Callable[[psycopg.Connection, str], None]
) -> None:
    """Made under another name and renamed at the end, so that what is half made is never used; older ones go."""
    kind = name.partition("_")[0]
    databases = [n for (n,) in admin.execute("SELECT datname FROM pg_database")]
    if name in databases:
        return
    for old in databases:
        if old.startswith(f"{kind}_"):
            admin.execute(f"DROP DATABASE {old} WITH (FORCE)")
    make(admin, f"{name}_draft")
    admin.execute(f"ALTER DATABASE {name}_draft RENAME TO {name}")


def _migrate(admin: psycopg.Connection, name: str) -> None:
    admin.execute(f"CREATE DATABASE {name} OWNER owner")
    furnish(at(os.environ["DATABASE_ADMIN_URL"], name))
    owner = at(os.environ["DATABASE_OWNER_URL"], name)
    grant(Urls(app="", owner=owner), APP)
    _manage(owner, "migrate", "-v0")


def _furnish(admin: psycopg.Connection, name: str, *, bare: str) -> None:
    admin.execute(f"CREATE DATABASE {name} TEMPLATE {bare}")
    code = "from tests.factories.prepared import furnish; furnish()"
    _manage(at(os.environ["DATABASE_URL"], name), "shell", "-v0", "-c", code)


def _manage(url: str, *command: str) -> None:
    env = {**os.environ, "DATABASE_URL": url}
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)


def round_trips(asked: psycopg.Connection, act: Callable[[], object]) -> int:
    """How often the server was asked while `act` ran, as libpq itself writes it down."""
    with tempfile.TemporaryFile("w+") as traced:
        asked.pgconn.trace(traced.fileno())
        act()
        asked.pgconn.untrace()
        traced.seek(0)
        return traced.read().count("ReadyForQuery")
