"""What is for everybody: released on announced days, ten or more, no provider that could subtract itself, never changed."""

from datetime import date

import pytest

from figures import actions, queries
from figures.actions import UNNAMED, AlreadyPublished, CountedCourse
from figures.frames import OUTSIDE, Frame, Measure, Period, tables
from figures.models import OpenFigure
from figures.year_secrets import secrets_kept
from reports.tasks import look_for_drift, publish_figures
from reports.views.open_data import release_days
from tenancy import public_page
from tenancy.lens import look, public, system
from tests import factories
from tests.support.figures import People, known_secrets

QUARTER = Period(Frame.QUARTER, date(2026, 4, 1))
MONTHS = [date(2026, month, 1) for month in (4, 5, 6)]


@pytest.fixture(autouse=True)
def secrets(settings, tmp_path):
    settings.FIGURE_SECRETS = known_secrets(tmp_path / "secrets")
    global people
    people = People()


def happen(number, *, provider, competence="4.2", mode="online"):
    course = CountedCourse(competence, provider, mode)
    with look(system("test")):
        for n in range(number):
            actions.count(
                Measure.ENROLLED, course, person=people.come(1)[0], enrolment=n, month=MONTHS[n % 3]
            )


def released(named=()):
    actions.publish(QUARTER)
    actions.release(QUARTER, named=named)
    public_page.forget()


def cells(*dimensions):
    with look(public):
        return {tuple(one.cell): one.shown for one in queries.open_figures(QUARTER, dimensions)}


def test_days_are_announced_a_year_ahead_and_follow_the_period():
    assert release_days(date(2026, 11, 30)) == [date(2027, month, 15) for month in (2, 5, 8, 11)]
    assert release_days(date(2026, 2, 15))[0] == date(2026, 5, 15)
    assert QUARTER.released == date(2026, 8, 15)
    assert Period(Frame.YEAR, date(2026, 1, 1)).released == date(2027, 2, 15)


def test_what_is_released_is_part_of_what_the_office_has():
    for frame, released_tables in OUTSIDE.items():
        assert set(released_tables) <= set(tables(frame))


def test_a_figure_that_is_mostly_one_providers_is_not_open(db):
    happen(60, provider=2)
    happen(3, provider=3)
    happen(40, provider=2, competence="1.1")
    happen(40, provider=3, competence="1.1")
    released()
    assert set(cells("area")) == {("1",)}


def test_providers_are_named_if_they_have_agreed_and_otherwise_together(db):
    for provider, number in ((2, 50), (3, 30), (4, 30), (5, 30)):
        happen(number, provider=provider)
    released(named=[2])
    found = cells("provider")
    assert set(found) == {("2",), (UNNAMED,)}
    assert abs(found[(UNNAMED,)] - 90) <= 5


def test_two_unnamed_providers_would_know_each_other(db):
    for provider in (2, 3, 4):
        happen(30, provider=provider)
    released(named=[2])
    assert set(cells("provider")) == {("2",)}


def test_nothing_below_ten_is_open_and_what_is_open_is_what_the_office_has(db):
    for area in "12345":
        for provider in (2, 3, 4):
            happen(2 * int(area), provider=provider, competence=f"{area}.1")
    released()
    with look(system("test")):
        assert not OpenFigure.objects.filter(shown__lt=10).exists()
    with look(system("test")):
        inside = queries.figures(Frame.QUARTER, [QUARTER.starts], ("area",))
    for cell, shown in cells("area").items():
        assert inside[QUARTER.starts, Measure.ENROLLED, cell] == shown


def test_files_are_released_once_and_can_be_fetched_by_everybody(client, db):
    for provider in (2, 3, 4):
        happen(30, provider=provider)
    assert client.get("/offene-daten/teilnahme/2026-q2/thema.csv").status_code == 404
    released()
    with pytest.raises(AlreadyPublished):
        actions.release(QUARTER, named=[])
    answer = client.get("/offene-daten/teilnahme/2026-q2/thema.csv")
    head, row = answer.content.decode("utf-8-sig").splitlines()
    assert head == "thema;begonnen;abgeschlossen;nachweise"
    assert row.startswith("Sicher im Netz;")
    assert row.endswith(";unter 10;unter 10")
    assert answer["Access-Control-Allow-Origin"] == "*"
    told = client.get("/offene-daten/teilnahme/2026-q2/thema.json").json()
    assert str(told["rows"][0]["begonnen"]) == row.split(";")[1]
    assert client.get("/offene-daten/teilnahme/2026-q2/alter.csv").status_code == 404
    assert client.get("/offene-daten/teilnahme/2026-q3/thema.csv").status_code == 404
    page = client.get("/offene-daten/").content.decode()
    assert "Teilnahme: 2. Quartal 2026" in " ".join(page.split())
    assert "/offene-daten/teilnahme/2026-q2/thema.csv" in page


def test_before_the_first_release_the_page_says_when_it_comes(client, db):
    page = " ".join(client.get("/offene-daten/").content.decode().split())
    assert "Noch gibt es keine Zahlen." in page
    assert "begriffe.ttl" in page


def test_the_exact_files_of_before_are_gone(client, db):
    for name in ("anbieter.csv", "themen.json", "monate.csv"):
        answer = client.get(f"/offene-daten/{name}")
        assert answer.status_code == 410
        assert "zurückgezogen" in answer.content.decode()


def test_the_nightly_work_publishes_releases_and_closes(db, monkeypatch):
    house = factories.make_provider("haus")
    with look(system("test")):
        type(house).objects.filter(pk=house.pk).update(named_in_figures=True)
    happen(60, provider=house.pk)
    with look(system("test")):
        actions.count(
            Measure.ENROLLED,
            CountedCourse("4.2", house.pk, "online"),
            person=people.come(1)[0],
            enrolment=1,
            month=date(2026, 3, 1),
        )
    for today, new in (
        (date(2026, 9, 1), 4 + 1 + 1),
        (date(2026, 9, 1), 0),
        (date(2027, 2, 15), 6 + 2 + 1 + 3),
    ):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda today=today: today)
        assert publish_figures() == new
    assert cells("provider").keys() == {(str(house.pk),)}
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2027, 3, 31))
    publish_figures()
    assert secrets_kept() == [2027]
    assert look_for_drift() == 0
