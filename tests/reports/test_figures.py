"""The city's figures as everybody sees them: the office's page, its spreadsheet, the open data. The same numbers everywhere."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from providers.models import Membership, Provider
from reports.formats import BOM
from reports.models import Dataset
from tenancy import public_page
from tenancy.lens import CITY, look, system
from tests import factories
from tests.support.pages import one_line

OFFICE, SPREADSHEET = "/buero/", "/buero/zahlen.csv"
MEASURES = ("enrolments", "completions", "certificates")


def row(key, label, *numbers, **more):
    return {"key": key, "label": label, **dict(zip(MEASURES, numbers, strict=True)), **more}


PROVIDERS = [
    row("haus", "Haus am Markt", 120, 80, 80, courses=3),
    row("nachbar", "=Nachbar; Haus", 40, None, None, courses=1),
]
AREAS = [
    row("1", "", 20, 10, 10, courses=1),
    row("2", "", None, None, None, courses=1),
    row("3", "", 0, 0, 0, courses=0),
    row("4", "", 100, 70, 70, courses=2),
    row("5", "", None, None, None, courses=0),
]
MONTHS = [
    row("2026-09", "September 2026", 70, 30, 30),
    row("2026-10", "Oktober 2026", 90, None, None),
    row("2026-11", "November 2026", None, 50, 50),
]
TOTAL = dict(zip(MEASURES, (160, None, 90), strict=True))


def publish(**tables):
    with look(system("test")):
        for name, rows in tables.items():
            total = TOTAL if name == "monate" else TOTAL | {"courses": 4}
            Dataset.objects.create(name=name, content={"rows": rows, "total": total})
    public_page.forget()


@pytest.fixture
def figures(db):
    publish(anbieter=PROVIDERS, themen=AREAS, monate=MONTHS)


@pytest.fixture
def clerk(client, db):
    """The browser of somebody who works for the city's office."""
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    client.force_login(factories.make_member(city, Membership.Role.CLERK))
    return client


def text_of(page):
    assert page.status_code == 200
    return page.content.decode()


def lines(page):
    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = text_of(page).removeprefix(BOM)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


# --- the office ----------------------------------------------------------------------------------------------------


def test_before_the_first_count_there_is_nothing_to_see(clerk):
    assert "Noch gibt es keine Zahlen." in text_of(clerk.get(OFFICE))
    assert lines(clerk.get(SPREADSHEET)) == [
        ["Tabelle", "Gruppe", "Kurse", "Anmeldungen", "Abschlüsse", "Nachweise"]
    ]


def test_the_office_sees_the_sums_of_the_city(clerk, figures):
    page = clerk.get(OFFICE)
    assert [(f["title"], f["value"]) for f in page.context["figures"]] == [
        ("Kurse", 4),
        ("Anmeldungen", 160),
        ("Abschlüsse", None),
        ("Nachweise", 90),
    ]
    assert one_line(page).count('<span class="ls-fig__hidden">geschützt</span>') == 1


def test_the_tables_say_every_number_with_its_column(clerk, figures):
    page = clerk.get(OFFICE)
    table = page.context["by_provider"]
    assert table["columns"] == ["Anbieter", "Kurse", "Anmeldungen", "Abschlüsse", "Nachweise"]
    label, *cells = table["rows"][1]
    assert (label, [cell["value"] for cell in cells]) == ("=Nachbar; Haus", [1, 40, None, None])
    assert [cell["title"] for cell in cells] == table["columns"][1:]
    assert page.context["by_area"]["rows"][3][0] == "Sicher im Netz"
    assert '<td class="is-n" data-label="Anmeldungen">120</td>' in text_of(page)
    assert text_of(page).count('class="is-n is-hidden"') == 2 + 6 + 3


def test_the_longest_bar_comes_first_and_a_hidden_one_has_no_length(clerk, figures):
    bars = clerk.get(OFFICE).context["bars_area"]
    assert [(bar["label"], bar["value"], bar["percent"]) for bar in bars] == [
        ("Sicher im Netz", 100, 100),
        ("Informationen finden", 20, 20),
        ("Miteinander reden", None, 0),
        ("Selbst gestalten", 0, 0),
        ("Alltag lösen", None, 0),
    ]


def test_the_drawing_is_described_in_words(clerk, figures):
    months = clerk.get(OFFICE).context["months"]
    assert months["labels"] == ["September 2026", "Oktober 2026", "November 2026"]
    assert months["chart"]["desc"] == (
        "Anmeldungen: am meisten 90 im Oktober 2026, am wenigsten 70 im September 2026."
    )


def test_a_drawing_of_hidden_numbers_says_so(clerk):
    hidden = [row("2026-11", "November 2026", None, None, None)]
    publish(anbieter=[], themen=AREAS, monate=hidden)
    page = clerk.get(OFFICE)
    assert page.context["months"]["chart"]["desc"] == "Alle Werte sind geschützt."


