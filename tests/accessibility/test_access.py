"""Nobody is kept out: reporting barriers, reading settings, languages, headers, errors in words."""

import re
import time
from html import unescape

import pytest
from allauth.account.app_settings import RATE_LIMITS
from allauth.core.internal.ratelimit import parse_rates
from django.conf import settings
from django.core import mail, signing
from django.test import Client
from django.utils import translation

from accessibility.context import CITY as CITY_FACTS
from accessibility.forms import SALT, TOKEN_AGE
from accessibility.models import AccessibilityStatement, BarrierReport
from accessibility.reading import reading_settings
from config import errors
from tenancy import public_page
from tenancy.lens import CITY, learner, look, office, public, staff, system, visitor
from tests import factories
from tests.support.pages import one_line

REPORT = "/barriere-melden/"
ATTRIBUTES = ("data-size", "data-space", "data-kern-theme")
SAID = "Das Video hat <b>keine</b> Untertitel."


def token_of(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.content.decode())[1]


def fill_in(client, **changes):
    token = token_of(client.get(REPORT))
    form = {"page": "/kurse/", "description": SAID, "contact": "", "form_token": token}
    return form | changes


def reports():
    with look(staff([CITY])):
        return [*BarrierReport.objects.values_list("page", "description", "contact", "language")]


# --- reporting a barrier -------------------------------------------------------------------------------------------


def test_anybody_reports_a_barrier_without_account_and_cookie(client, db):
    page = client.get(REPORT, {"seite": "/kurse/?q=netz"})
    assert 'value="/kurse/?q=netz"' in unescape(page.content.decode())
    done = client.post(REPORT, fill_in(client))
    assert done.status_code == 200
    assert done.context["number"] in done.content.decode()
    assert reports() == [("/kurse/", SAID, "", "de")]
    assert client.cookies == {}
    assert mail.outbox == []


@pytest.mark.parametrize("origin", ["https://example.com", "null", "http://testserver:81"])
def test_a_form_on_another_site_is_refused(client, db, origin):
    answer = client.post(REPORT, fill_in(client), headers={"Origin": origin})
    assert answer.status_code == 400
    assert reports() == []
    at_home = client.post(REPORT, fill_in(client), headers={"Origin": "http://testserver"})
    assert at_home.status_code == 200


class Signer(signing.TimestampSigner):
    """Signs as if it were some time ago."""

    age = 0

    def timestamp(self):
        return signing.b62_encode(int(time.time()) - self.age)


def old_token(age):
    signer = Signer(salt=SALT)
    signer.age = age
    return signer.sign_object("form")


@pytest.mark.parametrize("token", ["", "erfunden", old_token], ids=["none", "made up", "too old"])
def test_a_form_that_was_open_too_long_keeps_what_was_written(client, db, token):
    sent = token(TOKEN_AGE + 60) if callable(token) else token
    page = client.post(REPORT, fill_in(client, form_token=sent, contact="mia@example.org"))
    text = page.content.decode()
    assert page.status_code == 400
    assert "Die Seite war zu lange offen." in text
    assert SAID in unescape(text)
    assert "<b>keine</b>" not in text
    assert 'value="mia@example.org"' in text
    assert reports() == []
    again = {"description": SAID, "form_token": token_of(page)}
    assert client.post(REPORT, again).status_code == 200
    assert client.post(REPORT, fill_in(client, form_token=old_token(60))).status_code == 200


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"description": ""}, "description"),
        ({"description": "a\0b"}, "description"),
        ({"description": "x" * 4001}, "description"),
        ({"contact": "keine adresse"}, "contact"),
        ({"contact": "mia@example.org\nBcc: alle@example.org"}, "contact"),
        ({"page": "x" * 501}, "page"),
    ],
)
def test_what_cannot_be_read_is_sent_back(client, db, changes, wrong):
    page = client.post(REPORT, fill_in(client, **changes))
    assert (page.status_code, [*page.context["form"].errors]) == (400, [wrong])
    assert reports() == []


