"""The embedded PostgreSQL lets the web server in as the app and as nobody else, whatever it knows from its environment."""

import os
import subprocess
import sys

import psycopg
import pytest

from config.embedded import roles, stack
from config.embedded.children import Child
from config.embedded.places import ROOT
from config.embedded.postgres import Postgres

#: What somebody can try who runs code in the web server with nothing but its environment.
ATTACK = """
import os, psycopg
url = os.environ["DATABASE_URL"]
for user in ("app", "owner", "postgres", "root", "nobody"):
    for database in ("lernstadt", "postgres", "template1"):
        try:
            line = psycopg.connect(url, user=user, dbname=database)
            print(user, database, line.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[0])
        except psycopg.OperationalError:
            pass
line = psycopg.connect(url)
for command in ("SET ROLE postgres", "SET SESSION AUTHORIZATION owner", "ALTER ROLE app SUPERUSER", "SELECT lo_create(0)",
        "COPY (SELECT 1) TO PROGRAM 'true'", "SELECT pg_read_file('postgresql.conf')", "SELECT rolpassword FROM pg_authid",
        "SELECT pg_reload_conf()", "CREATE EXTENSION dblink", "ALTER SYSTEM SET hba_file = '/tmp/x'"):
    try:
        line.execute(command)
        print("done:", command)
    except psycopg.Error:
        line.rollback()
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    found = Postgres(tmp_path_factory.mktemp("g"))
    found.start()
    yield found
    found.stop()


def test_the_web_server_reaches_neither_superuser_nor_owner(server):
    urls = roles.prepare(server)
    with psycopg.connect(urls.owner) as line:
        assert line.execute("SELECT current_user").fetchone() == ("owner",)
    done = subprocess.run(
        [sys.executable, "-c", ATTACK],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATABASE_URL": urls.app},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "app lernstadt False",
        "app postgres False",
        "app template1 False",
    ]


def test_web_and_worker_are_given_nothing_else(tmp_path, monkeypatch):
    """Children get the settings and the app's address; the owner's is for migrations alone."""
    started = []

    class Child:
        def __init__(self, name, command, given):
            started.append((name, given))

        def stop(self, patience):
            pass

    monkeypatch.setattr(stack, "Child", Child)
    with stack.ExitStack() as parts:
        stack.start(parts, {"DATABASE_URL": "postgresql://app@/x"}, "127.0.0.1", 8000)
    assert [name for name, _given in started] == ["background worker", "web server"]
    assert [v for _n, given in started for v in given.values() if "owner" in v] == []


def test_a_child_does_not_inherit_the_owners_address(monkeypatch, capfdbinary):
    """Where somebody else runs the database, the launcher has it in its own environment."""
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner:secret@db/x")
    code = "import os; print(os.environ.get('DATABASE_OWNER_URL'), os.environ['MINE'])"
    child = Child("child", [sys.executable, "-c", code], {"MINE": "here"})
    child.process.wait(10)
    child.stop(1)
    assert capfdbinary.readouterr().out == b"None here\n"


def test_the_superuser_is_let_in_for_a_moment_only(server):
    with server.as_superuser() as url:
        psycopg.connect(url).close()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_second_start_needs_no_superuser(server, monkeypatch):
    roles.prepare(server)
    monkeypatch.setattr(server, "as_superuser", lambda: pytest.fail("asked"))
    roles.prepare(server)


def test_a_server_from_before_is_guarded_at_its_next_start(tmp_path):
    former = Postgres(tmp_path, guarded=False)
    former.start()
    roles.prepare(former)
    former.stop()
    former.rules.unlink()
    former.prepared.unlink()
    now = Postgres(tmp_path)
    try:
        now.start()
        urls = roles.prepare(now)
        psycopg.connect(urls.owner).close()
        psycopg.connect(urls.app).close()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(now.url("postgres", "postgres"))
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(former.url("owner", "lernstadt"))
    finally:
        now.stop()
