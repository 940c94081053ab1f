"""The doctor: each fault is really made, and named in plain words with what to do."""

import os
import re
import socketserver
import ssl
import subprocess
import sys
import threading
import time
from collections import namedtuple
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.core.cache import cache
from django.core.mail.backends.smtp import EmailBackend

from config import health
from config.embedded.places import ROOT
from courses.queries import runs
from recovery import programs, remembered
from recovery.doctor import CHECKS, care, machine, services
from tests.support import recovering
from tests.support.databases import at
from tests.verify import loopback

#: The worker gives its sign in the same queue.
ASK = """
import time
from django.core.cache import cache
from django.core.management import CommandError, call_command
from config import health
cache.set(health.HEARTBEAT, time.time())
try:
    call_command("doctor")
except CommandError as wrong:
    print(wrong)
    raise SystemExit(1)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory, django_db_setup):
    with recovering.city(tmp_path_factory, "doctor") as found:
        remembered.remember(found.var, "backup", {"path": "/b/a.tar.age"})
        remembered.remember(found.var, "restore-test", {"good": True})
        yield found


def doctor(place, **environment):
    """Exit code, and {what was looked at: sentences}; the last line is its verdict."""
    here = {**os.environ, **place.environment, "DEMO": "1", **environment}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", ASK],
        cwd=ROOT,
        env=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    lines, found, name = done.stdout.splitlines(), {}, ""
    for line in lines[:-1]:
        if line.startswith(" "):
            found[name].append(line.strip())
        else:
            verdict, name = line.split(maxsplit=1)
            found[name] = []
            assert verdict in ("good", "wrong")
    return done.returncode, found, lines[-1]


def test_nothing_is_wrong_with_a_city_that_is_well(place):
    code, found, verdict = doctor(place, BROKER_URL=os.environ["BROKER_URL"])
    assert {name: said for name, said in found.items() if said} == {}
    assert (code, verdict, tuple(found)) == (0, "Nothing is wrong.", CHECKS)


FAULTS = """
    ALTER TABLE learning_enrolment DISABLE ROW LEVEL SECURITY;
    DROP INDEX mail_waiting;
    UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'certificate_once'::regclass;
    GRANT EXECUTE ON FUNCTION lo_create(oid) TO app;
    INSERT INTO django_migrations (app, name, applied) VALUES ('courses', '0999_of_tomorrow', now());
    DELETE FROM django_migrations WHERE app = 'outbox' AND name = '0001_initial';
    UPDATE certificates_certificate SET valid_until = now() + interval '1 year';
    INSERT INTO outbox_outgoingmail (id, sender, "to", subject, text, html, headers, attachments, written_at, tries, due_at,
        fault, given_up_at)
      VALUES (gen_random_uuid(), 'a@b.c', '{}', '', '', '', '{}', '[]', now(), 9, now(), 'refused', now());