def test_whoever_leaves_an_address_gets_a_receipt(client, db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(REPORT, fill_in(client, contact="mia@example.org"))
    [letter] = mail.outbox
    assert letter.to == ["mia@example.org"]
    assert done.context["number"] in letter.subject
    assert done.context["number"] in letter.body
    assert SAID not in letter.body


def test_only_the_city_reads_reports(client, db):
    provider = factories.make_provider("haus")
    client.post(REPORT, fill_in(client))
    for lens in (public, visitor, office, learner(1), staff([provider.pk], tutored=[provider.pk])):
        with look(lens):
            assert BarrierReport.objects.count() == 0
    assert len(reports()) == 1


def test_a_report_remembers_the_language_it_was_written_in(client, db):
    client.post(f"/en{REPORT}", fill_in(client))
    assert [report[3] for report in reports()] == ["en"]


def test_the_statement_names_what_does_not_work_yet(client, db):
    empty = client.get("/barrierefreiheit/").content.decode()
    assert "Die Prüfung läuft noch." in empty
    with look(system("test")):
        AccessibilityStatement.objects.create(
            provider_id=CITY,
            status=AccessibilityStatement.Status.PARTIAL,
            scope="lernstadt.example",
            method="Selbst geprüft",
            barriers=[{"text": "Alte PDF", "kind": "", "alternative": "Rufen Sie an."}],
            created_on="2026-11-01",
            reviewed_on="2026-11-20",
        )
    public_page.forget()
    text = client.get("/barrierefreiheit/").content.decode()
    for said in (
        "teilweise mit § 10 L-BGG vereinbar",
        "Alte PDF",
        "Rufen Sie an.",
        "20. November 2026",
    ):
        assert said in text


# --- reading settings ----------------------------------------------------------------------------------------------


def test_reading_settings_are_kept_only_when_somebody_asks(client, db):
    assert client.get("/").cookies == {}
    answer = client.post("/anzeige/", {"size": "2", "theme": "dark", "next": "/kurse/?q=netz"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/kurse/?q=netz")
    [cookie] = answer.cookies.values()
    assert (cookie.key, cookie.value) == ("anzeige", "2.1.dark.1.0.0.0.1.1.1")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    text = client.get("/").content.decode()
    assert 'data-size="2"' in text
    assert 'data-kern-theme="dark"' in text
    assert "data-space" not in text.split("<head>")[0]
    assert 'data-size="2"' not in Client().get("/").content.decode().split("<head>")[0]
    dark = client.post("/anzeige/", {"size": "1"})  # a quick button changes one thing
    assert dark.cookies["anzeige"].value == "1.1.dark.1.0.0.0.1.1.1"
    normal = client.post("/anzeige/", {"zurueck": "1"})
    assert normal.cookies["anzeige"]["max-age"] == 0


@pytest.mark.parametrize(
    "target",
    ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)", "", " "],
)
def test_settings_lead_nowhere_else(client, db, target):
    assert client.post("/anzeige/", {"size": "3", "next": target}).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("cookie", "read"),
    [
        ("2.2.more", ("2", "2", "more")),
        ("", ("1", "1", "auto")),
        ("9.2.light", ("1", "2", "light")),
        ("3", ("3", "1", "auto")),
        ('2."><script>.x.y', ("2", "1", "auto")),
    ],
)
def test_what_does_not_fit_in_a_cookie_is_the_default(client, db, cookie, read):
    assert tuple(reading_settings(cookie).values())[:3] == read
    client.cookies["anzeige"] = cookie
    tag = re.search(r"<html[^>]*>", client.get("/").content.decode())[0]
    size, space, theme = (re.search(f'{name}="(\\w+)"', tag) for name in ATTRIBUTES)
    assert (size[1] if size else "1", space[1] if space else "1") == read[:2]
    assert (theme[1] if theme else "auto") == read[2]


def test_public_pages_that_look_the_same_are_kept_once(rf):
    """Who makes up cookies fills no memory, and gets nobody a page that looks otherwise."""
    keys = {}
    for cookie in (
        "",
        "1.1.auto",
        "9.9.pink",
        "x" * 4000,
        "1.1.auto.7",
        "1.1.auto.1.0.0.0.1.1.1.9",
        "2",
        "2.1.auto",
        "2.x",
    ):
        request = rf.get("/kurse/")
        request.COOKIES["anzeige"] = cookie
        keys.setdefault(public_page._key(request), []).append(cookie)
    assert [*keys.values()] == [
        ["", "1.1.auto", "9.9.pink", "x" * 4000, "1.1.auto.7", "1.1.auto.1.0.0.0.1.1.1.9"],
        ["2", "2.1.auto", "2.x"],
    ]


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({"size": "9", "space": "2", "theme": "pink"}, "1.2.auto.1.0.0.0.1.1.1"),
        ({"size": "3"}, "3.1.auto.1.0.0.0.1.1.1"),
        ({"size": "3.2.dark"}, ""),
        ({"andere": "x"}, ""),
    ],
)
def test_what_cannot_be_chosen_is_not_kept(client, db, chosen, kept):
    assert client.post("/anzeige/", chosen).cookies["anzeige"].value == kept


# --- languages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "de-simple", "en"])
def test_a_page_says_its_language_and_where_the_others_are(client, db, language):
    prefix = "" if language == "de" else f"/{language}"
    text = client.get(f"{prefix}/hilfe/").content.decode()
    assert re.search(r'<html lang="([^"]+)"', text)[1] == language
    alternate = r'<link rel="alternate" hreflang="([^"]+)"\s+href="([^"]+)"'
    assert dict(re.findall(alternate, text)) == {
        language: f"{settings.PUBLIC_URL}{path}"
        for language, path in (("de", "/hilfe/"), ("en", "/en/hilfe/"), ("x-default", "/hilfe/"))
    }
    assert "/de-simple/hilfe/" in text


