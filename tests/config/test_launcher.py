"""The launcher: what it remembers, what it says when something outside is wrong, and that asking for help is free."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import polib
import pytest

from config.embedded import (
    address,
    commands,
    management,
    preparation,
    roles,
    settings_file,
    stack,
    stamps,
    translations,
)
from config.embedded.children import Child, ServerProcess, watch
from config.embedded.places import (
    ROOT,
    SOCKET_LIMIT,
    VAR,
    CannotStart,
    alone,
    holder,
    own_folder,
    socket_folder,
)

HOME = "http://localhost:8000"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    for name in (*settings_file.KEYS, "DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def closed_port():
    """A port that is ours, where nobody listens: connecting to it is refused."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def sentence(wrong: pytest.ExceptionInfo[CannotStart]) -> str:
    text = str(wrong.value)
    assert "\n" not in text
    return text


# --- what is wrong outside ---------------------------------------------------------------------------------------


def test_a_taken_port_gives_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart) as wrong:
            address.check_port("127.0.0.1", port)
    assert sentence(wrong) == (
        f"Port {port} is taken: stop the other program or choose another port, ./dev run --port {port + 1}"
    )
    address.check_port("127.0.0.1", port)


def test_a_taken_port_is_noticed_before_anything_is_made(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "config.embedded", "run", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "LERNSTADT_VAR": str(tmp_path / "var")},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == (
        f"./dev: Port {port} is taken: stop the other program or choose another port, ./dev run --port {port + 1}\n"
    )
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["lock"]


def test_a_foreign_address_gives_one_sentence():
    with pytest.raises(CannotStart) as wrong:
        address.check_port("192.0.2.1", 8000)
    assert (
        sentence(wrong) == "192.0.2.1 is no address of this machine: try ./dev run --host 127.0.0.1"
    )


@pytest.mark.parametrize(
    ("host", "typed"),
    [
        ("127.0.0.1", "http://localhost:81"),
        ("::", "http://localhost:81"),
        ("stadt.example", "http://stadt.example:81"),
        ("fd00::1", "http://[fd00::1]:81"),
    ],
)
def test_the_address_is_one_that_a_person_can_type(host, typed):
    assert address.address_of(host, 81) == typed


def test_a_broken_database_url_gives_one_sentence_without_the_password(monkeypatch, closed_port):
    url = f"postgresql://app:geheim@127.0.0.1:{closed_port}/stadt"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DATABASE_OWNER_URL", url)
    with pytest.raises(CannotStart) as wrong:
        roles.from_environment()
    assert sentence(wrong) == (
        f'DATABASE_URL does not work: connection failed: connection to server at "127.0.0.1", port {closed_port} '
        "failed: Connection refused. Check host, user and password."
    )


def test_a_nonsense_database_url_does_not_show_the_password(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgress://app:geheim@stadt/stadt")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgress://app:geheim@stadt/stadt")
    with pytest.raises(CannotStart) as wrong:
        roles.from_environment()
    assert sentence(wrong).startswith("DATABASE_URL does not work: ")
    assert "geheim" not in sentence(wrong)


@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_OWNER_URL"])
def test_one_database_url_alone_gives_one_sentence(monkeypatch, name):
    monkeypatch.setenv(name, "postgresql://app@/stadt")
    with pytest.raises(CannotStart) as wrong:
        roles.from_environment()
    assert sentence(wrong) == (
        "Set both DATABASE_URL (the app's role) and DATABASE_OWNER_URL (the role that migrates), or neither."
    )


def test_without_database_urls_the_embedded_server_is_used():
    assert roles.from_environment() is None


def test_a_file_in_the_way_gives_one_sentence(tmp_path):
    (tmp_path / "var").write_text("")
    with pytest.raises(CannotStart) as wrong:
        own_folder(tmp_path / "var")
    assert (
        sentence(wrong) == f"{tmp_path}/var is in the way: it should be a folder, so move the file."
    )


def test_a_failing_command_of_django_gives_one_sentence():
    with pytest.raises(CannotStart) as wrong:
        management.manage(["migrate", "--noinput"], management.NOWHERE, "making the tables")
    assert sentence(wrong).startswith(
        "Something went wrong while making the tables: django.db.utils.OperationalError: connection"
    )
    assert sentence(wrong).endswith(f"(all of it in {VAR / 'logs' / 'migrate.txt'}).")


def test_the_command_line_says_it_in_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "config.embedded", "run", "--port", port],
            cwd=ROOT,
            env={**os.environ, "LERNSTADT_VAR": str(tmp_path / "var")},
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"./dev: Port {port} is taken")
    assert done.stderr.count("\n") == 1


