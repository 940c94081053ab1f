"""Limits count what costs and what fails, not people behind one address; what was typed stays, and a form is for one thing."""

import re
from html import unescape

import pytest
from allauth.account.app_settings import RATE_LIMITS
from allauth.core.internal.ratelimit import parse_rates
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accessibility.models import BarrierReport
from accounts import limits
from config import limits as shipped
from tenancy.lens import CITY, look, staff, system
from tests import factories
from tests.factories import PASSWORD

HERS = "anna@example.org"
REPORT = "/barriere-melden/"
SAID = "Das Video hat keine Untertitel."


@pytest.fixture(autouse=True)
def _as_installed(settings, db):
    """The limits that an installation begins with."""
    settings.LIMITS = dict(USUAL)
    limits.storage().reset()
    cache.clear()


USUAL = {
    "invite": "60/hour",
    "barrier": "60/hour",
    "barrier_mail": "3/hour",
    "invite_mail": "5/day",
    "signup_mail": "6/hour",
    "code_mail": "15/hour",
    "reset_mail": "5/hour",
}


def test_these_are_the_limits_of_an_installation():
    assert USUAL.items() <= shipped.USUAL.items()


@pytest.fixture
def anna(db):
    with look(system("test")):
        return factories.make_user("Anna", HERS)


# --- mails to one address ------------------------------------------------------------------------------------------


def sign_up(address):
    return Client().post("/konto/neu/", {"email": address, "password1": PASSWORD})


def ask_code(address):
    return Client().post("/konto/code/", {"email": address})


def forget(address):
    return Client().post("/konto/passwort/vergessen/", {"email": address})


def report(address):
    return send(Client(), contact=address)


def send(browser, **changes):
    page = browser.get(REPORT)
    token = re.search(r'name="form_token" value="([^"]+)"', page.text)[1]
    form = {"page": "", "description": SAID, "contact": "", "form_token": token}
    return browser.post(REPORT, form | changes)


#: Form, how many mails go to one address, and what then comes.
FORMS = (
    (sign_up, 6, "zu viele Versuche"),
    (forget, 5, "zu viele Versuche"),
    (ask_code, 3, "zu viele Versuche"),  # in a minute; fifteen in an hour
    (report, 3, "Ihre Meldung ist angekommen"),  # only the receipt is left out
)


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(("form", "most", "then"), FORMS)
def test_one_address_gets_only_so_many_mails(request, form, most, then, known):
    if known:
        request.getfixturevalue("anna")
    pages = [form(HERS) for _ in range(most + 2)]
    assert len(mail.outbox) == most
    assert then in pages[-1].text
    form("ben@example.org")  # from the same network
    assert mail.outbox[-1].to == ["ben@example.org"]


def test_what_is_counted_is_the_address_not_its_spelling(db):
    for spelling in ("anna@example.org", "ANNA@example.org", " anna@example.org ") * 3:
        sign_up(spelling)
    assert len(mail.outbox) == 6


@pytest.fixture
def desk(db):
    house = factories.make_provider("haus")
    browser = Client()
    browser.force_login(factories.make_member(house, "owner"))
    return browser


INVITE = "/anbieter/haus/verwalten/team/einladen/"


def test_an_invitation_goes_to_one_address_five_times_a_day(desk):
    desk.post(INVITE, {"email": HERS, "roles": ["author"]})
    page = desk.get("/anbieter/haus/verwalten/team/").text
    again = re.search(r'action="([^"]+/noch-einmal/)"', page)[1]
    pages = [desk.post(again, follow=True) for _ in range(6)]
    assert len(mail.outbox) == 5
    assert "An diese Adresse sind heute schon mehrere Einladungen gegangen." in pages[-1].text
    withdraw = again.replace("noch-einmal", "zurueckziehen")
    desk.post(withdraw)
    refused = desk.post(INVITE, {"email": HERS, "roles": ["author"]})
    assert "An diese Adresse sind heute schon" in refused.text
    assert HERS in refused.text
    assert len(mail.outbox) == 5


def test_looking_at_a_form_costs_nothing(desk, settings):
    settings.LIMITS = USUAL | {"invite": "2/hour"}
    assert [desk.get(INVITE).status_code for _ in range(4)] == [200] * 4
    sent = [desk.post(INVITE, {}).status_code for _ in range(3)]
    assert sent == [200, 200, 429]


# --- people behind one address -------------------------------------------------------------------------------------

CLASS = 40


def test_a_class_reports_at_once():
    assert [send(Client()).status_code for _ in range(CLASS)] == [200] * CLASS


