"""A list of participants: who is meant by a line, what it would do, and what it does, once."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import limits
from accounts.models import KeyCard, User
from learning import actions
from learning.models import Group, GroupMember
from learning.participants import read_list
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.files.test_lists import workbook
from tests.support.records import recorded, signed_in, text_of

HEAD = ["Vorname", "Nachname", "E-Mail", "Geburtsdatum"]
LIST = (
    "Vorname;Nachname;E-Mail;Geburtsdatum\n"
    "Margarete;Huber;;01.03.1950\n"
    "Peter;Weiß;;\n"
    "Anna;Arbeit;Anna@Example.org;\n"
    "Anna;Arbeit;anna@example.org;\n"
    "Karl;Kaputt;karl-at-example;\n"
)


@pytest.mark.parametrize(
    ("rows", "people"),
    [
        ([HEAD, ["Margarete", "Huber", "", ""]], [("Margarete H.", "", "")]),
        ([["Name:"], ["Margarete Huber"]], [("Margarete H.", "", "")]),
        ([["Name"], ["Huber, Margarete"]], [("Margarete H.", "", "")]),
        ([["NAME", "MAIL"], ["", "a@example.org"]], [("", "a@example.org", "")]),
        ([["Spitzname"], ["Gretel"]], [("Gretel", "", "")]),
        ([["Nachname"], ["Huber"]], [("Huber", "", "")]),
        ([["Margarete Huber", "07131 1"]], [("Margarete H.", "", "")]),  # no head
        ([["Margarete", "A@B.example"]], [("Margarete", "a@b.example", "")]),
        ([["Vorname"], ["."]], [(".", "", "name")]),
        ([["Vorname"], ["\u202eAnna"]], [("\u202eAnna", "", "name")]),
        ([["Vorname"], ["x" * 90]], [("x" * 60, "", "")]),
        ([["E-Mail"], ["a@b"]], [("", "a@b", "address")]),
        ([["E-Mail"], ["a@example.org, b@example.org"]], [("", "a@example.org, b@example.org", "address")]),
        ([["E-Mail"], ["a@example.org"], ["A@example.org"]], [("", "a@example.org", ""), ("", "a@example.org", "twice")]),
        ([["Vorname"], ["Anna"], ["Anna"]], [("Anna", "", ""), ("Anna", "", "")]),
        ([], []),
        ([HEAD], []),
        ([HEAD, ["Anna"]], [("Anna", "", "")]),  # a short line
    ],
)  # fmt: skip
def test_who_is_meant_by_a_line(rows, people):
    assert [(p.name, p.email, p.fault) for p in read_list(rows).people] == people


def test_what_is_not_read_is_said():
    assert read_list([HEAD, ["Anna", "A", "", "1.1.50"]]).unread == ["Geburtsdatum"]


@pytest.fixture
def tutor(house):
    return factories.make_member(house, Membership.Role.TUTOR, name="Petra Lang")


@pytest.fixture
def group(house, tutor):
    course = factories.make_course(house)
    return actions.make_group(house.pk, course.translation_key, name="Donnerstag", by=tutor)


@pytest.fixture
def browser(tutor):
    return signed_in(tutor)


def where(group):
    return f"/anbieter/haus/begleiten/gruppen/{group.pk}/liste/"


def look_at(browser, group, content=LIST, name="liste.csv"):
    content = content if isinstance(content, bytes) else content.encode("windows-1252")
    return browser.post(where(group), {"file": SimpleUploadedFile(name, content)})


def take(browser, group, page):
    return browser.post(f"{where(group)}uebernehmen/", {"list": page.context["signed"]})


def members(group):
    with look(system("test")):
        rows = GroupMember.objects.filter(group=group).order_by("pk")
        return [*rows.values_list("learner__pseudonym", flat=True)]


def people_now():
    with look(system("test")):
        return User.objects.count()


def test_looking_says_what_would_happen_and_does_nothing(browser, group):
    before = people_now()
    page = text_of(look_at(browser, group))
    for said in (
        "2 neue Schlüssel-Karten",
        "Margarete H.",
        "Peter W.",
        "1 Einladung per E-Mail",
        "anna@example.org",
        "Zeile 5: Diese Adresse steht weiter oben schon.",
        "Zeile 6: Das ist keine E-Mail-Adresse.",
        "Diese Spalten lesen und speichern wir nicht: Geburtsdatum",
    ):
        assert said in page
    assert "01.03.1950" not in page
    assert (people_now(), members(group), mail.outbox) == (before, [], [])


def test_taking_makes_cards_and_mails_and_no_account_for_an_address(browser, group, client):
    before = people_now()
    page = take(browser, group, look_at(browser, group))
    assert "2 Karten sind fertig" in text_of(page)
    assert "Eine Einladung ist unterwegs." in text_of(page)
    assert members(group) == ["Margarete H.", "Peter W."]
    assert people_now() == before + 2
    [letter] = mail.outbox
    assert letter.to == ["anna@example.org"]
    assert "/gruppe/" in letter.body
    card = page.context["cards"][0]
    words = dict(zip(("word1", "word2", "word3", "word4"), card.words.split(), strict=True))
    client.post("/konto/karte/", {"number": card.number, "where": "own", **words})
    assert "Donnerstag" in text_of(client.get(f"/gruppe/mitglied/{group.pk}/"))
    [line] = recorded("group.list_taken")
    assert (line.who, line.on, line.details) == (
        *("Petra Lang", "Donnerstag"),
        {"cards": 2, "invited": 1},
    )


def test_a_known_address_is_treated_like_any_other(browser, group):
    factories.make_user("Anna Arbeit", "anna@example.org")
    known = look_at(browser, group)
    with look(system("test")):
        User.objects.filter(email="anna@example.org").delete()
    unknown = look_at(browser, group)
    strip = ("csrfmiddlewaretoken", 'name="list"')
    lines = [
        [line for line in page.content.decode().splitlines() if not any(s in line for s in strip)]
        for page in (known, unknown)
    ]
    assert lines[0] == lines[1]


def test_the_difference_a_second_time(browser, group):
    take(browser, group, look_at(browser, group))
    page = look_at(browser, group, LIST + "Neu;Dabei;;\n")
    assert page.context["cards"][0].name == "Neu D."
    assert [person.name for person in page.context["there"]] == ["Margarete H.", "Peter W."]


def test_whoever_joined_by_her_mail_is_there(browser, group):
    anna = factories.make_user("Anna Arbeit", "anna@example.org")
    actions.join_group(anna, group.code)
    page = look_at(browser, group)
    assert [person.email for person in page.context["there"]] == ["anna@example.org"]
    assert page.context["mails"] == []


def test_taken_twice_is_taken_once(browser, group):
    page = look_at(browser, group)
    take(browser, group, page)
    again = take(browser, group, page)
    assert "Diese Liste ist schon übernommen." in text_of(browser.get(again["Location"]))
    assert members(group) == ["Margarete H.", "Peter W."]


def closed(group, tutor):
    actions.close_group(group, by=tutor)


def full(group, tutor):
    with look(system("test")):
        Group.objects.filter(pk=group.pk).update(size=1)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (closed, "Die Gruppe ist geschlossen."),
        (full, "So viele Plätze hat die Gruppe nicht."),
    ],
)
def test_all_or_nothing(browser, group, tutor, state, says):
    page = look_at(browser, group)
    state(group, tutor)
    before = people_now()
    answer = take(browser, group, page)
    assert says in text_of(browser.get(answer["Location"]))
    with look(system("test")):
        assert (KeyCard.objects.count(), people_now()) == (0, before)
    assert (members(group), mail.outbox) == ([], [])


@pytest.mark.parametrize("signed", ["", "x", "another group's"])
def test_what_was_not_shown_is_not_taken(browser, group, house, tutor, signed):
    if signed == "another group's":
        other = actions.make_group(house.pk, group.course, name="Freitag", by=tutor)
        signed = look_at(browser, other).context["signed"]
    answer = browser.post(f"{where(group)}uebernehmen/", {"list": signed})
    assert answer["Location"] == where(group)
    assert members(group) == []


def test_an_excel_list_of_ten(browser, group):
    rows = [HEAD, *(["Gast", letter, None, None] for letter in "ABCDEFGHIJ")]
    page = take(browser, group, look_at(browser, group, workbook(*rows), "Liste.xlsx"))
    assert "10 Karten sind fertig" in text_of(page)
    assert members(group) == [f"Gast {letter}." for letter in "ABCDEFGHIJ"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Die Datei ist leer."),
        (b"\x00\x01\x02", "Die Datei ist etwas anderes"),
        (b"Vorname\n" + b"Anna\n" * 41, "Das sind mehr als 40 neue Karten."),
        (b"Vorname\n", "In dieser Liste ist niemand, der neu in die Gruppe kommt."),
    ],
)
def test_what_cannot_be_taken_says_why(browser, group, content, says):
    page = look_at(browser, group, content)
    assert says in text_of(page)
    assert not page.context.get("signed")


def test_nobody_elses_group_takes_a_list(group, house):
    others = (
        factories.make_member(house, Membership.Role.TUTOR),  # of the house, not of the group
        factories.make_member(factories.make_provider("nachbar"), Membership.Role.TUTOR),
        factories.make_user(),
    )
    for other in others:
        assert look_at(signed_in(other), group).status_code == 404


def test_one_address_is_not_mailed_without_end(browser, group, settings):
    settings.LIMITS = {"group_mail": "1/day"}
    limits.storage().reset()
    only = "E-Mail\nanna@example.org\n"
    for _time in range(3):
        take(browser, group, look_at(browser, group, only))
    assert len(mail.outbox) == 1
