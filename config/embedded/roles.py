"""Who may do what in the database: `owner` makes tables, `app` reads and writes rows. Neither is a superuser."""

import hashlib
import os
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from config.embedded.places import CannotStart

OWNER, APP = "owner", "app"
DATABASE = "lernstadt"
RIGHTS = (
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
    "GRANT USAGE ON SCHEMA public TO {}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
)
#: Large objects have no walls, and nothing of ours is one.
LARGE_OBJECTS = "lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea)"
APPEND_ONLY = """SELECT oid::regclass::text FROM pg_class
    WHERE relkind = 'r' AND obj_description(oid, 'pg_class') = 'append-only'"""


class DatabaseServer(Protocol):
    """A PostgreSQL that lets its superuser in for a moment, and the owner by a password if it is `guarded`."""

    guarded: bool
    prepared: Path

    def url(self, user: str, database: str) -> str: ...

    def as_superuser(self) -> AbstractContextManager[str]: ...


class Urls(NamedTuple):
    """How the two roles reach the database: `owner` migrates, `app` does everything else."""

    app: str
    owner: str


def from_environment() -> Urls | None:
    """The database somebody else runs, when both addresses are given. Raises CannotStart when only one is."""
    app, owner = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    if not app and not owner:
        return None
    if not (app and owner):
        raise CannotStart(
            "Set both DATABASE_URL (the app's role) and DATABASE_OWNER_URL (the role that migrates), or neither."
        )
    for name, url in (("DATABASE_URL", app), ("DATABASE_OWNER_URL", owner)):
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.Error as wrong:
            reason = _reason(wrong).replace(url, "…")  # it may contain a password
            raise CannotStart(
                f"{name} does not work: {reason}. Check host, user and password."
            ) from None
    return Urls(app, owner)


def prepare(server: DatabaseServer, database: str = DATABASE) -> Urls:
    """Roles, database and rights; does nothing twice, so that the superuser is let in at the first start only."""
    mark = f"{database} {hashlib.sha256(Path(__file__).read_bytes()).hexdigest()}"
    if not (server.prepared.exists() and server.prepared.read_text() == mark):
        make_roles(server)
        make_database(server, database)
        server.prepared.write_text(mark)
    urls = Urls(server.url(APP, database), server.url(OWNER, database))
    grant(urls, APP)
    return urls


def make_roles(server: DatabaseServer) -> None:
    with server.as_superuser() as url, psycopg.connect(url, autocommit=True) as admin:
        for role in (OWNER, APP):
            exists = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            if not exists:
                admin.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
            admin.execute(sql.SQL("ALTER ROLE {} LOGIN").format(sql.Identifier(role)))
        if server.guarded:
            secret = urlsplit(server.url(OWNER, DATABASE)).password or ""
            admin.execute(sql.SQL("ALTER ROLE owner PASSWORD {}").format(secret))


def make_database(server: DatabaseServer, database: str) -> None:
    with server.as_superuser() as url:
        with psycopg.connect(url, autocommit=True) as admin:
            exists = "SELECT 1 FROM pg_database WHERE datname = %s"
            if not admin.execute(exists, [database]).fetchone():
                name = sql.Identifier(database)
                admin.execute(sql.SQL("CREATE DATABASE {} OWNER owner").format(name))
        furnish(server.url("postgres", database))


def furnish(admin: str) -> None:
    """What only a superuser can do inside a database; `admin` is their address of it. Does nothing twice."""
    with psycopg.connect(admin, autocommit=True) as inside:
        inside.execute("ALTER SCHEMA public OWNER TO owner")
        inside.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        inside.execute(f"REVOKE EXECUTE ON FUNCTION {LARGE_OBJECTS} FROM PUBLIC")


def grant(urls: Urls, app: str) -> None:
    """What the app's role may do with every table the owner makes: read and write rows, nothing to their shape.

    Append-only tables (tenancy/walls.sql) can be added to and read, no more.
    """
    role = sql.Identifier(app)
    try:
        with psycopg.connect(urls.owner, autocommit=True) as owner:
            for right in RIGHTS:
                owner.execute(sql.SQL(right).format(role))
            for (table,) in owner.execute(APPEND_ONLY).fetchall():
                revoke = sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}")
                owner.execute(revoke.format(sql.Identifier(table), role))
    except psycopg.Error as wrong:
        raise CannotStart(
            f"The owner's role cannot give rights to the app's role: {_reason(wrong)}. "
            "Let the owner's role own the database."
        ) from None


def app_role(urls: Urls) -> str:
    return unquote(urlsplit(urls.app).username or "")


def is_empty(urls: Urls) -> bool:
    """Has this database never been migrated?"""
    with psycopg.connect(urls.owner) as owner:
        migrations = owner.execute("SELECT to_regclass('django_migrations')").fetchone()
    return not migrations or migrations[0] is None


def applied(urls: Urls) -> set[tuple[str, str]]:
    """Room and name of every migration that has made this database; none where it is empty."""
    if is_empty(urls):
        return set()
    with psycopg.connect(urls.owner) as owner:
        return set(owner.execute("SELECT app, name FROM django_migrations").fetchall())


def _reason(wrong: psycopg.Error) -> str:
    first, _, rest = str(wrong).strip().partition("\n")
    reason = first if len(first) < 200 else f"{first[:200]} …"
    return reason.rstrip(".") if reason or rest else type(wrong).__name__
