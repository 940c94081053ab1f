"""The Hub, against a server of this test: nothing is asked while it is switched off, and what comes is checked."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from django.core.management import CommandError, call_command

from h5p_lite.core import hub
from h5p_lite.models import Library
from tenancy.lens import look, public
from tests.h5p_samples.packages import LIBRARIES, packed

TYPE = {
    "id": "Test.Quiz",
    "title": "Quiz",
    "version": {"major": 1, "minor": 2, "patch": 3},
    "license": {"id": "MIT"},
}


@pytest.fixture
def asked(monkeypatch, settings):
    """What the server was asked, with a Hub that knows one type."""
    heard = []
    answers = {
        "/sites": json.dumps({"uuid": "u-1"}).encode(),
        "/content-types/": json.dumps({"contentTypes": [TYPE]}).encode(),
        "/content-types/Test.Quiz": packed(LIBRARIES).getvalue(),
        "/content-types/Bad.One": b"PK nothing",
    }

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            heard.append((self.path, {k: v[0] for k, v in parse_qs(body).items()}))
            self.send_response(200 if self.path in answers else 404)
            self.end_headers()
            self.wfile.write(answers.get(self.path, b""))

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setattr(hub, "HUB", f"http://127.0.0.1:{server.server_port}")
    settings.H5P_HUB, settings.H5P_HUB_ID = True, ""
    yield heard
    server.shutdown()
    server.server_close()
    thread.join()


def test_nothing_is_asked_while_it_is_off(asked, settings):
    settings.H5P_HUB = False
    with pytest.raises(CommandError, match="switched off"):
        call_command("h5p_hub", "list")
    assert asked == []


def test_the_list_names_types_versions_and_licences(asked, capsys):
    call_command("h5p_hub", "list")
    said = capsys.readouterr().out
    assert said.split()[:4] == ["Test.Quiz", "1.2.3", "MIT", "Quiz"]
    assert "set H5P_HUB_ID to it" in said
    assert asked[0] == ("/sites", {"local_id": "lernstadt", "platform_name": "Lernstadt"})


def test_a_type_is_installed_like_any_other(asked, db, capsys):
    call_command("h5p_hub", "get", "Test.Quiz")
    assert "Quiz 1.2.3" in capsys.readouterr().out
    with look(public):
        assert {one.installed_by for one in Library.objects.all()} == {"H5P Hub"}


def test_what_is_no_package_is_refused(asked, db):
    with pytest.raises(CommandError, match=r"Bad\.One was refused"):
        call_command("h5p_hub", "get", "Bad.One")
    with pytest.raises(CommandError, match="does not answer"):
        call_command("h5p_hub", "get", "No.Such")
    with look(public):
        assert Library.objects.count() == 0