def test_a_class_answers_at_once(settings):
    course = factories.make_course(factories.make_provider("haus"), lessons=1)
    with look(system("test")):
        lesson = course.lessons().get()
        people = [factories.make_user(f"Kind {number}") for number in range(CLASS)]
    answer = factories.right_answer(lesson)
    door = f"/lernen/haus/{course.slug}/schritt-1/antwort/"
    for person in people:
        factories.make_enrolment(course, person)
        browser = Client()
        browser.force_login(person)
        assert browser.post(door, answer).status_code in (200, 302)


def test_a_class_in_which_everybody_mistypes_three_times_gets_in():
    """Failures are counted per account; per network only what no class does."""
    [network, account] = parse_rates(RATE_LIMITS["login_failed"])
    assert (account.amount, account.per) == (5, "key")
    assert network.amount >= CLASS * 4
    for name in ("signup", "login", "request_login_code"):
        [per_network, *_per_address] = parse_rates(RATE_LIMITS[name])
        assert per_network.amount >= CLASS * 3, name


def test_who_is_signed_in_counts_for_herself(settings):
    settings.LIMITS = {"invite": "1/hour"}
    for slug in ("haus", "nachbar"):
        browser = Client()
        browser.force_login(factories.make_member(factories.make_provider(slug), "owner"))
        assert browser.post(INVITE.replace("haus", slug), {}).status_code == 200


# --- what is said --------------------------------------------------------------------------------------------------


def test_too_many_reports_keep_what_was_written(settings):
    settings.LIMITS = {"barrier": "1/hour"}
    send(Client())
    page = send(Client(), description="Und noch etwas.")
    assert page.status_code == 429
    assert "Ihr Text ist noch da." in page.text
    assert "Und noch etwas." in unescape(page.text)
    assert reports() == [SAID]


HTML, JSON = "text/html,application/xhtml+xml", "application/json"


@pytest.mark.parametrize(
    ("path", "headers", "media_type", "says"),
    [
        ("/kurse/?q=b", {"Accept": HTML}, "text/html; charset=utf-8", "<title>Einen Moment"),
        (
            "/kurse/?q=b",
            {"Accept": HTML, "HX-Request": "true"},
            "text/html; charset=utf-8",
            "alert",
        ),
        ("/kurse/?q=b", {"Accept": JSON}, "application/problem+json", '"status": 429'),
    ],
)
def test_a_limit_answers_as_it_was_asked(client, settings, path, headers, media_type, says):
    settings.LIMITS = {"search": "1/minute"}
    client.get("/kurse/?q=a")
    page = client.get(path, headers=headers)
    assert (page.status_code, page["Content-Type"], page["Retry-After"]) == (429, media_type, "180")
    assert says in page.text
    assert ("<html" in page.text) is ("<title>" in says)
    assert page.has_header("HX-Reswap") is ("HX-Request" in headers)


def test_a_program_is_told_as_a_problem(client, settings):
    settings.LIMITS = {"verify": "1/minute"}
    asked = {"number": "7KQ4-M2RD-9XVH-3T8"}
    doors = [client.post(reverse("verify"), asked, content_type=JSON) for _ in range(2)]
    assert doors[-1]["Content-Type"] == "application/problem+json"
    assert doors[-1].json()["status"] == 429


# --- a form is for one report --------------------------------------------------------------------------------------


def reports():
    with look(staff([CITY])):
        return [*BarrierReport.objects.order_by("created_at").values_list("description", flat=True)]


def test_a_form_sent_twice_is_one_report_with_one_receipt(client):
    first = client.get(REPORT).text
    token = re.search(r'name="form_token" value="([^"]+)"', first)[1]
    form = {"page": "", "description": SAID, "contact": HERS, "form_token": token}
    numbers = {client.post(REPORT, form).context["number"] for _click in range(3)}
    assert len(numbers) == len(reports()) == len(mail.outbox) == 1


def test_another_text_needs_another_form_and_gets_it(client):
    token = re.search(r'name="form_token" value="([^"]+)"', client.get(REPORT).text)[1]
    form = {"page": "", "description": SAID, "contact": "", "form_token": token}
    client.post(REPORT, form)
    page = client.post(REPORT, form | {"description": "Etwas anderes."})
    assert page.status_code == 400
    assert "haben Sie schon etwas gemeldet" in page.text
    assert "Etwas anderes." in page.text
    fresh = re.search(r'name="form_token" value="([^"]+)"', page.text)[1]
    assert (
        client.post(
            REPORT, form | {"description": "Etwas anderes.", "form_token": fresh}
        ).status_code
        == 200
    )
    assert reports() == [SAID, "Etwas anderes."]


def test_two_reports_with_the_same_words_are_two():
    assert send(Client()).context["number"] != send(Client()).context["number"]
