"""A program of others on the learner's own machine: it asks, she says yes, it reads; she ends it, and it reads nothing any more."""

import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from playwright.sync_api import expect

from tests.browser.chromium import sign_in, someone
from tests.browser.test_groups_journey import good, press

BOTH = "enrolments:read certificates:read"
NAME = "Meine Nachweise"
WAYS = {"1280": (1280, True), "390": (390, True), "390, without script": (390, False)}


class Program:
    """By the library others use for it (Authlib's client), with a page on this machine that people are led back to."""

    def __init__(self, city, name):
        self.city, self.name, self.led_back = city, name, []
        self.server = HTTPServer(("127.0.0.1", 0), self._page())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.back = f"http://127.0.0.1:{self.server.server_port}/zurueck"
        said = city.manage(
            *("programs", "add", name, "--about", "Sammelt Ihre Nachweise an einem Ort."),
            *("--url", "https://nachweise.example/", "--redirect", self.back, "--app"),
        )
        self.key = re.search(r"client_id (\S+)", said)[1]
        told = f"{city.url}/.well-known/oauth-authorization-server/api"
        self.session = OAuth2Session(
            self.key,
            scope=BOTH,
            redirect_uri=self.back,
            code_challenge_method="S256",
            token_endpoint_auth_method="none",
        )
        self.doors = self.session.request("GET", told, withhold_token=True).json()
        self.verifier = generate_token(64)

    def _page(self):
        led_back = self.led_back

        class Page(BaseHTTPRequestHandler):
            def do_GET(self):
                led_back.append(self.path)
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(b"<!DOCTYPE html><title>Zur\xc3\xbcck</title><h1>Wieder da</h1>")

            def log_message(self, *said):
                pass

        return Page

    def asks(self):
        """Where it sends people."""
        address, _state = self.session.create_authorization_url(
            self.here(self.doors["authorization_endpoint"]), code_verifier=self.verifier
        )
        return address

    def fetches(self):
        [answer] = [path for path in self.led_back if path.startswith("/zurueck?")]
        return self.session.fetch_token(
            self.here(self.doors["token_endpoint"]),
            authorization_response=self.back.replace("/zurueck", "") + answer,
            code_verifier=self.verifier,
        )

    def reads(self, what):
        return self.session.get(f"{self.city.url}/api/v1/me/{what}")

    def here(self, address):
        """The city of a test answers at a port of its own."""
        return (
            self.city.url + address.partition("://")[2].partition("/")[1] + address.split("/", 3)[3]
        )

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(params=WAYS)
def way(request):
    return request.param


@pytest.fixture
def program(city, way, monkeypatch):
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # both ends are on this machine
    made = Program(city, f"{NAME} ({way})")
    yield made
    made.close()


@pytest.fixture
def page(city, chromium, way):
    width, scripts = WAYS[way]
    context = someone(chromium, width, scripts=scripts)
    opened = context.new_page()
    sign_in(opened, city, "learner")
    yield opened
    context.close()


def see(page, heading, way):
    page.get_by_role("heading", name=heading).first.wait_for()
    if WAYS[way][1]:
        good(page)


def test_a_program_reads_from_her_yes_to_her_no(page, program, way):
    page.goto(program.asks())
    see(page, f"Darf „{program.name}“ bei Ihnen mitlesen?", way)
    expect(page.get_by_role("main")).to_contain_text("Sammelt Ihre Nachweise an einem Ort.")
    press(page, page.get_by_role("button", name="Ja, es darf mitlesen"))
    page.get_by_role("heading", name="Wieder da").wait_for()

    assert program.fetches()["scope"] == BOTH
    [begun, *_others] = program.reads("enrolments").json()["items"]
    assert begun["title"]
    assert program.reads("certificates").status_code == 200
    assert program.session.refresh_token(program.here(program.doors["token_endpoint"]))
    assert program.reads("enrolments").status_code == 200

    page.goto(f"{program.city.url}/konto/programme/")
    see(page, "Verbundene Programme", way)
    card = page.locator("li", has=page.get_by_role("heading", name=program.name))
    press(page, card.get_by_role("button", name="Trennen"))
    expect(page.get_by_role("heading", name=program.name)).to_have_count(0)
    assert program.reads("enrolments").status_code == 401
    with pytest.raises(OAuthError):
        program.session.refresh_token(program.here(program.doors["token_endpoint"]))


def test_a_no_leads_back_with_nothing(page, program, way):
    page.goto(program.asks())
    press(page, page.get_by_role("button", name="Nein"))
    page.get_by_role("heading", name="Wieder da").wait_for()
    [answer] = [path for path in program.led_back if path.startswith("/zurueck?")]
    assert "error=access_denied" in answer
    assert "code=" not in answer