"""


def test_every_fault_is_named_with_what_to_do(place):
    with psycopg.connect(
        at(
            os.environ["DATABASE_ADMIN_URL"],
            psycopg.conninfo.conninfo_to_dict(place.urls.owner)["dbname"],
        )
    ) as admin:
        admin.execute(FAULTS)
    next(place.media.glob("documents/*/plan.txt")).rename(place.media / "elsewhere")
    old = place.media / "druck" / f"{'0' * 40}.pdf"
    old.parent.mkdir(exist_ok=True)
    old.write_bytes(b"forgotten, and not what its name says")
    os.utime(old, (time.time() - 20 * 86400,) * 2)
    code, found, verdict = doctor(
        place,
        BROKER_URL="redis+socket:///nonexistent/valkey.sock",
        PUBLIC_URL="https://lernen.example.invalid",
        KEY_ENCRYPTION_KEY="MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE=",
        EMAIL_BACKEND=services.SMTP,
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT="1",
    )
    wrong = {name: said for name, said in found.items() if said}
    [key] = wrong.pop("keys")
    [certificate] = wrong.pop("certificates")
    assert key.startswith("The signing key did:web:localhost%3A8000")
    assert key.endswith("does not open: KEY_ENCRYPTION_KEY is another one.")
    assert certificate.endswith("does not verify.")
    assert wrong == {
        "address": [
            "The name lernen.example.invalid (PUBLIC_URL) leads nowhere: mend its entry in the DNS. "
            "Certificates cannot be checked until then."
        ],
        "mail server": [
            "The mail server 127.0.0.1:1 does not take mail (ConnectionRefusedError): look at EMAIL_HOST, its password "
            "and its TLS. Mails wait for three days."
        ],
        "queue": [
            "Valkey does not answer: jobs wait, and limits hold for each process by itself. Start it "
            "(./dev run, or systemctl start valkey-server)."
        ],
        "schema": [
            "1 migrations have not been applied, the first is outbox.0001_initial: ./dev upgrade",
            "The database was made by another version (courses.0999_of_tomorrow): put that version of Lernstadt back.",
        ],
        "walls": ["The walls of learning_enrolment are switched off."],
        "large objects": ["The app's role may make large objects, which have no walls."],
        "indexes": [
            "The index certificate_once is not valid, so PostgreSQL does without it: as owner, "
            "REINDEX INDEX CONCURRENTLY certificate_once;",
            "The index mail_waiting is missing, so pages get slow: restore it from its migration (manage.py sqlmigrate).",
        ],
        "hosts of certificates": [
            "Certificates were issued under localhost:8000, but PUBLIC_URL is lernen.example.invalid. The former host "
            "must stay served (manage.py keys check), or put PUBLIC_URL back."
        ],
        "mail": [
            "1 mails were given up: manage.py outbox says why; --again tries them, --forget deletes them."
        ],
        "files": wrong["files"],
        "loose files": [
            f"1 files are damaged, among them druck/{'0' * 40}.pdf: bring them back from a backup.",
            "Nothing names 1 files, and the worker has not deleted them: manage.py loose_ends --delete",
        ],
    }
    assert wrong["files"][0].startswith("1 files are not in the storage, among them documents/")
    assert (code, verdict) == (1, "16 things are wrong.")


def test_a_silent_database_is_one_fault_and_not_twenty(place):
    code, found, verdict = doctor(
        place,
        DATABASE_URL="postgresql://app@/nowhere?host=/nonexistent",
        BROKER_URL=os.environ["BROKER_URL"],
    )
    assert [name for name, said in found.items() if said] == ["database"]
    assert found["database"][0].startswith("The database does not answer (connection")
    assert set(CHECKS) - set(found) == {
        "schema", "walls", "large objects", "indexes", "database version", "hosts of certificates", "keys", "certificates",
        "mail", "files", "loose files",
    }  # fmt: skip
    assert (code, verdict) == (1, "One thing is wrong.")


# --- what this machine may lack -----------------------------------------------------------------------------------


def test_a_full_disk(settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _path: usage(100 * 2**30, 0, 2**30))
    assert [*machine.disk()] == [
        f"The disk of {tmp_path} is nearly full: 1024 MB are free. Free some space, or answers can no longer be stored."
    ]
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _path: usage(100 * 2**30, 0, 2**33))
    assert [*machine.disk()] == []


@pytest.mark.parametrize(
    ("wrong_by", "says"),
    [
        (
            timedelta(days=-365 * 50),
            r"The clock shows 19\d\d-\d\d-\d\d, which is over: set it \(timedatectl .*",
        ),
        (
            timedelta(minutes=9),
            r"The clocks of this machine and of the database differ by 5\d\d s: let both .*",
        ),
    ],
)
def test_a_wrong_clock(db, monkeypatch, wrong_by, says):
    class Wrong(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + wrong_by

    assert [*machine.clock()] == []
    monkeypatch.setattr(machine, "datetime", Wrong)
    [said] = machine.clock()
    assert re.fullmatch(says, said)


def test_packages_of_another_version(db, monkeypatch):
    assert [*machine.versions()] == []
    real = machine.installed
    monkeypatch.setattr(
        machine, "installed", lambda name: "0.1" if name == "django" else real(name)
    )
    [said] = machine.versions()
    assert said.startswith(
        "1 packages are of another version than requirements.lock names, among them django 0.1 instead"
    )


def test_no_fitting_programs_of_postgresql(db, monkeypatch):
    monkeypatch.setattr(programs, "_major", lambda _folder: 9)
    [said] = machine.versions()
    assert (
        "but the pg_dump of this machine is of another version (9): install the programs of version 1"
        in said
    )


def test_a_worker_that_gives_no_sign(db):
    said = (
        "The worker has given no sign for five minutes: mail and certificates wait. Start it "
        "(./dev run, or systemctl restart lernstadt-worker), or look at what it is busy with."
    )
    assert [*services.worker()] == [said]
    cache.set(health.HEARTBEAT, time.time() - health.OVERDUE - 1)
    assert [*services.worker()] == [said]
    cache.set(health.HEARTBEAT, time.time())
    assert [*services.worker()] == []


def test_an_address_that_nobody_else_can_open(settings):
    settings.PUBLIC_URL, settings.DEMO = "http://localhost:8000", False
    assert [*services.address()] == [
        "PUBLIC_URL is http://localhost:8000, which nobody else can open; certificates carry it. Set it before the first "
        "certificate is issued."
    ]
    settings.DEMO = True
    assert [*services.address()] == []


def test_mail_that_goes_nowhere(settings):
    settings.DEMO, settings.EMAIL_TRANSPORT = False, "config.mail.ConsoleAndFile"
    assert [*services.mail_server()] == [
        "Mail goes to files and not to people: set EMAIL_BACKEND (docs/operating.md, Mail)."
    ]


class StartsTls(socketserver.StreamRequestHandler):
    """A mail server that offers STARTTLS with the certificate of its `server`, and takes nothing."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            if line.upper().startswith(b"STARTTLS"):
                self.wfile.write(b"220 go on\r\n")
                with suppress(ssl.SSLError):
                    self._privately()
                return
            self.wfile.write(b"250-here\r\n250 STARTTLS\r\n")

    def _privately(self):
        with self.server.context.wrap_socket(self.connection, server_side=True) as line:
            while said := line.recv(1000):
                line.sendall(b"221 bye\r\n" if said.startswith(b"QUIT") else b"250 good\r\n")


