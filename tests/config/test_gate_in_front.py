"""Who works, who waits, who is turned away, and what they are told; and what a database that is away looks like."""

import io
import json
import threading

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from config import gate
from config.gate import Bounds, Gate

PATIENCE = 30  # seconds
OWN = {"HTTP_ORIGIN": "http://testserver"}


class Behind:
    """An application that answers when a test lets it."""

    def __init__(self):
        self.go, self.begun, self.bodies = threading.Event(), threading.Semaphore(0), []

    def __call__(self, environ, start_response):
        self.bodies.append(environ["wsgi.input"].read())
        self.begun.release()
        if not environ["PATH_INFO"].startswith("/health/"):
            assert self.go.wait(PATIENCE)
        start_response("200 OK", [])
        return [b"done"]


@pytest.fixture
def behind():
    behind = Behind()
    yield behind
    behind.go.set()


def ask(gate, path="/", body=b"", **environ):
    """(status, headers, body)"""
    said = []
    environ = {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "REMOTE_ADDR": "192.0.2.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)) if body else "",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
    } | environ
    content = b"".join(gate(environ, lambda status, headers: said.extend((status, dict(headers)))))
    return int(said[0][:3]), said[1], content.decode()


def meanwhile(gate, count, **asked):
    """Requests in threads of their own; {number: answer} fills when they are answered."""
    answers = {}

    def one(number):
        answers[number] = ask(gate, **asked)

    threads = [threading.Thread(target=one, args=[n], daemon=True) for n in range(count)]
    for thread in threads:
        thread.start()
    return threads, answers


def test_health_waits_for_nobody(behind):
    front = Gate(behind, Bounds(threads=1, waiting=0, patience=PATIENCE))
    meanwhile(front, 1)
    assert behind.begun.acquire(timeout=PATIENCE)
    assert ask(front, "/health/live")[0] == 200


def test_beyond_those_who_may_wait_everybody_is_asked_to_come_back(behind):
    front = Gate(behind, Bounds(threads=1, waiting=1, patience=PATIENCE))
    threads, answers = meanwhile(front, 2)
    assert behind.begun.acquire(timeout=PATIENCE)
    while front.places._value:
        pass
    status, headers, page = ask(front)
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "5", "no-store")
    assert "Einen Moment, bitte." in page
    assert '<p lang="en">' in page
    behind.go.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert [answer[0] for answer in answers.values()] == [200, 200]
    assert ask(front)[0] == 200  # the places are free again


def test_whoever_has_waited_too_long_is_asked_to_come_back_and_nothing_was_done(behind):
    front = Gate(behind, Bounds(threads=1, waiting=5, patience=0.05))
    meanwhile(front, 1)
    assert behind.begun.acquire(timeout=PATIENCE)
    assert ask(front, body=b"a=1")[0] == 503
    behind.go.set()
    assert ask(front)[0] == 200
    assert b"a=1" not in behind.bodies


def test_what_was_begun_is_waited_for(behind):
    front = Gate(behind, Bounds(threads=1, waiting=0, patience=0.01))
    threads, answers = meanwhile(front, 1)
    assert behind.begun.acquire(timeout=PATIENCE)
    threading.Timer(0.1, behind.go.set).start()
    threads[0].join(PATIENCE)
    assert answers[0][0] == 200


def test_what_was_typed_comes_back_from_a_full_house(behind):
    front = Gate(behind, Bounds(threads=1, waiting=0, patience=PATIENCE))
    meanwhile(front, 1)
    assert behind.begun.acquire(timeout=PATIENCE)
    body = b"csrfmiddlewaretoken=abc&words=Ein+langer+Satz+von+mir&x=1"
    page = ask(front, "/lernen/x/", body, **OWN)[2]
    assert '<form method="post" action="/lernen/x/"' in page
    assert '<input type="hidden" name="words" value="Ein langer Satz von mir">' in page
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="abc">' in page
    assert "Ein langer Satz" not in ask(front, "/", body, HTTP_ORIGIN="https://evil.example")[2]