# --- folders -----------------------------------------------------------------------------------------------------


def test_sockets_stay_in_a_short_plain_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    wanted = tmp_path / "pg" if len(str(tmp_path)) < SOCKET_LIMIT - 3 else None
    assert wanted is None or socket_folder(wanted) == wanted


@pytest.mark.parametrize("name", ["deep" * 30, "with space", "with'quote", "größe"])
def test_sockets_of_deep_or_unusual_folders_go_to_a_short_one(tmp_path, name):
    folder = socket_folder(tmp_path / name / "pg")
    try:
        assert socket_folder(tmp_path / name / "pg") == folder
        assert len(os.fsencode(folder)) <= SOCKET_LIMIT
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.stat().st_uid == os.getuid()
    finally:
        folder.rmdir()


def test_a_short_folder_that_others_can_enter_is_refused(tmp_path):
    folder = socket_folder(tmp_path / "with space")
    try:
        folder.chmod(0o777)
        with pytest.raises(CannotStart) as wrong:
            socket_folder(tmp_path / "with space")
        assert str(folder) in sentence(wrong)
    finally:
        folder.rmdir()


def test_one_command_at_a_time(tmp_path):
    assert holder(tmp_path) is None
    with alone(tmp_path, HOME):
        assert holder(tmp_path) == HOME
        with pytest.raises(CannotStart, match="Another"), alone(tmp_path):
            pass
    assert holder(tmp_path) is None


def test_what_is_done_is_not_done_again_until_something_changes(tmp_path):
    source, stamp = tmp_path / "a.sql", tmp_path / "stamp"
    source.write_text("SELECT 1")
    stamps.remember(stamp, stamps.digest([source]))
    assert stamps.is_done(stamp, stamps.digest([source]))
    assert not stamps.is_done(stamp, stamps.digest([source], "another database"))
    source.write_text("SELECT 2")
    assert not stamps.is_done(stamp, stamps.digest([source]))


# --- processes ---------------------------------------------------------------------------------------------------


def child(code: str) -> Child:
    return Child("sample", [sys.executable, "-c", code], {})


def test_a_child_that_dies_says_why(capfdbinary):
    broken = child("raise SystemExit('no more paper')")
    with pytest.raises(CannotStart) as wrong:
        watch([broken], [], until=lambda: False, seconds=20)
    broken.stop(1)
    assert sentence(wrong) == "The sample stopped (exit code 1): no more paper"
    assert capfdbinary.readouterr().out == b"no more paper\n"


def test_a_killed_child_is_recognised():
    killed = child("import time; time.sleep(60)")
    killed.process.send_signal(signal.SIGKILL)
    killed.process.wait(5)
    said = "The sample stopped (killed by SIGKILL, perhaps memory ran out): it gave no reason"
    assert killed.obituary() == said
    killed.stop(1)


def test_a_server_that_dies_ends_the_wait():
    server = ServerProcess("PostgreSQL", bool, lambda: "PostgreSQL: the disk is full", bool)
    with pytest.raises(CannotStart, match="the disk is full"):
        watch([], [server], until=lambda: False, seconds=20)


