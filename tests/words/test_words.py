"""What people type: kept in one spelling, compared as a reader would; and days as the city lives them."""

import re
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from certificates import openbadges, tokens
from certificates.actions import paper_line
from certificates.queries import by_token
from certificates.verification import verdicts
from courses.quizzes import grade
from tenancy.lens import look, system
from tests import factories
from tests.suite.rooms import ROOT, rooms
from tests.support import holders
from words import days, emails, names
from words.spelling import folded, same, tidy

# --- spelling ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada \t\n Lovelace ", "Ada Lovelace"),
        ("Zoe\u0308", "Zoë"),
        ("Ada\u00a0Lovelace\u2009\u3000X", "Ada Lovelace X"),
        ("A\u200bd\ufeffa\u00ad", "Ada"),
        ("A\u200dda", "Ada"),
        ("\u202eada", "ada"),
        ("\u0645\u06cc\u200c\u0631\u0648\u0645", "\u0645\u06cc\u200c\u0631\u0648\u0645"),  # Persian
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),  # Hindi
        ("\u3164", ""),
        ("a\0b", "ab"),
    ],
)
def test_what_is_typed_is_kept_without_what_nobody_sees(typed, kept):
    assert tidy(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("it’s", "it's"),
        ("it´s", "IT`S"),
        ("E‑Mail", "e-mail"),
        ("E–Mail", "E-Mail"),
        ("„Wort“", "Wort"),
        ("»Wort«", "wort"),
        ("'Wort'", "Wort"),
        ("3.5", "3,5"),
        ("Passwort.", "Passwort"),
        ("Passwort!?", "passwort"),
        ("„Passwort.“", "Passwort"),
        ("ein  Wort", " ein\u00a0Wort "),
        ("Fu\u0308nf", "fünf"),
        ("Straße", "STRASSE"),
        ("3\u00a0000", "3 000"),
    ],
)
def test_a_teacher_would_accept_this(one, other):
    assert same(one, other)
    question = {"kind": "gap_text", "gaps": [[one]], "feedback_right": "Ja", "feedback_wrong": ""}
    assert grade(question, {"gap-1": [other]}).right


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("schon", "schön"),
        ("Masse", "Maße,n"),
        ("email", "e-mail"),
        ("its", "it's"),
        ("35", "3,5"),
        ("?", "!"),
        (".", ","),
        ("", "."),
        ("a,b", "a.b"),
        ("Wort Wort", "WortWort"),
    ],
)
def test_a_teacher_would_not_accept_that(one, other):
    assert not same(one, other)


@given(st.text(max_size=40))
def test_what_is_kept_stays_as_it_is(text):
    kept = tidy(text)
    assert tidy(kept) == kept
    assert kept == unicodedata.normalize("NFC", kept)
    assert not any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") for c in kept)


@given(st.text(max_size=40))
def test_the_same_word_is_the_same_however_it_is_put_together(text):
    assert folded(text) == folded(unicodedata.normalize("NFD", text)) == folded(f" {text} ")
    assert folded(folded(text)) == folded(text)


# --- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ""),
        ("Ада", ""),
        ("\u1782\u17d2\u1798\u17c2\u179a", ""),
        ("O’Neill-Müller, Jr.", ""),
        ("X Æ A-12", ""),
        ("7", ""),
        ("\u3164", names.NOTHING),
        ("\u2800\u2800", names.NOTHING),
        ("\u200b", names.NOTHING),
        (". - .", names.NOTHING),
        ("\u0301", names.NOTHING),
        ("Ada \u202eecalevoL", names.TURNS),
        ("\u2067Ada", names.TURNS),
    ],
)
def test_a_name_is_something_to_read_in_one_direction(typed, found):
    assert names.trouble(typed) == found