def test_programs_hear_it_in_their_own_way(behind):
    front = Gate(behind, Bounds(threads=1, waiting=0, patience=PATIENCE))
    meanwhile(front, 1)
    assert behind.begun.acquire(timeout=PATIENCE)
    status, headers, body = ask(front, HTTP_ACCEPT="application/json, */*")
    assert (status, headers["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(body)["status"] == 503


def test_a_body_is_as_large_as_its_place_allows(behind, monkeypatch):
    behind.go.set()
    monkeypatch.setattr(gate, "SMALL", 10)
    monkeypatch.setattr(gate, "LARGE", 1000)
    front = Gate(behind, Bounds())
    assert ask(front, "/lernen/x/", b"x" * 10)[0] == 200
    status, _headers, page = ask(front, "/lernen/x/", b"x" * 11)
    assert status == 413
    assert "Das ist zu groß." in page
    assert ask(front, "/redaktion/x/", b"x" * 1000)[0] == 200
    assert ask(front, "/redaktion/x/", b"x" * 1001)[0] == 413
    assert [len(body) for body in behind.bodies] == [10, 1000]


def test_what_is_far_too_large_is_not_even_read(behind):
    unread = io.BytesIO(b"x" * 100)
    environ = {"CONTENT_LENGTH": str(2**40), "wsgi.input": unread}
    assert ask(Gate(behind, Bounds()), "/redaktion/x/", b"x", **environ)[0] == 413
    assert unread.tell() == 0


def test_what_the_gate_says_is_as_locked_down_as_everything_else(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    huge = {"CONTENT_LENGTH": str(gate.POLITE + 1), "HTTP_X_FORWARDED_PROTO": "https"}
    status, headers, _body = ask(Gate(Behind(), Bounds()), body=b"x", **huge)
    assert status == 413
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["Content-Security-Policy"].startswith("default-src 'self'; ")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_half_a_body_is_none(behind):
    behind.go.set()
    assert ask(Gate(behind, Bounds()), body=b"ab", CONTENT_LENGTH="5")[0] == 400
    assert behind.bodies == []


class Slow(io.BytesIO):
    """A sender who does nothing until a test lets them."""

    def __init__(self, go, begun):
        super().__init__(b"ab")
        self.go, self.begun = go, begun

    def read(self, size=-1):
        self.begun.release()
        assert self.go.wait(PATIENCE)
        return super().read(size)


def test_few_slow_bodies_from_one_address_and_the_others_go_on(behind):
    behind.go.set()
    front = Gate(behind, Bounds(per_address=2, readers=3), proxies=1)
    go, begun = threading.Event(), threading.Semaphore(0)
    slow = {"CONTENT_LENGTH": "2", "wsgi.input": Slow(go, begun)}
    far = {"HTTP_X_FORWARDED_FOR": "198.51.100.9, 203.0.113.5"}
    threads, answers = meanwhile(front, 2, body=b"ab", **slow, **far)
    try:
        for _ in threads:
            assert begun.acquire(timeout=PATIENCE)
        assert ask(front, body=b"ab", **far)[0] == 429
        assert ask(front, body=b"ab", HTTP_X_FORWARDED_FOR="203.0.113.6")[0] == 200
        assert ask(front, **far)[0] == 200  # reading takes no body
        others, _answers = meanwhile(front, 1, body=b"ab", **slow)
        assert begun.acquire(timeout=PATIENCE)
        assert ask(front, body=b"ab", HTTP_X_FORWARDED_FOR="203.0.113.7")[0] == 429
    finally:
        go.set()
    for thread in (*threads, *others):
        thread.join(PATIENCE)
    assert front.reading == {}
    assert len(answers) == 2


@pytest.mark.parametrize("wrong", [OperationalError("the server closed the connection"), InterfaceError("closed")])  # fmt: skip
@pytest.mark.parametrize("typed", [True, False])
def test_a_database_that_is_away_is_said_and_what_was_typed_stays(monkeypatch, wrong, typed):
    def gone():
        raise wrong

    monkeypatch.setattr("tenancy.lens.connection.ensure_connection", gone)
    client = Client(raise_request_exception=False)
    said = {"words": "Ein langer Satz von mir"} if typed else {}
    page = client.post("/konto/anmelden/", said, **OWN)
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert ("Ein langer Satz von mir" in page.content.decode()) == typed


def test_what_is_turned_away_has_a_number_and_a_line_in_the_log(behind, caplog):
    caplog.set_level("INFO", "config.following")
    status, headers, _ = ask(Gate(behind, Bounds()), body=b"x", CONTENT_LENGTH=str(gate.POLITE + 1))
    assert (status, len(headers["X-Request-ID"])) == (413, 32)
    [line] = caplog.records
    assert (line.door, line.method, line.status) == ("(no door)", "POST", 413)
