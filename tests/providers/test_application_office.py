"""The office's queue: who may see it, the three answers, and what changed meanwhile."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from providers import actions
from providers.models import Application, Invitation, Membership, Provider, SoughtOffer
from tenancy.lens import CITY, look, system
from tests import factories
from tests.factories import FOUNDED, TREFF
from tests.providers.test_joining import address_of, h1, link_in, stored
from tests.support.records import errors, signed_in, text_of

State, Role = Application.State, Membership.Role
QUEUE, SOUGHT = "/buero/anfragen/", "/buero/gesucht/"


def of_city(role, name="Karla Amt"):
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    return factories.make_member(city, role, name=name)


@pytest.fixture
def karla(db):
    return of_city(Role.ADMIN)


@pytest.fixture
def office(client, karla):
    client.force_login(karla)
    return client


def sent(state=State.SENT, **fields):
    made = factories.make_application(state, **fields)
    mail.outbox.clear()
    return made


def door_of(made):
    return f"{QUEUE}{made.application.pk}/"


@pytest.mark.parametrize(
    ("role", "status"), [(Role.CLERK, 404), (Role.ADMIN, 200), (Role.OPERATOR, 200)]
)
def test_who_sees_the_queue(db, role, status):
    made = sent()
    browser = signed_in(of_city(role))
    at = (QUEUE, door_of(made), f"{door_of(made)}annehmen/", SOUGHT)
    assert [browser.get(address).status_code for address in at] == [status] * 4
    decided = browser.post(door_of(made), {"decline": "1", "text": "Nein."})
    assert (decided.status_code == 302) is (status == 200)


def test_the_queue_names_what_waits_and_until_when(office):
    for state in State:
        factories.make_application(state, name=f"Treff {state}", email=f"{state}@treff.example")
    lists = {
        "neu": ["Treff sent"],
        "rueckfrage": ["Treff asked"],
        "angenommen": ["Treff approved"],
        "abgelehnt": ["Treff declined", "Treff withdrawn"],
        "quatsch": ["Treff sent"],
    }
    for tab, names in lists.items():
        page = office.get(f"{QUEUE}?stand={tab}")
        assert sorted(one.name for one in page.context["page"]) == names
    assert h1(office.get(QUEUE)) == "1 Organisation möchte dabei sein"
    assert "1 Anfrage wartet auf Ihre Antwort." in text_of(office.get("/buero/anbieter/"))
    waits = office.get(QUEUE).context["page"][0]
    assert f"{waits.answer_by:%Y}" in text_of(office.get(QUEUE))


def test_what_was_never_sent_is_not_the_offices(office):
    for state in (State.BEGUN, State.WRITING):
        assert office.get(door_of(factories.make_application(state))).status_code == 404


def test_a_list_costs_the_same_however_long_it_is(office):
    factories.make_application(State.SENT)
    office.get(QUEUE)
    with CaptureQueriesContext(connection) as one:
        office.get(QUEUE)
    for number in range(5):
        factories.make_application(State.SENT, email=f"{number}@treff.example")
    with CaptureQueriesContext(connection) as six:
        office.get(QUEUE)
    assert len(six) == len(one)


def test_the_office_asks_back_and_the_organisation_answers(office, client):
    made = sent()
    answer = office.post(door_of(made), {"ask": "1", "text": "Seit wann gibt es Sie?"}, follow=True)
    assert f"Ihre Frage ist unterwegs an {TREFF['name']}." in text_of(answer)
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (
        [TREFF["email"]],
        "Eine Frage zu Ihrer Anfrage – Lernstadt Heilbronn",
    )
    assert "Seit wann gibt es Sie?" in letter.body
    link = link_in(letter)
    assert h1(client.get(link)) == "Das Bildungsbüro hat eine Frage"
    client.post(link, {"text": "Seit 2011."})
    page = text_of(office.get(door_of(made)))
    assert "Seit 2011." in page
    assert "Karla Amt" in page
    assert "Karla Amt" not in text_of(
        client.get(link)
    )  # the organisation hears the office, not who


def test_a_reason_is_sent_and_stands_on_the_page(office):
    made = sent()
    for typed in ("", "   "):
        assert (
            "text"
            in office.post(door_of(made), {"decline": "1", "text": typed}).context["decline"].errors
        )
    assert (
        office.post(door_of(made), {"decline": "1", "text": "Es kostet Geld."}).status_code == 302
    )
    [letter] = mail.outbox
    assert "Es kostet Geld." in letter.body
    assert "Es kostet Geld." in text_of(office.get(link_in(letter)))


def test_an_approved_organisation_leads_its_provider(office):
    made = sent()
    at = f"{door_of(made)}annehmen/"
    page = office.get(at)
    proposed = page.context["form"].initial
    assert (proposed["mark"], proposed["kind"], proposed["owner"]) == (
        "ITB",
        "club",
        TREFF["email"],
    )
    form = {**FOUNDED, "owner": proposed["owner"], "stand": page.context["stamp"]}
    page = office.post(at, form, follow=True)
    assert "ist jetzt Anbieter. Die Einladung ist unterwegs an ruth@treff.example." in text_of(page)
    assert sorted(letter.subject.partition(" – ")[0] for letter in mail.outbox) == [
        f"Einladung: {TREFF['name']}",
        "Ihre Anfrage ist angenommen",
    ]
    assert 'href="/anbieter/treff/"' in text_of(office.get(address_of(made)))
    again = office.post(at, {**form, "slug": "treff-zwei", "name": "Anders"})
    assert again.headers["Location"] == door_of(made)  # a second click, or a colleague
    with look(system("test")):
        assert Provider.objects.filter(application=made.application).count() == 1
        assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("taken", "wrong"),
    [({"slug": "haus"}, "slug"), ({"name": "haus HAUS"}, "name"), ({"slug": "mitmachen"}, "slug")],
)
def test_an_address_or_a_name_that_was_given_in_between_is_said(office, house, taken, wrong):
    made = sent()
    page = office.post(f"{door_of(made)}annehmen/", {**FOUNDED, "owner": TREFF["email"], **taken})
    assert [*errors(page)] == [wrong]
    assert page.context["form"]["mark"].value() == "IT"
    assert (stored().state, mail.outbox) == (State.SENT, [])


def test_a_head_who_has_an_account_accepts_with_it_and_nobody_else_does(office):
    made = sent()
    office.post(f"{door_of(made)}annehmen/", {**FOUNDED, "owner": TREFF["email"]})
    [invitation] = [letter for letter in mail.outbox if "Einladung" in letter.subject]
    link = next(
        line.strip() for line in invitation.body.splitlines() if "/konto/einladung/" in line
    )
    link = link[link.index("/konto/") :]
    with look(system("test")):
        ruth = factories.make_user("Ruth Becker", TREFF["email"])
        other = factories.make_user("Jemand anderes")
    assert "ging an eine andere E-Mail-Adresse" in text_of(signed_in(other).post(link))
    assert signed_in(ruth).post(link, {"accept": ""}).status_code == 302
    assert signed_in(ruth).get("/anbieter/treff/verwalten/").status_code == 200


@pytest.mark.parametrize("answer", ["ask", "decline"])
def test_what_changed_while_she_was_reading_is_read_again(office, answer):
    made = sent()
    seen = stored().stamp
    if answer == "ask":
        actions.withdraw_application(made.application)
    else:
        actions.ask_applicant(made.application, "?", by=of_city(Role.ADMIN, "Bert"))
        actions.write_application(made.application, {"city": "Neckarsulm"})
    page = office.post(door_of(made), {answer: "1", "text": "Mein Text", "stand": seen})
    says = "Jemand war schneller" if answer == "ask" else "inzwischen etwas geändert"
    assert says in text_of(page)
    assert mail.outbox == []


def test_a_namesake_is_pointed_out(office):
    made = sent()
    sent(name=TREFF["name"].upper(), email="andere@treff.example")
    assert "So heißt schon jemand: INTERNET-TREFF BÖCKINGEN" in text_of(office.get(door_of(made)))


def test_the_list_of_what_is_sought_is_kept_here(office):
    assert [*errors(office.post(SOUGHT, {"title": " "}))] == ["title"]
    page = office.post(SOUGHT, {"title": "Steuererklärung", "detail": "abends"}, follow=True)
    assert "Eingetragen." in text_of(page)
    with look(system("test")):
        number = SoughtOffer.objects.get().pk
    for _click in range(2):
        assert office.post(f"{SOUGHT}{number}/streichen/").headers["Location"] == SOUGHT
    assert "Noch steht nichts auf der Liste." in text_of(office.get(SOUGHT))
