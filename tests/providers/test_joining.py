"""An organisation applies behind the link in its mail: every state, every page, with and without what it typed."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from providers import actions
from providers.models import Application, ApplicationLink, Membership, Provider
from tenancy.lens import CITY, look, system
from tests import factories
from tests.factories import LAW, OFFER, TREFF
from tests.support.records import errors, signed_in, text_of

State, Role = Application.State, Membership.Role
JOIN, JOINED = "/anbieter/mitmachen/", "/anbieter/mitmachen/unterwegs/"
UNKNOWN = "Diesen Link kennen wir nicht"


def link_in(letter):
    [link] = re.findall(rf"^http://[^/]+((?:/\w\w)?{JOIN}\S+)$", letter.body, re.MULTILINE)
    return link


def begin(client, **typed):
    token = client.get(JOIN).context["form"]["form_token"].value()
    return client.post(JOIN, {**TREFF, "form_token": token, **typed})


def address_of(made):
    return f"{JOIN}{made.token}/"


def stored(number=None):
    with look(system("test")):
        found = Application.objects.all()
        return found.get(pk=number) if number else found.get()


def h1(page):
    return re.search(r"<h1[^>]*>(.*?)</h1>", page.content.decode(), re.DOTALL)[1].strip()


# --- the first page ------------------------------------------------------------------------------------------------


def test_from_the_first_page_to_the_office(client, db):
    answer = begin(client, email="Ruth@Treff.example")
    assert (answer.status_code, answer.headers["Location"]) == (302, JOINED)
    assert "Sehen Sie in Ihre E-Mail" in text_of(client.get(JOINED))
    [letter] = mail.outbox
    assert letter.to == ["ruth@treff.example"]
    assert letter.subject == "Bitte bestätigen: Ihre Anfrage als Anbieter – Lernstadt Heilbronn"
    assert TREFF["name"] not in letter.body  # a stranger's words reach nobody by our mail
    link = link_in(letter)
    for _look in range(2):  # a mail program looks as well
        assert h1(client.get(link)) == "Ist das Ihre Adresse?"
    assert stored().state == State.BEGUN
    onward = client.post(link, {"prove": "1"})
    assert (onward.status_code, onward.headers["Location"]) == (302, f"{link}2/")
    assert client.post(f"{link}2/", OFFER).headers["Location"] == f"{link}3/"
    assert client.post(f"{link}3/", LAW | {"speaks_for_it": "on"}).headers["Location"] == link
    assert h1(client.get(link)) == "Ihre Anfrage liegt beim Bildungsbüro"
    kept = stored()
    assert {name: getattr(kept, name) for name in OFFER | LAW} == OFFER | LAW
    assert kept.state == State.SENT
    assert dict(client.cookies) == {}


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": ""}, ["name"]),
        ({"kind": "city"}, ["kind"]),
        ({"legal_form": ""}, ["legal_form"]),
        ({"contact": " "}, ["contact"]),
        ({"email": "niemand"}, ["email"]),
        ({"email": "a@b.example\nBcc: x@y.example"}, ["email"]),
        ({"form_token": "x"}, ["form_token"]),
    ],
)
def test_a_wrong_entry_keeps_what_was_typed_and_begins_nothing(client, db, typed, wrong):
    page = begin(client, **typed)
    assert (page.status_code, sorted(errors_of(page))) == (400, wrong)
    assert page.context["form"]["contact"].value() == (TREFF | typed)["contact"]
    again = page.context["form"]["form_token"].value()
    assert client.post(JOIN, TREFF | {"form_token": again}).status_code == 302
    assert len(mail.outbox) == 1


def errors_of(page):
    return page.context["form"].errors


def test_the_same_form_twice_is_one_application_and_a_corrected_one_another(client, db):
    token = client.get(JOIN).context["form"]["form_token"].value()
    for typed in ({}, {}, {"email": "richtig@treff.example"}):
        assert client.post(JOIN, TREFF | {"form_token": token} | typed).status_code == 302
    assert [letter.to[0] for letter in mail.outbox] == [TREFF["email"], "richtig@treff.example"]


def test_a_form_on_another_site_is_refused(client, db):
    made = factories.make_application(State.WRITING)
    token = client.get(JOIN).context["form"]["form_token"].value()
    there = {"headers": {"origin": "https://boese.example"}}
    ours = {"headers": {"origin": "http://testserver"}}
    assert client.post(JOIN, TREFF | {"form_token": token}, **there).status_code == 403
    assert client.post(f"{address_of(made)}zurueckziehen/", **there).status_code == 403
    assert stored().state == State.WRITING
    assert client.post(f"{address_of(made)}zurueckziehen/", **ours).status_code == 302


def test_only_so_many_mails_go_to_one_address_and_so_many_forms_come_from_one_house(
    client, db, settings
):
    settings.LIMITS = {"join": "3/hour", "join_mail": "2/day"}
    answers = [begin(client, phone=str(number)) for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 400]
    assert "email" in errors_of(answers[-1])
    answers = [begin(client, email=f"{number}@treff.example") for number in range(2)]
    assert [answer.status_code for answer in answers] == [302, 429]
    assert answers[-1].context["form"]["name"].value() == TREFF["name"]
    assert len(mail.outbox) == 3


def test_mails_come_in_the_language_she_has_begun_in(client, db):
    token = client.get(f"/en{JOIN}").context["form"]["form_token"].value()
    client.post(f"/en{JOIN}", TREFF | {"form_token": token})
    assert link_in(mail.outbox[0]).startswith(f"/en{JOIN}")
    assert stored().language == "en"


def test_what_the_city_seeks_stands_beside_the_form(client, db):
    assert "Das suchen wir gerade" not in text_of(client.get(JOIN))
    with look(system("test")):
        karla = factories.make_member(Provider.objects.get(pk=CITY), Role.ADMIN)
        actions.seek("Steuererklärung online", "abends, in Böckingen", by=karla)
    page = text_of(client.get(JOIN))
    assert "Das suchen wir gerade" in page
    assert "abends, in Böckingen" in page
    assert f'href="{JOIN}"' in text_of(client.get("/anbieter/"))


# --- every state ---------------------------------------------------------------------------------------------------

#: State -> what the page says; may they write on page 2; may they withdraw.
SAYS = {
    State.BEGUN: ("Ist das Ihre Adresse?", False, False),
    State.WRITING: ("Ihre Anfrage ist noch nicht abgeschickt", True, True),
    State.SENT: ("Ihre Anfrage liegt beim Bildungsbüro", False, True),
    State.ASKED: ("Das Bildungsbüro hat eine Frage", True, True),
    State.APPROVED: ("Willkommen! Sie sind dabei.", False, False),
    State.DECLINED: ("Ihre Anfrage ist abgelehnt", False, False),
    State.WITHDRAWN: ("Ihre Anfrage ist zurückgezogen", False, False),
}


@pytest.mark.parametrize("who", ["nobody", "the head", "somebody else"])
@pytest.mark.parametrize("state", State)
def test_every_state_says_what_is_next_to_anyone_who_holds_the_link(db, client, state, who):
    made = factories.make_application(state)
    if who != "nobody":
        with look(system("test")):
            email = TREFF["email"] if who == "the head" else "andere@treff.example"
            client = signed_in(factories.make_user("Nina", email))
    says, writes, withdraws = SAYS[state]
    page = client.get(address_of(made))
    assert h1(page) == says
    assert TREFF["name"] in text_of(page)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert (client.get(f"{address_of(made)}2/").status_code == 200) is writes
    assert (client.get(f"{address_of(made)}zurueckziehen/").status_code == 200) is withdraws


@pytest.mark.parametrize("state", State)
def test_a_page_from_before_changes_nothing_that_may_not_change(db, client, state):
    """Another tab, the back button, a second click."""
    made = factories.make_application(state)
    answer = client.post(f"{address_of(made)}2/", OFFER | {"city": "Neckarsulm"})
    assert answer.status_code == 302
    now = stored(made.application.pk)
    assert (now.city, now.state) == (
        "Neckarsulm" if SAYS[state][1] else (OFFER["city"] if state != State.BEGUN else ""),
        state,
    )
    client.post(address_of(made), {"text": "Seit 2011."})
    after = State.SENT if state == State.ASKED else state
    assert stored(made.application.pk).state == after


def test_she_leaves_and_comes_back(db, client):
    made = factories.make_application(State.BEGUN)
    at = address_of(made)
    client.post(at, {"prove": "1"})
    half = {"about": "Jeden Dienstag", "topics": ["devices"], "later": "1"}
    assert client.post(f"{at}2/", half).headers["Location"] == at
    assert f'href="{at}2/"' in text_of(client.get(at))
    page = client.get(f"{at}2/")
    assert page.context["form"]["about"].value() == "Jeden Dienstag"


def test_nothing_is_sent_that_is_not_complete(db, client):
    made = factories.make_application(State.BEGUN)
    at = address_of(made)
    client.post(at, {"prove": "1"})
    page = client.post(f"{at}3/", LAW)
    assert [*errors(page)] == ["speaks_for_it"]
    answer = client.post(f"{at}3/", LAW | {"speaks_for_it": "on"})
    assert answer.headers["Location"] == f"{at}2/"
    page = client.post(f"{at}2/", {"about": "x"})
    assert sorted(errors(page)) == ["city", "topics", "ways"]
    assert page.context["form"]["about"].value() == "x"
    assert stored().state == State.WRITING
    client.post(f"{at}2/", OFFER)
    client.post(f"{at}3/", LAW | {"speaks_for_it": "on"})
    assert stored().state == State.SENT


def test_she_answers_after_she_has_changed_what_she_wrote(db, client):
    made = factories.make_application(State.ASKED)
    at = address_of(made)
    assert "Seit wann gibt es Sie?" in text_of(client.get(at))
    assert client.post(f"{at}2/", OFFER | {"city": "Neckarsulm"}).headers["Location"] == at
    assert stored().state == State.ASKED
    assert [*errors(client.post(at, {"text": " "}))] == ["text"]
    for _click in range(2):
        assert client.post(at, {"text": "Seit 2011."}).headers["Location"] == at
    assert (stored().state, stored().city) == (State.SENT, "Neckarsulm")
    assert text_of(client.get(at)).count("Seit 2011.") == 1


def test_withdrawing_asks_once_more(db, client):
    made = factories.make_application(State.SENT)
    at = f"{address_of(made)}zurueckziehen/"
    assert "Anfrage zurückziehen" in text_of(client.get(at))
    assert stored().state == State.SENT
    for _click in range(2):
        assert client.post(at).headers["Location"] == address_of(made)
    assert stored().state == State.WITHDRAWN


def test_a_declined_one_reads_why(db, client):
    made = factories.make_application(State.DECLINED)
    assert "Es kostet Geld." in text_of(client.get(address_of(made)))


# --- links that lead nowhere ---------------------------------------------------------------------------------------


def expire(days=1):
    with look(system("test")):
        ApplicationLink.objects.update(expires_at=timezone.now() - timedelta(days=days))


def test_a_link_that_has_run_out_is_replaced_by_mail(db, client):
    made = factories.make_application(State.ASKED)
    mail.outbox.clear()
    expire()
    at = address_of(made)
    page = client.get(at)
    assert h1(page) == "Dieser Link ist abgelaufen"
    assert TREFF["name"] not in text_of(page)
    assert "Der neue Link ist unterwegs" in text_of(client.post(at, {"again": "1"}))
    [letter] = mail.outbox
    assert letter.to == [TREFF["email"]]
    assert h1(client.get(link_in(letter))) == "Das Bildungsbüro hat eine Frage"


def test_what_was_typed_behind_a_link_that_ran_out_comes_back(db, client):
    made = factories.make_application(State.WRITING)
    expire()
    page = client.post(f"{address_of(made)}2/", OFFER | {"about": "Ein langer Text."})
    assert "Das ist nicht gespeichert." in text_of(page)
    assert "Ein langer Text." in text_of(page)


@pytest.mark.parametrize("address", ["x/", "x/2/", "x/zurueckziehen/"])
def test_an_unknown_link_leads_to_the_beginning(db, client, address):
    page = client.get(f"{JOIN}{address}")
    assert (page.status_code, h1(page)) == (404, UNKNOWN)
    assert f'href="{JOIN}"' in page.text


def test_of_a_forgotten_application_nothing_is_left(db, client):
    made = factories.make_application(State.DECLINED)
    with look(system("test")):
        Application.objects.update(closed_at=timezone.now() - timedelta(days=184))
        actions.forget_old_applications()
    assert h1(client.get(address_of(made))) == UNKNOWN
