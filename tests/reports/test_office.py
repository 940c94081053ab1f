"""The office's page: what is chosen stands in the address, what is too narrow is said, and no figure is below five."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from figures import actions
from figures.frames import Frame, Measure, Period
from providers.models import Membership, Provider
from tenancy.lens import CITY, look, system
from tests import factories
from tests.support.figures import People, known_secrets
from tests.support.pages import one_line

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


@pytest.fixture
def clerk(client, db):
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    client.force_login(factories.make_member(city, Membership.Role.CLERK))
    return client


def text(answer):
    return one_line(re.sub(r"<[^>]*>", " ", answer.content.decode()))


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
    again = clerk.get(OFFICE + page.context["query"])
    assert again.context["lines"] == page.context["lines"]
    assert '<option value="2026-q2" selected>2. Quartal 2026</option>' in again.content.decode()


def test_the_map_of_competences_speaks_in_classes(clerk, figures):
    heat = {
        row["name"][:3]: row for area in clerk.get(OFFICE).context["heat"] for row in area["rows"]
    }
    assert len(heat) == 21
    assert [cell["class"] for cell in heat["4.2"]["cells"]] == ["100 und mehr", "50 bis 99"]
    assert [cell["class"] for cell in heat["3.3"]["cells"]] == ["unter 5", "unter 5"]


def test_the_page_costs_the_same_with_many_periods(clerk, figures):
    clerk.get(OFFICE)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        clerk.get(OFFICE)
    assert len(asked) <= 16


def test_only_the_office_sees_the_page(client, figures):
    assert client.get(OFFICE).status_code == 302
    for role in (Membership.Role.TUTOR, Membership.Role.OWNER):
        client.force_login(factories.make_member(figures, role, name=f"Mia {role}"))
        assert client.get(OFFICE).status_code == client.get(SPREADSHEET).status_code == 404
