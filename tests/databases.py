"""Databases for tests: migrated once per set of migrations by the owner, cloned for every run (0.2 s)."""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from config.embedded.roles import APP, Urls, grant

ROOT = Path(__file__).resolve().parent.parent


def template_name() -> str:
    """Changes with the migrations, the walls and the locked libraries."""
    mark = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/*.sql")]):
        mark.update(path.read_bytes())
    return f"template_{mark.hexdigest()[:16]}"


def at(url: str, database: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def clone(name: str) -> str:
    """A fresh clone of the migrated template; its address for the app's role."""
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(2030)")
        template = template_name()
        known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if not known.fetchone():
            _make_template(admin, template)
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return at(os.environ["DATABASE_URL"], name)


def _make_template(admin: psycopg.Connection, name: str) -> None:
    """Migrate under another name and rename at the end, so that a half-made template is never used."""
    draft = f"{name}_draft"
    admin.execute(f"DROP DATABASE IF EXISTS {draft}")
    admin.execute(f"CREATE DATABASE {draft} OWNER owner")
    with psycopg.connect(at(os.environ["DATABASE_ADMIN_URL"], draft), autocommit=True) as inside:
        inside.execute("ALTER SCHEMA public OWNER TO owner")
        inside.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
    owner = at(os.environ["DATABASE_OWNER_URL"], draft)
    grant(Urls(app="", owner=owner), APP)
    env = {**os.environ, "DATABASE_URL": owner}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
    admin.execute(f"ALTER DATABASE {draft} RENAME TO {name}")


def round_trips(asked: psycopg.Connection, act: Callable[[], object]) -> int:
    """How often the server was asked while `act` ran, as libpq itself writes it down."""
    with tempfile.TemporaryFile("w+") as traced:
        asked.pgconn.trace(traced.fileno())
        act()
        asked.pgconn.untrace()
        traced.seek(0)
        return traced.read().count("ReadyForQuery")
