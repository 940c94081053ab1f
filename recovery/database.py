"""The database as a whole: what is in it, all of it as a stream, and everything gone. As its owner, whom no wall stops."""

import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, NamedTuple, cast

import psycopg
from psycopg import sql

from config.embedded.places import CannotStart
from recovery.programs import ENVIRONMENT, folder_for

TABLES = """SELECT c.relname, c.relrowsecurity, (SELECT count(*) FROM pg_policy WHERE polrelid = c.oid)
    FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = c.oid AND deptype = 'e') ORDER BY 1"""
#: Whatever somebody without the rights of a superuser may do again in a prepared, empty database.
EMPTY = """DO $$ DECLARE commands text; BEGIN
  WITH ours AS (SELECT 'public'::regnamespace::oid AS schema),
  foreign_ones AS (SELECT objid FROM pg_depend WHERE deptype IN ('e', 'i', 'a') AND classid <> 'pg_constraint'::regclass),
  found AS (
    SELECT 1 AS turn, CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
        ELSE 'TABLE' END AS kind, oid, oid::regclass::text AS name
      FROM pg_class, ours WHERE relnamespace = schema AND relkind IN ('r', 'p', 'v', 'm', 'S')
    UNION ALL SELECT 2, 'ROUTINE', oid, oid::regprocedure::text FROM pg_proc, ours WHERE pronamespace = schema
    UNION ALL SELECT 3, 'TYPE', oid, oid::regtype::text FROM pg_type, ours
      WHERE typnamespace = schema AND typtype IN ('e', 'd')
    UNION ALL SELECT 4, 'TEXT SEARCH CONFIGURATION', oid, quote_ident(cfgname) FROM pg_ts_config, ours WHERE cfgnamespace = schema
    UNION ALL SELECT 4, 'TEXT SEARCH DICTIONARY', oid, quote_ident(dictname) FROM pg_ts_dict, ours WHERE dictnamespace = schema
    UNION ALL SELECT 4, 'COLLATION', oid, quote_ident(collname) FROM pg_collation, ours WHERE collnamespace = schema
  )
  SELECT string_agg(format('DROP %s IF EXISTS %s CASCADE', kind, name), ';' ORDER BY turn) INTO commands
    FROM found WHERE oid NOT IN (SELECT objid FROM foreign_ones);
  IF commands IS NOT NULL THEN EXECUTE commands; END IF;
END $$"""
OWNED = """SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"""
#: What the place itself has to bring (config.embedded.roles, docs/operating.md): only a superuser may make it.
PLACES_OWN = re.compile(
    r" EXTENSION - (?!pg_trgm|unaccent|fuzzystrmatch)| COMMENT - EXTENSION | COMMENT - SCHEMA "
    r"| SCHEMA - public | ACL - SCHEMA public | ACL pg_catalog | DEFAULT ACL "
)


class Contents(NamedTuple):
    """`tables`: name -> rows, walled or not, policies."""

    server: int
    tables: dict[str, tuple[int, bool, int]]
    migrations: list[str]


def connect(url: str) -> psycopg.Connection:
    """As owner, with no limit that is made for visitors. Raises CannotStart."""
    try:
        line = psycopg.connect(url, connect_timeout=10, autocommit=True)
    except psycopg.Error:
        raise CannotStart(
            "The database does not answer as its owner (DATABASE_OWNER_URL)."
        ) from None
    for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        line.execute(f"SET {limit} = 0")
    return line


def major(line: psycopg.Connection) -> int:
    return line.info.server_version // 10000


def contents(line: psycopg.Connection) -> Contents:
    """Counted in the snapshot of `line`'s transaction."""
    tables = {}
    for name, walled, policies in line.execute(TABLES).fetchall():
        count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
        [(rows,)] = line.execute(count).fetchall()
        tables[name] = (rows, walled, policies)
    done = []
    if "django_migrations" in tables:
        done = [
            f"{app}.{name}"
            for app, name in line.execute("SELECT app, name FROM django_migrations ORDER BY id")
        ]
    return Contents(major(line), tables, done)


