"""The office's page: what is chosen stands in the address, what is too narrow is said, and no figure is below five."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from odfdo import Document
from openpyxl import load_workbook
from PIL import Image

from figures import actions
from figures.frames import Frame, Measure, Period
from providers.models import Membership
from reports.models import SavedView
from reports.views.printed import printed_answer, printed_choice
from tenancy import public_page
from tenancy.lens import look, system
from tests import factories
from tests.support.figures import People, known_secrets
from tests.support.pages import text

OFFICE, SPREADSHEET = "/buero/", "/buero/zahlen.csv"
MONTHS = [date(2026, month, 1) for month in range(4, 10)]
QUARTER = Period(Frame.QUARTER, date(2026, 7, 1))


def happen(
    number, *, months=MONTHS, measure=Measure.ENROLLED, competence="4.2", provider=2, mode="online"
):
    course = actions.CountedCourse(competence, provider, mode)
    with look(system("test")):
        for month in months:
            for n in range(number):
                actions.count(measure, course, person=people.come(1)[0], enrolment=n, month=month)


@pytest.fixture(autouse=True)
def secrets(settings, tmp_path):
    settings.FIGURE_SECRETS = known_secrets(tmp_path / "secrets")
    global people
    people = People()


@pytest.fixture(autouse=True)
def anew():
    """What one test has had printed, another one does not read."""
    printed_answer.cache_clear()
    printed_choice.cache_clear()


@pytest.fixture
def figures(db):
    """Six months: area 4 is large, area 1 middling, area 3 has one person a month; nothing else."""
    house = factories.make_provider("haus")
    happen(1, months=[date(2026, 3, 1)], provider=house.pk)  # before: a month that is not whole
    happen(40, provider=house.pk)
    happen(25, measure=Measure.COMPLETED, provider=house.pk)
    happen(15, competence="1.1", provider=house.pk, mode="onsite")
    happen(1, competence="3.3", months=MONTHS[3:4])
    actions.publish_due(date(2026, 10, 6))
    return house


def numbers(html):
    """Everything that stands where a figure about persons may stand."""
    found = re.findall(r'<td class="is-n[^"]*" data-label="(?!Kurse)[^"]*">([\d.]+)<', html)
    return [int(one.replace(".", "")) for one in found + re.findall(r'ls-num">([\d.]+)<', html)]


def test_before_a_whole_month_is_over_there_are_no_figures(clerk):
    assert "Noch gibt es keine Zahlen." in text(clerk.get(OFFICE))
    happen(9, months=[date(2026, 11, 1)])
    assert "Die ersten kommen am 6. Januar 2027." in text(clerk.get(OFFICE))


def test_the_newest_quarter_is_answered_in_a_sentence(clerk, figures):
    page = clerk.get(OFFICE)
    said = text(page)
    assert re.search(
        r"3\. Quartal 2026: \d+ Menschen haben einen Kurs begonnen, \d+ haben einen abgeschlossen\.",
        said,
    )
    assert "Am meisten lernen: Sicher im Netz" in said
    assert "3. Quartal 2026: kaum verändert gegen 2. Quartal 2026" in said
    assert "Auf 100, die begonnen haben, kommen etwa" in said


@pytest.mark.parametrize(
    "address",
    ["", "?nach=anbieter", "?nach=kompetenz&form=online", "?zeit=2026-09&nach=form", "?zeit=2026-q2&thema=4&nach=form",
     "?zeit=2026-09&thema=3&nach=nichts", "?nach=unsinn&zeit=1999-01&thema=9"],
)  # fmt: skip
def test_nothing_below_five_is_ever_on_the_page(clerk, figures, address):
    page = clerk.get(OFFICE + address)
    assert page.status_code == 200
    assert all(number >= 5 for number in numbers(page.content.decode()))
    for row in csv.DictReader(
        io.StringIO(clerk.get(SPREADSHEET + address).content.decode("utf-8-sig")), delimiter=";"
    ):
        for name, value in row.items():
            if name not in ("Zeitraum", "Gruppe"):
                assert value == "unter 5" or int(value) >= 5


def test_one_person_alone_is_in_no_figure(clerk, figures):
    page = clerk.get(f"{OFFICE}?zeit=2026-07&thema=3&nach=nichts")
    assert "2026: weniger Menschen, als wir zeigen dürfen." in text(page)
    assert "Zu klein für eine Quote." in text(page)


def test_the_table_and_the_spreadsheet_say_the_same(clerk, figures):
    html = clerk.get(f"{OFFICE}?nach=form").content.decode()
    rows = list(
        csv.DictReader(
            io.StringIO(clerk.get(f"{SPREADSHEET}?nach=form").content.decode("utf-8-sig")),
            delimiter=";",
        )
    )
    assert [row["Gruppe"] for row in rows] == [
        "Zusammen",
        "Online",
        "Vor Ort",
        "Vor Ort und online",
    ]
    assert {int(row["Haben begonnen"]) for row in rows[1:3]} <= set(numbers(html))
    assert {row["Zeitraum"] for row in rows} == {"3. Quartal 2026"}


def test_what_is_too_narrow_is_said_with_what_may_be_asked(clerk, figures):
    page = clerk.get(f"{OFFICE}?zeit=2026-09&thema=4&form=online&nach=nichts")
    assert "Das ist zu genau" in text(page)
    assert "Haben begonnen" not in text(page)
    ways = [way["url"] for way in page.context["ways"]]
    assert ways[0] == "?zeit=2026-q3&nach=nichts&thema=4&form=online"
    for way in ways:
        assert "Das ist zu genau" not in text(clerk.get(OFFICE + way))
    answer = clerk.get(f"{SPREADSHEET}?zeit=2026-09&thema=4&form=online&nach=nichts")
    assert len(answer.content.decode("utf-8-sig").splitlines()) == 1


@pytest.mark.parametrize("more", ["", "&thema=4", "&nach=thema", "&nach=nichts"])
def test_a_competence_needs_no_topic_beside_it(clerk, figures, more):
    page = clerk.get(f"{OFFICE}?zeit=2026-q3&kompetenz=4.2{more}")
    assert "haben einen Kurs begonnen" in text(page)
    assert page.context["lines"] == []


def test_the_address_of_a_choice_gives_the_same_choice(clerk, figures):
    page = clerk.get(f"{OFFICE}?zeit=2026-q2&thema=4&nach=anbieter")
    assert page.context["query"] == "?zeit=2026-q2&nach=anbieter&thema=4"
    printed_answer.cache_clear()
    again = clerk.get(OFFICE + page.context["query"])
    assert again.context["lines"] == page.context["lines"]
    assert '<option value="2026-q2" selected>2. Quartal 2026</option>' in again.content.decode()


def test_an_answer_is_printed_once_until_something_else_is_true(clerk, figures):
    first = text(clerk.get(OFFICE))
    assert text(clerk.get(OFFICE)) == first
    assert printed_answer.cache_info().misses == 1

    factories.make_course(figures)
    public_page.forget()  # as it does when that is committed
    assert text(clerk.get(OFFICE)) != first  # the courses of today
    actions.publish_due(date(2027, 1, 6))
    assert "Dezember 2026" in text(clerk.get(OFFICE))
    figures.name = "Haus der vielen Wege"
    with look(system("test")):
        figures.save()
    assert "Haus der vielen Wege" in text(clerk.get(f"{OFFICE}?nach=anbieter"))


def test_the_map_of_competences_speaks_in_classes(clerk, figures):
    heat = {
        row["name"][:3]: row for area in clerk.get(OFFICE).context["heat"] for row in area["rows"]
    }
    assert len(heat) == 21
    assert [cell["class"] for cell in heat["4.2"]["cells"]] == ["100 und mehr", "50 bis 99"]
    assert [cell["class"] for cell in heat["3.3"]["cells"]] == ["unter 5", "unter 5"]


def test_the_page_costs_the_same_with_many_periods(clerk, figures):
    clerk.get(OFFICE)
    with CaptureQueriesContext(connection) as asked:
        clerk.get(OFFICE)
    assert len(asked) == 9


def test_only_the_office_sees_the_page(client, figures):
    assert client.get(OFFICE).status_code == 302
    for role in (Membership.Role.TUTOR, Membership.Role.OWNER):
        client.force_login(factories.make_member(figures, role, name=f"Mia {role}"))
        assert client.get(OFFICE).status_code == client.get(SPREADSHEET).status_code == 404


# --- taken along ---


def test_every_spreadsheet_says_the_same(clerk, figures):
    rows = list(
        csv.reader(
            io.StringIO(clerk.get(f"{SPREADSHEET}?nach=form").content.decode("utf-8-sig")),
            delimiter=";",
        )
    )
    sheet = load_workbook(io.BytesIO(clerk.get("/buero/zahlen.xlsx?nach=form").content)).active
    assert [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] == rows
    book = Document(io.BytesIO(clerk.get("/buero/zahlen.ods?nach=form").content))
    found = [[str(cell) for cell in row] for row in book.body.tables[0].get_values()]
    assert [[one.removesuffix(".0") for one in row] for row in found] == rows


def test_the_course_of_time_is_a_picture(clerk, figures):
    answer = clerk.get("/buero/zahlen.png?nach=form")
    assert answer["Content-Type"] == "image/png"
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.width > 1900
    assert clerk.get("/buero/zahlen.png?zeit=2026-09&thema=4&form=online").status_code == 404


def test_without_figures_there_is_no_picture_and_an_empty_spreadsheet(clerk):
    assert clerk.get("/buero/zahlen.png").status_code == 404
    assert len(clerk.get(SPREADSHEET).content.decode().splitlines()) == 1


# --- kept views ---


def test_a_view_is_kept_under_a_name_and_seen_by_all_of_the_office(clerk, figures):
    query = "?zeit=2026-q3&nach=form&thema=4"
    for _twice in range(2):
        answer = clerk.post(
            "/buero/ansichten/merken/", {"name": "Sicherheit", "query": query}, follow=True
        )
    assert answer.redirect_chain[-1][0] == OFFICE + query
    page = clerk.get(OFFICE).content.decode()
    assert page.count(">Sicherheit</a>") == 1
    kept = clerk.get(OFFICE + query)
    assert "Gemerkt als „Sicherheit“." in text(kept)
    gone = clerk.post(f"/buero/ansichten/{kept.context['this_view'].pk}/vergessen/", follow=True)
    assert gone.redirect_chain[-1][0] == OFFICE + query
    assert "ist nicht mehr gemerkt" in text(gone)
    assert "Gemerkte Ansichten" not in text(clerk.get(OFFICE))


@pytest.mark.parametrize(
    "wrong",
    [{"name": " ", "query": "?zeit=2026-q3"}, {"name": "x", "query": "https://boese.example/"}, {}],
)
def test_a_view_needs_a_name_and_leads_nowhere_else(clerk, figures, wrong):
    answer = clerk.post("/buero/ansichten/merken/", wrong)
    assert answer.status_code == 302
    assert answer["Location"].startswith(OFFICE)
    assert SavedView.objects.count() == 0


def test_a_view_that_is_gone_can_be_forgotten_again(clerk, figures):
    gone = clerk.post("/buero/ansichten/99/vergessen/", follow=True)
    assert gone.redirect_chain[-1][0] == OFFICE
    assert "Diese Ansicht war schon nicht mehr gemerkt." in text(gone)


def test_there_is_an_end_to_views(clerk, figures, monkeypatch):
    monkeypatch.setattr(SavedView, "MOST", 1)
    for name in ("eins", "zwei"):
        answer = clerk.post(
            "/buero/ansichten/merken/", {"name": name, "query": "?zeit=2026-q3"}, follow=True
        )
    assert "Die Liste ist voll" in text(answer)


# --- seats, inhabitants, levels ---


def test_seats_are_summed_for_a_half_year_from_fifty_on(clerk, figures):
    half = Period(Frame.HALF, date(2026, 7, 1))
    few = factories.make_provider("klein")
    actions.count_runs(
        [
            actions.RunSeats(1, figures.pk, date(2026, 9, 3), 31, 27),
            actions.RunSeats(2, figures.pk, date(2026, 12, 31), 22, 20),
            actions.RunSeats(3, few.pk, date(2026, 9, 3), 49, 40),
            actions.RunSeats(4, figures.pk, date(2027, 1, 1), 90, 90),
        ]
    )
    actions.count_runs(
        [actions.RunSeats(1, figures.pk, date(2026, 9, 3), 31, 28)]
    )  # a tick came late
    actions.publish(half)
    page = clerk.get(f"{OFFICE}?zeit=2026-h2")
    [one] = page.context["seats"]
    assert (one["taken"], one["came"]) == (55, 50)
    assert page.context["figures"]
    assert clerk.get(f"{OFFICE}?zeit=2026-q3").context["seats"] == []


def test_a_figure_per_thousand_needs_the_number_of_inhabitants(clerk, figures, settings):
    settings.CITY = settings.CITY | {"inhabitants": 10_000}
    assert re.search(
        r"Von 1\.000 Menschen, die dort wohnen, haben \d+(,\d)? begonnen\.", text(clerk.get(OFFICE))
    )
    settings.CITY = {name: value for name, value in settings.CITY.items() if name != "inhabitants"}
    assert "Von 1.000 Menschen" not in text(clerk.get(OFFICE))


def test_the_map_of_competences_counts_courses_at_their_levels(clerk, figures):
    course = factories.make_course(figures)
    [code] = [each.competence_id for each in course.specific.competences.all()] or [None]
    heat = clerk.get(OFFICE).context["heat"]
    counted = [cell["count"] for area in heat for row in area["rows"] for cell in row["courses"]]
    assert len(counted) == 21 * 4
    assert code is None or sum(counted) <= 1