def test_the_office_reads_english(clerk, figures):
    page = clerk.get(f"/en{OFFICE}")
    assert [figure["title"] for figure in page.context["figures"]][1:3] == [
        "Enrolments",
        "Completions",
    ]
    assert page.context["months"]["labels"][1] == "October 2026"


def test_the_spreadsheet_holds_all_tables(clerk, figures):
    page = clerk.get(SPREADSHEET)
    assert page.headers["Content-Disposition"] == 'attachment; filename="lernstadt-zahlen.csv"'
    [_head, *rows] = lines(page)
    assert rows == [
        ["anbieter", "Haus am Markt", "3", "120", "80", "80"],
        ["anbieter", "'=Nachbar; Haus", "1", "40", "geschützt", "geschützt"],
        ["monate", "September 2026", "", "70", "30", "30"],
        ["monate", "Oktober 2026", "", "90", "geschützt", "geschützt"],
        ["monate", "November 2026", "", "geschützt", "50", "50"],
        ["themen", "Informationen finden", "1", "20", "10", "10"],
        ["themen", "Miteinander reden", "1", "geschützt", "geschützt", "geschützt"],
        ["themen", "Selbst gestalten", "0", "0", "0", "0"],
        ["themen", "Sicher im Netz", "2", "100", "70", "70"],
        ["themen", "Alltag lösen", "0", "geschützt", "geschützt", "geschützt"],
    ]


# --- open data -----------------------------------------------------------------------------------------------------


def dataset(client, name, kind):
    return client.get(reverse("reports:dataset", args=[name, kind]))


def test_open_data_describe_what_can_be_loaded(client, figures):
    page = client.get("/offene-daten/")
    datasets = page.context["datasets"]
    *datasets, concepts = datasets
    assert concepts["name"] == "begriffe"
    assert [found["name"] for found in datasets] == ["anbieter", "themen", "monate"]
    assert [[c["name"] for c in found["columns"]] for found in datasets] == [
        ["key", "label", "courses", *MEASURES],
        ["key", "label", "courses", *MEASURES],
        ["key", "label", *MEASURES],
    ]
    files = [file for found in datasets for file in found["files"]]
    assert [file["size"] for file in files] == [
        len(client.get(file["url"]).content) for file in files
    ]
    assert "Datenlizenz Deutschland" in text_of(page)


def test_before_the_first_count_there_are_no_figures(client, db):
    found = client.get("/offene-daten/").context["datasets"]
    assert [dataset["name"] for dataset in found] == ["begriffe"]
    assert dataset(client, "anbieter", "json").status_code == 404


def test_open_data_are_the_numbers_the_office_sees(client, clerk, figures):
    for name, rows in (("anbieter", PROVIDERS), ("themen", AREAS), ("monate", MONTHS)):
        found = dataset(client, name, "json").json()
        assert [{**line, "label": ""} for line in found["rows"]] == [
            {**line, "label": ""} for line in rows
        ]
        assert found["total"]["completions"] is None
        assert "null: hidden" in found["protected"]
    assert dataset(client, "themen", "json").json()["rows"][3]["label"] == "Sicher im Netz"


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_other_sites_may_read_open_data_and_keep_them_for_an_hour(client, figures, kind):
    headers = dataset(client, "anbieter", kind).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cache-Control"] == "public, max-age=3600"
    assert client.cookies == {}


def test_a_table_as_a_spreadsheet(client, figures):
    assert lines(dataset(client, "monate", "csv")) == [
        ["key", "label", *MEASURES],
        ["2026-09", "September 2026", "70", "30", "30"],
        ["2026-10", "Oktober 2026", "90", "geschützt", "geschützt"],
        ["2026-11", "November 2026", "geschützt", "50", "50"],
    ]
    assert lines(dataset(client, "anbieter", "csv"))[2][:4] == [
        "nachbar",
        "'=Nachbar; Haus",
        "1",
        "40",
    ]


@pytest.mark.parametrize(
    "file", ["niemand.csv", "anbieter.xml", "anbieter.csv/", "../anbieter.csv"]
)
def test_there_are_no_other_tables(client, figures, file):
    assert client.get(f"/offene-daten/{file}").status_code == 404


def test_a_learner_finds_no_office(client, figures):
    client.force_login(factories.make_user())
    assert [client.get(door).status_code for door in (OFFICE, SPREADSHEET)] == [404, 404]


def test_the_office_asks_the_database_for_published_tables_only(clerk, figures):
    with CaptureQueriesContext(connection) as asked:
        clerk.get(OFFICE)
    read = [q["sql"] for q in asked.captured_queries if " FROM " in q["sql"]]
    persons = ("learning_", "certificates_", "reports_participation")
    assert [sql for sql in read if any(table in sql for table in persons)] == []
    assert [sql for sql in read if "reports_dataset" in sql] != []