def is_empty(url: str) -> bool:
    with connect(url) as line:
        return not line.execute(TABLES).fetchall()


def empty(url: str) -> None:
    """Everything that migrations or a dump have made goes. Extensions, rights and roles stay."""
    with connect(url) as line:
        line.execute(EMPTY)


@contextmanager
def snapshot(
    url: str,
) -> Iterator[tuple[Contents, Callable[[Callable[[IO[bytes]], object]], None]]]:
    """What is in the database at this moment, and a way to dump just that: it hands the stream to its argument."""
    with connect(url) as line, line.transaction():
        line.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        [(mark,)] = line.execute("SELECT pg_export_snapshot()").fetchall()
        if line.execute(OWNED).fetchone() != (True,):
            raise CannotStart(
                f'The role "{user_of(url)}" owns no table here, so it would not see every row: '
                "set DATABASE_OWNER_URL to the role that migrates."
            )
        counted = contents(line)
        yield counted, lambda take: _dump(url, counted.server, mark, take)


def _dump(url: str, server: int, mark: str, take: Callable[[IO[bytes]], object]) -> None:
    command = [str(folder_for(server) / "pg_dump"), "--format=custom", "--no-password"]
    command += ["--schema=public", "--extension=*"]
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603 -- our own command line
            [*command, f"--snapshot={mark}"],
            env={**os.environ, **ENVIRONMENT, **at(url)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
        ) as process,
    ):
        try:
            take(cast("IO[bytes]", process.stdout))
        except BaseException:
            process.kill()
            raise
        if process.wait():
            raise CannotStart(f"The database could not be dumped: {first_line(complaints)}.")


def at(url: str) -> dict[str, str]:
    """The address for PostgreSQL's programs; never as an argument, which everybody on the machine can read."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}  # fmt: skip
    names |= {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "hostaddr": "PGHOSTADDR"}
    given: dict[str, Any] = psycopg.conninfo.conninfo_to_dict(url)
    return {names[key]: str(value) for key, value in given.items() if key in names and value}


def restore(url: str, beginning: bytes, pieces: Iterator[bytes]) -> None:
    """All of a dump into an empty database, in one transaction, for its owner. Raises CannotStart."""
    with connect(url) as line:
        program = str(folder_for(major(line)) / "pg_restore")
    with tempfile.NamedTemporaryFile("w") as chosen, tempfile.TemporaryFile() as complaints:
        chosen.write(_listed(program, beginning))
        chosen.flush()
        command = [
            program,
            "--no-password",
            "--single-transaction",
            "--exit-on-error",
            "--no-owner",
        ]
        command += [f"--use-list={chosen.name}", f"--dbname={at(url).get('PGDATABASE', '')}"]
        process = subprocess.Popen(  # noqa: S603 -- our own command line
            command,
            env={**os.environ, **ENVIRONMENT, **at(url), "PGOPTIONS": "-c statement_timeout=0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
        )
        _feed(process, pieces)
        if process.wait():
            raise CannotStart(f"The database could not be restored: {first_line(complaints)}.")


def _feed(process: "subprocess.Popen[bytes]", pieces: Iterator[bytes]) -> None:
    """A program that has ended early is told by its exit code."""
    with suppress(BrokenPipeError), cast("IO[bytes]", process.stdin) as pipe:
        for piece in pieces:
            pipe.write(piece)


def first_line(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    return lines[0][:300].rstrip(".") if lines else "it gave no reason"


def _listed(program: str, beginning: bytes) -> str:
    """The dump's table of contents without what the place itself brings."""
    done = subprocess.run([program, "--list"], input=beginning, capture_output=True, check=False)  # noqa: S603 -- our own command line
    lines = done.stdout.decode(errors="replace").splitlines()
    if done.returncode or not lines:
        raise CannotStart(
            "The dump was made by newer programs of PostgreSQL than this machine has: install those."
        )
    return "\n".join(line for line in lines if not PLACES_OWN.search(line)) + "\n"


def user_of(url: str) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(url).get("user", ""))