@pytest.fixture
def mail_server(tmp_path, settings, monkeypatch):
    for variable in ("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"):
        monkeypatch.setenv(variable, "")  # put back at the end
    loopback.certify(tmp_path)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), StartsTls) as server:
        server.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        server.context.load_cert_chain(tmp_path / "server.pem", tmp_path / "server.key")
        settings.EMAIL_TRANSPORT, settings.EMAIL_USE_TLS = services.SMTP, True
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield
        server.shutdown()
        thread.join()


def test_a_mail_server_whose_certificate_is_good_gets_mail(mail_server):
    assert [*services.mail_server()] == []
    sender = EmailBackend()
    assert sender.open()
    sender.close()


def test_a_mail_server_whose_certificate_nobody_knows_gets_none(mail_server, monkeypatch):
    """The doctor asks as strictly as mail itself, or it would call good what never leaves."""
    monkeypatch.delenv("SSL_CERT_FILE")
    [said] = services.mail_server()
    assert "does not take mail (SSLCertVerificationError)" in said
    with pytest.raises(ssl.SSLCertVerificationError):
        EmailBackend().open()


# --- care ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR, settings.DEMO = tmp_path, False
    return tmp_path


def long_ago(monkeypatch, **before):
    then = datetime.now(UTC) - timedelta(**before)

    class Then(datetime):
        @classmethod
        def now(cls, tz=None):
            return then

    monkeypatch.setattr(remembered, "datetime", Then)


def test_backups_that_were_never_made_or_are_old(var, monkeypatch):
    assert [*care.backup()] == [
        "There is no backup. Make one now (./dev backup) and switch on the nightly one (docs/operating.md)."
    ]
    with monkeypatch.context() as before:
        long_ago(before, days=3)
        remembered.remember(var, "backup", {"path": "/b/a.tar.age"})
    [said] = care.backup()
    assert said.startswith(
        "The last backup is 3 days old (/b/a.tar.age). Make one now (./dev backup)"
    )
    remembered.remember(var, "backup", {"path": "/b/b.tar.age"})
    assert [*care.backup()] == []


def test_tries_that_were_never_made_failed_or_are_old(var, monkeypatch):
    assert [said.partition(":")[0] for said in care.restore_test()] == ["No backup was ever tried"]
    remembered.remember(var, "restore-test", {"good": False, "why": "It is damaged."})
    assert [*care.restore_test()] == [
        "The last backup could not be restored: It is damaged. Make a new one (./dev backup), try it (./dev restore-test)."
    ]
    with monkeypatch.context() as before:
        long_ago(before, days=10)
        remembered.remember(var, "restore-test", {"good": True})
    assert [*care.restore_test()] == [
        "The last try to restore a backup is 10 days old: ./dev restore-test"
    ]
    remembered.remember(var, "restore-test", {"good": True})
    assert [*care.restore_test()] == []


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("2026-10-26,2026-10-31,Herbst\n", "The school holidays we know end on 2026-10-31"),
        ("", "No school holidays are known for BW: series of meetings do not leave them out"),
        ("2026-10-26,2126-10-31,Herbst\n", ""),
    ],
)
def test_school_holidays_reach_into_what_is_planned(settings, tmp_path, lines, says):
    file = tmp_path / "holidays.csv"
    file.write_text(f"first,last,name\n{lines}")
    settings.CITY = settings.CITY | {"school_holidays": str(file)}
    runs.school_holidays.cache_clear()
    said = [one.partition(". ")[0] for one in care.school_holidays()]
    runs.school_holidays.cache_clear()
    assert said == [says] * bool(says)