def test_a_child_that_does_not_want_to_stop_is_stopped():
    deaf = child(
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    assert watch([deaf], [], until=lambda: deaf.last_words == "deaf", seconds=20)
    deaf.stop(0.2)
    assert deaf.process.returncode == -signal.SIGKILL


def test_a_start_says_what_it_waits_for(capsys):
    statuses = iter([503, 503, 200])

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(next(statuses))
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        ready = stack.Readiness("127.0.0.1", server.server_port, {"PUBLIC_URL": HOME})
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        stack.wait_until_ready([], [], ready)
        server.shutdown()
        thread.join()
    said = [line.partition("] ")[2] for line in capsys.readouterr().err.splitlines()]
    assert said == [
        "Waiting for the web server to answer …",
        "Waiting for the web server to reach database and Valkey …",
    ]


# --- translations and help ---------------------------------------------------------------------------------------


def test_translations_are_compiled_when_they_are_newer(tmp_path):
    source = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    texts = polib.POFile()
    texts.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    texts.append(polib.POEntry(msgid="Kurse", msgstr="Courses"))
    texts.save(str(source))
    assert translations.compile_all(tmp_path) == 1
    assert translations.compile_all(tmp_path) == 0
    compiled = polib.mofile(str(source.with_suffix(".mo")))
    assert [(entry.msgid, entry.msgstr) for entry in compiled] == [("Kurse", "Courses")]
    later = time.time() + 10
    os.utime(source, (later, later))
    assert translations.compile_all(tmp_path) == 1


@pytest.fixture(scope="module")
def bare_checkout(tmp_path_factory):
    """Only what `dev` needs before anything is installed, in a folder with a space."""
    home = tmp_path_factory.mktemp("bare") / "my checkout"
    (home / "config" / "embedded").mkdir(parents=True)
    shutil.copy(ROOT / "dev", home)
    shutil.copy(ROOT / "config" / "embedded" / "commands.py", home / "config" / "embedded")
    return home


def dev(home, *arguments):
    command = [sys.executable, "-I", str(home / "dev"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert sorted(path.name for path in home.iterdir()) == [
        "config",
        "dev",
    ]  # nothing was installed
    return done


@pytest.mark.parametrize("command", ["", *commands.COMMANDS])
def test_help_is_there_before_anything_is_installed(bare_checkout, command):
    done = dev(bare_checkout, *filter(None, [command]), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: ./dev {command}".strip())


def test_an_unknown_command_names_the_known_ones(bare_checkout):
    done = dev(bare_checkout, "fly")
    assert done.returncode == 2
    assert [name for name in commands.COMMANDS if name not in done.stderr] == []


def test_arguments_for_pytest_pass_through_unread():
    asked = commands.parse(["test", "-x", "-k", "walk", "--help"])
    assert (asked.command, asked.rest) == ("test", ["-x", "-k", "walk", "--help"])


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_an_impossible_port_is_refused(port, capsys):
    with pytest.raises(SystemExit):
        commands.parse(["run", "--port", port])
    assert "a port is a number from 1 to 65535" in capsys.readouterr().err


def test_a_database_of_another_history_is_not_touched():
    """Nothing is told to be made anew where every migration is known; libraries' own are theirs to judge."""
    preparation.refuse_another_history([("courses", "0001_initial"), ("wagtailcore", "9999_later")])
    with pytest.raises(CannotStart) as wrong:
        preparation.refuse_another_history(
            [("accounts", "0002_auditevent"), ("courses", "0001_initial")]
        )
    assert sentence(wrong) == (
        "The database was made by another version of Lernstadt (accounts.0002_auditevent), which this one cannot go on "
        "with. Start that version, or, if it holds nothing but the demo, make it anew: ./dev reset"
    )


def test_a_long_work_gives_a_sign_of_life_more_and_more_seldom(capsys, monkeypatch):
    monkeypatch.setattr(management, "FIRST_SIGN", 0.2)
    sleeper = [sys.executable, "-c", "import time; time.sleep(1); print('done')"]
    with subprocess.Popen(
        sleeper, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert management._wait(process, "sleeping")[0] == "done\n"
    said = [line.partition("] ")[2] for line in capsys.readouterr().err.splitlines()]
    assert said in (["  … still sleeping"] * 2, ["  … still sleeping"] * 3)