def test_a_name_nobody_could_read_is_refused_where_it_is_typed(client, db):
    person = factories.make_user("Anna Test")
    client.force_login(person)
    for typed, sentence in (
        ("\u3164", "nichts zu sehen"),
        ("Ada \u202eXY", "den Text umdrehen"),
        ("Ada 👍", "nicht auf Nachweise drucken: 👍"),
    ):
        answer = client.post("/konto/", {"name": typed})
        assert answer.status_code == 200
        assert sentence in answer.content.decode()
    client.post("/konto/", {"name": " Zoe\u0308 \u00a0 Li\u200bn "})
    assert client.get("/konto/").context["form"].initial["name"] == "Zoë Lin"


# --- e-mail addresses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Anna@Example.ORG", "anna@example.org"),
        ("müller@bücher.example", "müller@xn--bcher-kva.example"),
        ("müller@xn--bcher-kva.example", "müller@xn--bcher-kva.example"),
        ("a@BU\u0308CHER.example", "a@xn--bcher-kva.example"),
        ("a@straße.example", "a@xn--strae-oqa.example"),
        ("a@-.example", "a@-.example"),
        ("a", "a"),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(typed, kept):
    assert emails.canonical(typed) == kept
    assert emails.canonical(kept) == kept


def test_people_see_a_domain_in_its_own_letters():
    assert emails.shown("a@xn--bcher-kva.example") == "a@bücher.example"
    assert emails.shown("a@-.example") == "a@-.example"


@pytest.mark.parametrize("typed", ["anna@bücher.example", "Anna@xn--bcher-kva.example"])
def test_she_signs_in_by_either_spelling_of_her_address(client, db, typed):
    factories.make_user("Anna", "anna@bücher.example")
    answer = client.post("/konto/anmelden/", {"login": typed, "password": factories.PASSWORD})
    assert answer.status_code == 302


@pytest.mark.parametrize("chosen", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_a_password_is_the_same_on_every_keyboard(chosen, typed):
    person, word = User(), "Grüße aus Köln"
    person.set_password(unicodedata.normalize(chosen, word))
    assert person.check_password(unicodedata.normalize(typed, word))
    assert not person.check_password("Grusse aus Koln")


def test_a_password_from_before_is_still_hers():
    person, word = User(), unicodedata.normalize("NFD", "Grüße")
    super(User, person).set_password(word)
    assert person.check_password(word)
    assert person.check_password("Grüße")


# --- days ----------------------------------------------------------------------------------------------------------

HALF_PAST_MIDNIGHT = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # 1 January, 00:30 in the city


@pytest.mark.parametrize(
    ("moment", "falls_on"),
    [
        (HALF_PAST_MIDNIGHT, date(2027, 1, 1)),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),  # the clocks go on
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), date(2026, 10, 25)),  # the clocks go back
        (datetime(2028, 2, 28, 23, 30, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_a_moment_falls_on_the_day_of_the_city(moment, falls_on):
    assert days.day(moment) == falls_on


def test_a_moment_without_a_zone_falls_on_no_day():
    with pytest.raises(ValueError, match="time zone"):
        days.day(datetime(2026, 1, 1))  # noqa: DTZ001 -- that is the point


def test_a_sealed_moment_is_shown_on_the_day_of_the_city():
    assert verdicts._day("2026-12-31T23:30:00Z") == "1. Januar 2027"


def test_a_certificate_of_new_years_night_is_of_the_new_year(client, db, monkeypatch):
    monkeypatch.setattr(holders, "DAY", HALF_PAST_MIDNIGHT)
    world = holders.issue(factories.make_provider("haus"))
    page = client.get(world.page).content.decode()
    assert "1. Januar 2027" in page
    assert "31. Dezember" not in page
    with look(system("test")):
        line = paper_line(by_token(tokens.read_token(world.number)), world.number)
    assert openbadges.read_line(line)["i"] == "2027-01-01"


#: What prints a moment without asking which day it is in the city.
RAW = re.compile(r"date_format\((?!day\(|timezone\.local)[^)]*(_at|moment|issued)\b|_at:%")


@pytest.mark.parametrize("room", rooms())
def test_no_room_prints_a_moment_as_it_comes(room):
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
        for match in RAW.finditer(path.read_text())
    ]
    assert found == []
