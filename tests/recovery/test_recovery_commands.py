"""What is typed, and what is answered when it cannot be done: one sentence."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.embedded import postgres, settings_file
from config.embedded.places import ROOT
from config.embedded.stack import SIGNALS
from recovery import __main__ as commands
from recovery import trial
from tests.support.databases import at


@pytest.fixture
def addresses():
    """Of this worker's database, read before `var` takes them away."""
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    return [at(os.environ[role], name) for role in ("DATABASE_URL", "DATABASE_OWNER_URL")]


@pytest.fixture(autouse=True)
def var(addresses, signals, django_db_setup, tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "VAR", tmp_path / "var")
    for name in (*settings_file.KEYS, "DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "var"


def said(capsys):
    return capsys.readouterr().err.removeprefix("./dev: ").rstrip("\n")


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert commands.main(["restore", str(tmp_path / "a.age")]) == 1
    assert said(capsys) == f"There is no file {tmp_path / 'a.age'}."


def test_no_key(tmp_path, var, capsys):
    (tmp_path / "a.age").write_text("")
    assert commands.main(["restore", str(tmp_path / "a.age")]) == 1
    assert said(capsys) == (
        f"The key that opens backups, {var}/recovery/identity.txt, cannot be read (No such file or directory): "
        "name the copy you keep with --identity FILE."
    )


def test_a_place_in_use(tmp_path, var, capsys):
    (tmp_path / "a.age").write_text("")
    var.mkdir()
    (var / "settings.env").write_text("")
    assert commands.main(["restore", str(tmp_path / "a.age")]) == 1
    assert "There is a Lernstadt in" in said(capsys)
    assert (tmp_path / "var" / "settings.env").read_text() == ""


@pytest.mark.parametrize("command", ["backup", "upgrade", "doctor", "nightly"])
def test_nothing_here_yet(command, var, capsys):
    assert commands.main([command]) == 1
    assert said(capsys).startswith(f"{var}/settings.env lacks SECRET_KEY")


def test_no_backup_yet(var, capsys):
    var.mkdir()
    assert commands.main(["restore-test"]) == 1
    assert said(capsys) == f"There is no backup in {var}/backups yet: make one with ./dev backup."


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG, errno.EDQUOT])
def test_a_full_disk_is_said(var, capsys, monkeypatch, number):
    def full(*_given, **_named):
        raise OSError(number, "No space")

    monkeypatch.setattr(commands, "running", full)
    assert commands.main(["backup"]) == 1
    assert said(capsys) == (
        "The disk is full: nothing half-made is left. Free some space, or write the backup elsewhere."
    )


@pytest.fixture
def signals():
    """They belong to the tests again afterwards."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


TRIAL = """
import sys, time
from pathlib import Path
from config.embedded.stack import stop_at_first_signal
from recovery import trial
stop_at_first_signal()
with trial.scratch(Path(sys.argv[1])) as folder, trial.serving(folder) as target:
    target.urls([])
    print((folder / "postgres/data/postmaster.pid").read_text().split()[0], flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_try_that_is_stopped_leaves_no_server_behind(tmp_path, number):
    command = [sys.executable, "-c", TRIAL, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as one:
        server = int(one.stdout.readline())
        one.send_signal(number)
        one.communicate(timeout=30)
    if number == signal.SIGKILL:
        with trial.scratch(tmp_path):  # the next one puts it away
            pass
    assert [*(tmp_path / "recovery").iterdir()] == []
    assert not Path(f"/proc/{server}/root").exists() or postgres._is_zombie(server)


def test_manage_backup_asks_for_the_owner(db):
    with pytest.raises(CommandError) as wrong:
        call_command("backup")
    assert str(wrong.value) == "Set DATABASE_URL and DATABASE_OWNER_URL, as for migrations."


def test_the_apps_role_cannot_make_a_backup(tmp_path, var, monkeypatch, capsys, addresses):
    """It would be a backup of what no wall hides: nothing. So it is refused and not believed."""
    monkeypatch.setenv("DATABASE_URL", addresses[0])
    monkeypatch.setenv("DATABASE_OWNER_URL", addresses[0])
    monkeypatch.setenv("LERNSTADT_VAR", str(var))
    var.mkdir()
    assert commands.main(["backup", str(tmp_path / "a.tar.age")]) == 1
    assert "owns no table" in said(capsys)
    assert not (tmp_path / "a.tar.age").exists()