def test_the_browsers_language_does_not_decide(client, db):
    """An address shows the same page to everybody; who wants English chooses it."""
    text = client.get("/hilfe/", headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="de"' in text


# --- headers -------------------------------------------------------------------------------------------------------

STRICT = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'; report-uri /meldungen/csp; report-to csp"
)


@pytest.mark.parametrize(
    "address", ["/", "/kurse/", REPORT, "/konto/anmelden/", "/gibt-es-nicht/", "/offene-daten/"]
)
def test_every_page_is_locked_down(client, db, address):
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == STRICT
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    for sense in ("camera", "microphone", "geolocation"):
        assert f"{sense}=()" in headers["Permissions-Policy"]


def test_cookies_are_not_for_scripts_and_not_for_other_sites(client, db):
    """ASVS 3.3.2, 3.3.4. The token is read from the form, but is no secret from a script of ours."""
    client.force_login(factories.make_user("Anna"))
    client.get("/konto/")
    client.post("/anzeige/", {"size": "2", "next": "/"})
    said = {name: (bool(c["httponly"]), c["samesite"]) for name, c in client.cookies.items()}
    assert said == {
        "lernstadt": (True, "Lax"),
        "anzeige": (True, "Lax"),
        "csrftoken": (False, "Lax"),
    }


def test_only_the_desk_may_bring_scripts_of_its_own(client, db):
    client.force_login(factories.make_member(factories.make_provider("haus")))
    desk = client.get("/redaktion/").headers
    assert "'unsafe-inline'" in desk["Content-Security-Policy"]
    assert desk["X-Frame-Options"] == "SAMEORIGIN"
    for address in (
        "/lernen/",
        "/konto/",
        "/kurse/",
        "/redaktion/medien/x.svg",
        "/redaktion/dokumente/1/x",
    ):
        assert client.get(address).headers["Content-Security-Policy"] == STRICT


# --- errors --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en", "/de-simple"])
def test_an_unknown_address_is_said_in_the_readers_language(client, db, prefix):
    page = client.get(f"{prefix}/gibt-es-nicht/")
    language = prefix.strip("/") or "de"
    with translation.override(language):
        says = translation.gettext("Diese Seite gibt es nicht.")
    assert page.status_code == 404
    assert f"<h1>{says}</h1>" in page.content.decode()
    assert f'<html lang="{language}"' in page.content.decode()
    assert client.cookies == {}


def test_a_form_that_lost_its_token_is_explained(db):
    client = Client(enforce_csrf_checks=True)
    page = client.post("/konto/anmelden/", {"login": "anna@example.org", "password": "x"})
    assert page.status_code == 403
    assert "Das Formular war zu lange offen." in page.content.decode()


def test_who_tries_too_often_is_told_how_long_to_wait_and_whom_to_call(client, db):
    client.force_login(factories.make_user())
    asked = {"oldpassword": "x", "password1": "y", "password2": "y"}
    tries = [client.post("/konto/passwort/", asked) for _ in range(6)]
    assert [page.status_code for page in tries] == [200] * 5 + [429]
    text = tries[-1].content.decode()
    assert "<h1>Einen Moment, bitte.</h1>" in text
    assert "Warten Sie bitte 3 Minuten." in text
    assert tries[-1].headers["Retry-After"] == "180"
    main, _, rest = text.partition("</main>")
    assert ("die Nummer steht gleich hier unten" in main, CITY_FACTS["phone"] in rest) == (
        True,
        True,
    )


def test_no_limit_lasts_longer_than_we_say():
    told_in_the_form = {"login_failed"}
    limits = {action for action in RATE_LIMITS if action not in told_in_the_form}
    rates = [rate for action in limits for rate in parse_rates(RATE_LIMITS[action])]
    assert max(rate.duration for rate in rates) == errors.PAUSE


def test_errors_need_neither_database_nor_session(rf):
    request = rf.get("/kurse/")
    request.resolver_match = None
    inside = Exception("relation accounts_user")
    pages = {
        400: errors.bad_request(request, inside),
        403: errors.forbidden(request, inside),
        404: errors.not_found(request, inside),
        429: errors.too_many_requests(request),
        500: errors.server_error(request),
    }
    assert {code: page.status_code for code, page in pages.items()} == {
        code: code for code in pages
    }
    headings = {re.search("<h1>(.+?)</h1>", one_line(page))[1] for page in pages.values()}
    assert len(headings) == 5
    assert [code for code, page in pages.items() if b"accounts_user" in page.content] == []
