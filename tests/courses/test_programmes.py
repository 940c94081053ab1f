"""A programme from a spreadsheet: what columns and cells mean, what it would change, and that it changes it once."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook

from courses.actions import cancel_run, keep_room, keep_rules, publish_run
from courses.models import Meeting, Room, Run, RunNews
from courses.programmes import columns_of, read_programme
from courses.timetable import FreeDays
from learning.actions import take_seat
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import asked, make_venue
from tests.support.pages import one_line
from tests.support.records import signed_in
from words.days import ZONE

HEAD = ["Kursnummer", "Titel", "Semester", "Datum", "Beginn", "Ende", "Anzahl Termine", "Ort", "Raum", "Plätze", "Preis"]  # fmt: skip
IMPORT = "/anbieter/haus/planen/einlesen/"


def read(*rows, head=HEAD, free=()):
    return read_programme([head, *rows], columns_of(head), free=free)


def local(meetings):
    return [each.slot.starts_at.astimezone(ZONE).strftime("%d.%m.%Y %H:%M") for each in meetings]


# --- reading ---


def test_a_line_is_a_run():
    row = ["261-1", "Handy", "Frühjahr 2027", "02.03.2027", "10:00", "11:30", "2", "Rathaus", "104", "12", "18,50 €"]  # fmt: skip
    [run] = read(row).runs
    assert (run.number, run.semester, run.lines) == ("261-1", "2027-1", [2])
    assert run.fields == {"title": "Handy", "number": "261-1", "seats_max": 12, "price": 1850}
    assert local(run.meetings) == ["02.03.2027 10:00", "09.03.2027 10:00"]
    assert {(each.venue, each.room) for each in run.meetings} == {("Rathaus", "104")}


def test_lines_of_one_number_are_its_meetings():
    one = ["261-1", "Handy", "", "02.03.2027", "10:00", "11:30"]
    two = ["261-1", "Handy", "", "2027-03-04", "14.00", "15.30"]
    [run] = read(one, two, two).runs
    assert run.lines == [2, 3, 4]
    assert local(run.meetings) == ["02.03.2027 10:00", "04.03.2027 14:00"]


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (("2.3.27, 9.3.27 und 16.3.27", "10:00", "11:00"), ["02.03.2027 10:00", "09.03.2027 10:00", "16.03.2027 10:00"]),
        (("29.02.2028", "10:00:00", "11:00:00"), ["29.02.2028 10:00"]),
        (("02.03.2027", "10:00 - 11:30 Uhr", ""), ["02.03.2027 10:00"]),
    ],
)  # fmt: skip
def test_days_and_hours_as_offices_write_them(cells, days):
    [run] = read(["1", "Handy", "", *cells]).runs
    assert local(run.meetings) == days


def test_a_series_leaves_free_days_out():
    free = [FreeDays(date(2027, 3, 9), date(2027, 3, 9), "Ferien")]
    [run] = read(["1", "Handy", "", "02.03.2027", "10:00", "11:00", "2"], free=free).runs
    assert local(run.meetings) == ["02.03.2027 10:00", "16.03.2027 10:00"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["", "Handy"], ("number", "")),
        (["1", ""], ("title", "")),
        (["1", "Handy"], ("semester", "")),
        (["1", "Handy", "bald"], ("semester", "bald")),
        (["1", "Handy", "", "morgen", "10:00", "11:00"], ("day", "morgen")),
        (["1", "Handy", "", "31.02.2027", "10:00", "11:00"], ("day", "31.02.2027")),
        (["1", "Handy", "", "02.03.2027", "11:00", "10:00"], ("hours", "10:00")),
        (["1", "Handy", "", "02.03.2027", "25:00", "26:00"], ("hours", "25:00 26:00")),
        (["1", "Handy", "", "02.03.2027"], ("hours", "")),
        (["1", "Handy", "", "02.03.2027", "10:00", "11:00", "oft"], ("count", "oft")),
        (["1", "Handy", "2027-1", "", "", "", "", "", "", "viele"], ("seats", "viele")),
        (["1", "Handy", "2027-1", "", "", "", "", "", "", "", "teuer"], ("price", "teuer")),
        (["1", "H" * 161, "2027-1"], ("long", "H" * 30)),
        (["1", "Handy", "", "02.03.2027", "10:00", "11:00", "", "", "104"], ("room", "104")),
    ],
)
def test_a_line_that_cannot_be_read_says_why(row, fault):
    found = read(row)
    assert [(each.line, each.why, each.word) for each in found.faults] == [(2, *fault)]
    assert found.runs == []


def test_nothing_is_planned_by_halves():
    """A run with one line that cannot be read waits as a whole; the others do not."""
    found = read(
        ["1", "Handy", "", "02.03.2027", "10:00", "11:00"],
        ["1", "Handy", "", "irgendwann", "10:00", "11:00"],
        ["2", "Tablet", "", "02.03.2027", "10:00", "11:00"],
    )
    assert [run.number for run in found.runs] == ["2"]
    assert [each.line for each in found.faults] == [3]


def test_one_number_has_one_title():
    found = read(["1", "Handy", "2027-1"], ["1", "Tablet", "2027-1"])
    assert [(each.line, each.why) for each in found.faults] == [(3, "twice")]
    assert found.runs == []


# --- what it changes ---


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor")


@pytest.fixture
def browser(house, tutor):
    with look(system("test")):
        venue = make_venue(house, tutor, name="Rathaus")
    keep_room(venue, "104", seats=12, by=tutor)
    return signed_in(tutor)


def first():
    return timezone.localdate() + timedelta(days=40)


def line(number="261-1", title="Handy", **cells):
    """As the spreadsheet has it."""
    both = f"{first():%d.%m.%Y}, {first() + timedelta(days=7):%d.%m.%Y}"
    given = {"semester": "", "on": both, "begins": "10:00", "ends": "11:00"}
    given |= {"times": "", "venue": "Rathaus", "room": "104", "seats": "12", "price": ""}
    return [number, title, *(given | cells).values()]


def upload(browser, *rows, head=HEAD):
    text = "\n".join(";".join(row) for row in (head, *rows))
    file = SimpleUploadedFile("programm.csv", text.encode("cp1252"), "text/csv")
    return browser.post(IMPORT, {"act": "look", "file": file})


def said_in(page, act):
    columns = page.context["columns"]
    fields = {name: field.initial for name, field in columns.fields.items()}
    return {"act": act, "list": page.context["signed"], **fields}


def take(browser, *rows):
    page = upload(browser, *rows)
    return one_line(browser.post(IMPORT, said_in(page, "take"), follow=True))


def runs():
    with look(system("test")):
        return {run.number: run for run in Run.objects.prefetch_related("meetings__room")}


def planned(run):
    return [(each.starts_at.astimezone(ZONE), str(each.room)) for each in run.meetings.all()]


def test_a_look_changes_nothing_and_says_what_it_would(browser):
    page = upload(browser, line(), line("261-2", "Tablet", venue="Mond"))
    text = one_line(page)
    assert "1 neuer Entwurf" in text
    assert "Zeile 3: Diesen Ort hat Ihr Haus nicht." in text
    assert runs() == {}


def test_it_is_taken_once_as_drafts(browser):
    said = "Neu als Entwurf: 2. Geändert: 0. Unverändert: 0."
    assert said in take(browser, line(), line("261-2", "Tablet"))
    there = runs()
    assert {number: run.is_published for number, run in there.items()} == {
        "261-1": False,
        "261-2": False,
    }
    assert [room for _at, room in planned(there["261-1"])] == ["104", "104"]
    again = upload(browser, line(), line("261-2", "Tablet"))
    assert "2 Durchführungen bleiben, wie sie sind." in one_line(again)
    assert "So übernehmen" not in one_line(again)
    browser.post(IMPORT, said_in(again, "take"))
    assert {number: (run.pk, planned(run)) for number, run in runs().items()} == {
        number: (run.pk, planned(run)) for number, run in there.items()
    }


def test_the_difference_is_shown_and_nothing_is_lost(browser, house, tutor):
    take(browser, line())
    run = runs()["261-1"]
    with look(system("test")):
        Run.objects.update(title="Handy für Anfänger", led_by="Eva Klug")
    publish_run(run, by=tutor)
    take_seat(run.key, asked("Anna", email="anna@example.org"))
    changed = line(seats="14", on=f"{first():%d.%m.%Y}", begins="12:00", ends="13:00")
    page = one_line(upload(browser, changed))
    assert "Plätze: 12, künftig 14" in page
    assert "Verlegt:" in page
    assert "1 Termin steht nicht in der Liste und bleibt." in page
    take(browser, changed)
    after = runs()["261-1"]
    assert (after.title, after.led_by, after.seats_max) == ("Handy für Anfänger", "Eva Klug", 14)
    assert sorted(at.hour for at, _room in planned(after)) == [10, 12]
    with look(system("test")):
        assert [*RunNews.objects.values_list("kind", flat=True)] == ["moved"]  # told once
        assert [*after.bookings.values_list("name", flat=True)] == ["Anna"]
        assert after.leaders.count() == run.leaders.count()


def test_what_a_house_says_no_to(browser, house, tutor):
    take(browser, line(), line("261-2", "Tablet"))
    there = runs()
    publish_run(there["261-1"], by=tutor)
    publish_run(there["261-2"], by=tutor)
    cancel_run(there["261-2"], by=tutor)
    keep_rules(house.pk, {"number_pattern": r"\d{3}-\d"}, by=tutor)
    page = upload(browser, line(price="20"), line("261-2", "Tablet", seats="9"), line("neu", "Neu"))
    said = [(fault.line, fault.why) for fault, _says in page.context["faults"]]
    assert said == [(2, "published"), (3, "ended"), (4, "pattern")]


def test_columns_are_chosen_by_hand(browser):
    head = ["Nr", "Was", "Semester"]
    page = upload(browser, ["7", "Handy", "Herbst 2027"], head=head)
    assert "Der Titel fehlt." in one_line(page)
    said = {**said_in(page, "take"), "c1": "title"}
    looked = browser.post(IMPORT, said)  # other columns than were shown: looked at first
    assert "1 neuer Entwurf" in one_line(looked)
    assert runs() == {}
    twice = browser.post(IMPORT, {**said, "c2": "title"})
    assert "Das ist schon eine andere Spalte." in one_line(twice)
    browser.post(IMPORT, said_in(looked, "take"))
    assert [(run.title, run.semester) for run in runs().values()] == [("Handy", "2027-2")]


def test_a_list_from_excel(browser):
    book = Workbook()
    book.active.append(HEAD)
    when = first()
    book.active.append(["261-1", "Handy", None, when, "10:00", "11:30", 1, "Rathaus", 104, 12, 0])
    made = BytesIO()
    book.save(made)
    file = SimpleUploadedFile("programm.xlsx", made.getvalue())
    page = browser.post(IMPORT, {"act": "look", "file": file})
    assert "1 neuer Entwurf" in one_line(page)


def test_what_is_no_list(browser):
    file = SimpleUploadedFile("bild.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    assert browser.post(IMPORT, {"act": "look", "file": file}).status_code == 200
    assert browser.post(IMPORT, {"act": "take", "list": "erfunden"}).status_code == 302
    assert browser.post(IMPORT, {"act": "look"}).status_code == 200


def test_a_head_of_markup_is_a_word(browser):
    page = upload(browser, ["7", "<b>fett</b>", "Herbst 2027"], head=["Nr", "<i>Was</i>", "Sem"])
    assert "<b>fett" not in page.text
    assert "<i>Was" not in page.text


def test_a_long_list_costs_as_few_statements_as_a_short_one(browser, django_assert_max_num_queries):
    rows = [line(f"261-{number}", f"Kurs {number}") for number in range(200)]
    with django_assert_max_num_queries(24):
        page = upload(browser, *rows)
    assert len(page.context["new"]) == 200
    with look(system("test")):
        assert (Room.objects.count(), Meeting.objects.count()) == (1, 0)


# --- clashes and reductions ---


def test_what_a_room_or_a_person_is_wanted_for_twice_is_shown_and_taken_all_the_same(browser):
    take(browser, line("261-1", "Geplant"))
    page = upload(browser, line("261-2", "Tablet"), line("261-3", "Fotos", begins="20:00", ends="21:00"))  # fmt: skip
    said = [(each.busy, each.one, each.other) for each in page.context["clashes"]]
    assert {(one, other) for _busy, one, other in said} == {("Tablet", "Geplant")}
    assert "Raum oder Leitung sind zweimal belegt" in one_line(page)
    twice = upload(browser, line("261-4", "A", begins="18:00", ends="19:00"), line("261-5", "B", begins="18:30", ends="19:30"))  # fmt: skip
    assert {(each.one, each.other) for each in twice.context["clashes"]} == {("B", "A")}
    assert "Neu als Entwurf: 1." in take(browser, line("261-2", "Tablet"))


def test_who_leads_is_wanted_once_at_a_time(browser):
    head = ["Nr", "Titel", "Datum", "Beginn", "Ende", "Leitung"]
    on = f"{first():%d.%m.%Y}"
    one, two = ["1", "A", on, "10:00", "11:00", "Eva Klug"], ["2", "B", on, "10:30", "11:30", "eva  klug"]  # fmt: skip
    after = ["3", "C", on, "11:30", "12:30", "Eva Klug"]  # begins when the other ends
    page = upload(browser, one, two, after, head=head)
    assert [(each.one, each.other) for each in page.context["clashes"]] == [("B", "A")]


@pytest.mark.parametrize(
    ("cell", "reductions"),
    [
        ("9,00", [{"name": "ermäßigt", "price": 900}]),
        (
            "Stadtpass: 9; Kinder: 5,50 €",
            [{"name": "Stadtpass", "price": 900}, {"name": "Kinder", "price": 550}],
        ),
    ],
)
def test_reductions_are_read(cell, reductions):
    head = ["Nr", "Titel", "Semester", "Preis", "Ermäßigung"]
    [run] = read(["1", "Handy", "Herbst 2027", "18", cell], head=head).runs
    assert run.fields["reductions"] == reductions


def test_reductions_nobody_can_read_say_why(browser):
    head = ["Nr", "Titel", "Semester", "Preis", "Ermäßigung"]
    page = upload(browser, ["1", "Handy", "Herbst 2027", "18", "auf Anfrage"], head=head)
    assert [fault.why for fault, _says in page.context["faults"]] == ["reductions"]
    assert "(freiwillig)" not in page.text


def test_what_costs_something_is_sold_as_the_house_does(browser, house, tutor):
    keep_rules(house.pk, {"contract_here": True}, by=tutor)
    take(browser, line(price="18"), line("261-2", "Umsonst", price=""))
    assert {number: run.contract for number, run in runs().items()} == {
        "261-1": True,
        "261-2": False,
    }
