"""The catalogue of dates: found by words, day, hour, district and way in; counted, sorted, and told where nothing is."""

import re
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from courses.actions import cancel_run, keep_venue
from courses.models import DateMark, Meeting, Run, RunEntry
from courses.queries.dates import ORDERS, DatesWanted, find_dates, params_of, statement
from learning.actions import take_seat
from tenancy.lens import look, public, system
from tests import factories
from tests.factories.runs import asked, make_run, make_venue
from words.days import ZONE

PAGE, SHOP = "/termine/finden/", "https://shop.example/1"


def on(day, hour):
    """The next so-and-so-day (1 is Monday) at this hour, at least a week away."""
    today = timezone.localdate()
    ahead = (day - today.isoweekday()) % 7 + 7
    return datetime.combine(today + timedelta(days=ahead), datetime.min.time(), ZONE).replace(
        hour=hour
    )


@pytest.fixture
def house(db):
    return factories.make_provider("haus")


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor", name="Toni Kurs")


@pytest.fixture
def planned(house, tutor):
    """plan(title, day, hour, district, **of the venue): one meeting of two hours."""

    def plan(title, day=2, hour=10, district="Innenstadt", *, run=None, **venue):
        made = make_run(house, by=tutor, title=title, meetings=1, **(run or {}))
        place = make_venue(house, tutor, name=f"Ort {title}", district=district, **venue)
        with look(system("test")):
            start = on(day, hour)
            made.meetings.update(starts_at=start, ends_at=start + timedelta(hours=2), venue=place)
        return made

    return plan


def found(**wanted):
    with look(public):
        return find_dates(DatesWanted(**wanted), language="de")


def titles(result):
    return [one.title for one in result.dates]


# --- what is found ---------------------------------------------------------------------------------------------------


def test_what_takes_place_is_found_the_next_first(planned):
    planned("Zweite", day=4)
    planned("Erste", day=1)
    result = found()
    assert titles(result) == ["Erste", "Zweite"] or on(4, 10) < on(1, 10)
    assert result.total == 2


def test_drafts_what_is_off_and_what_is_over_are_not_found(house, tutor, planned):
    make_run(house, by=tutor, publish=False, title="Entwurf")
    off = planned("Fällt aus")
    over = planned("Vorbei")
    with look(system("test")):
        cancel_run(off, by=tutor)
        over.meetings.update(
            starts_at=timezone.now() - timedelta(hours=3),
            ends_at=timezone.now() - timedelta(hours=1),
        )
    assert titles(found()) == []


def test_day_hour_district_and_way_in_are_chosen_and_counted(planned):
    planned("Dienstag früh", 2, 10, "Innenstadt", steps=0, lift="yes")
    planned("Dienstag abends", 2, 18, "Böckingen", steps=2, lift="")
    planned("Donnerstag früh", 4, 9, "Böckingen", steps=0, lift="")
    result = found(marks={"day": ("2",)})
    assert {*titles(result)} == {"Dienstag früh", "Dienstag abends"}
    assert result.facets["day"] == {"2": 2, "4": 1}  # as if no day were chosen
    assert result.facets["district"] == {"Innenstadt": 1, "Böckingen": 1}
    result = found(marks={"day": ("2",), "time": ("morning",), "access": ("stepfree", "lift")})
    assert titles(result) == ["Dienstag früh"]
    assert found(marks={"access": ("stepfree",)}).facets["access"] == {"stepfree": 2, "lift": 1}
    assert titles(
        found(marks={"day": ("2", "4"), "district": ("Böckingen",), "time": ("morning",)})
    ) == ["Donnerstag früh"]


def test_a_place_with_nothing_to_say_of_its_way_in_has_no_empty_list(client, planned):
    planned("Treppenhaus", 2, 10, "Innenstadt", steps=4, lift="", hearing_loop="", childcare="")
    planned("Ebenerdig", 2, 11, "Innenstadt", steps=0, lift="")
    page = client.get("/anbieter/haus/").content.decode()
    assert page.count('class="ls-date"') == 2
    assert page.count('aria-label="Zugang am Ort"') == 1


def test_a_number_beside_a_choice_is_what_it_leaves(planned):
    for n, (day, hour, district) in enumerate(
        [(1, 9, "Innenstadt"), (2, 14, "Böckingen"), (2, 19, "Innenstadt"), (6, 9, "Sontheim")]
    ):
        planned(f"Kurs {n}", day, hour, district)
    chosen = {"time": ("morning", "evening")}
    for facet, counts in found(marks=chosen).facets.items():
        for value, count in counts.items():
            values = (value,) if facet != "access" else (*chosen.get("access", ()), value)
            assert found(marks=chosen | {facet: values}).total == count, (facet, value)


def test_by_words_of_title_provider_place_and_by_what_the_catalogue_finds(house, tutor, planned):
    course = factories.make_course(house)
    planned("Handy-Sprechstunde", run={"kind": "consultation", "seats": None})
    planned("Nachmittag im Kurs", run={"course": course.translation_key})
    assert titles(found(q="handy")) == ["Handy-Sprechstunde"]
    assert titles(found(q="ort handy-sprechstunde")) == ["Handy-Sprechstunde"]
    assert "Nachmittag im Kurs" in titles(found(q=course.title))
    assert titles(found(q="xylophon")) == []


def test_from_a_day_to_a_day(planned):
    planned("Bald")
    day = on(2, 10).date()
    assert found(first=day, last=day).total == 1
    assert found(first=day + timedelta(days=1)).total == 0
    assert found(last=day - timedelta(days=1)).total == 0


def test_sorted_by_nearness_price_and_free_seats(planned):
    planned("Nah", 2, 10, "Böckingen", run={"price": 2000, "seats": 5, "shop_url": SHOP})
    planned("Fern", 1, 10, "Kirchhausen", run={"price": 500, "seats": 9, "shop_url": SHOP})
    near = {"Böckingen": 0.0, "Kirchhausen": 7.5}
    result = found(sort="naehe", near=near)
    assert [(one.title, one.km) for one in result.dates] == [("Nah", 0.0), ("Fern", 7.5)]
    assert titles(found(sort="preis")) == ["Fern", "Nah"]
    assert titles(found(sort="plaetze")) == ["Fern", "Nah"]


# --- the entry follows -----------------------------------------------------------------------------------------------


def entry(run):
    with look(system("test")):
        return RunEntry.objects.filter(run=run).first()


def test_whatever_changes_the_entry_follows(house, tutor, planned):
    run = planned("Alt", 2, 10, "Innenstadt", steps=0)
    assert {"day:2", "time:morning", "district:Innenstadt", "access:stepfree", "cost:free"} <= {
        *entry(run).marks
    }
    with look(system("test")):
        meeting = run.meetings.get()
        keep_venue(house.pk, {"district": "Sontheim", "steps": 3}, by=tutor, venue=meeting.venue_id)
    assert {"district:Sontheim"} <= {*entry(run).marks}
    assert "access:stepfree" not in entry(run).marks
    with look(system("test")):
        Run.objects.filter(pk=run.pk).update(title="Neu", price=1500)
    assert "neu" in entry(run).words
    assert "cost:upto20" in entry(run).marks
    with look(system("test")):
        type(house).objects.filter(pk=house.pk).update(slug="umgezogen")
    assert "provider:umgezogen" in entry(run).marks
    with look(system("test")):
        Meeting.objects.filter(run=run).update(cancelled_at=timezone.now())
    assert entry(run) is None
    with look(system("test")):
        Meeting.objects.filter(run=run).update(cancelled_at=None)
        assert entry(run)
        Run.objects.filter(pk=run.pk).update(cancelled_at=timezone.now())
    assert entry(run) is None


def test_a_seat_that_is_given_writes_no_entry(house, planned, django_assert_max_num_queries):
    run = planned("Kurs")
    with look(system("test")):
        before = RunEntry.objects.raw("SELECT run_id, xmin::text AS version FROM courses_runentry")[
            0
        ].version
        Run.objects.filter(pk=run.pk).update(taken=3)
        after = RunEntry.objects.raw("SELECT run_id, xmin::text AS version FROM courses_runentry")[
            0
        ].version
    assert before == after


def test_half_past_midnight_is_the_day_of_the_citys_clocks(planned):
    run = planned("Mitternacht")
    with look(system("test")):
        start = on(3, 0).replace(minute=30)
        run.meetings.update(starts_at=start, ends_at=start + timedelta(hours=1))
    assert {"day:3", "time:morning"} <= {*entry(run).marks}


# --- the page --------------------------------------------------------------------------------------------------------


def test_the_page_shows_it_with_filters_map_and_the_way_to_book(client, planned):
    run = planned("E-Mail am Dienstag", 2, 10, "Böckingen", steps=0)
    page = client.get(PAGE, {"tag": "2", "ort": "Böckingen"})
    text = " ".join(page.content.decode().split())
    assert "1 Termin" in text
    assert f"/termine/{run.key}/" in text
    assert "Ohne Stufen" in text
    assert "Termine auf der Karte" in text
    assert not page.cookies
    assert "no-store" not in page["Cache-Control"]


@pytest.mark.parametrize(
    "query",
    [
        "tag=9",
        "ort=Atlantis",
        "von=gestern",
        "sort=x",
        "nah=Atlantis",
        "q=%00",
        "zugang=%27",
        "sort=naehe",
        "bis=0000-99-99",
    ],
)
def test_what_makes_no_sense_is_no_error(client, planned, query):
    planned("Kurs")
    assert client.get(f"{PAGE}?{query}").status_code == 200


@pytest.mark.parametrize("page", ["0", "x", "99", "1e3"])
def test_a_page_that_is_not_there_is_not_found(client, db, page):
    assert client.get(PAGE, {"seite": page}).status_code == 404


def test_an_empty_page_says_what_can_be_done(client, db):
    text = client.get(PAGE, {"tag": "2"}).text
    assert "Dazu gibt es gerade keinen Termin." in text
    assert "Ohne Filter suchen" in text


def test_two_statements_at_most_beside_the_names(client, planned, django_assert_max_num_queries):
    for n in range(5):
        planned(f"Kurs {n}")
    with django_assert_max_num_queries(6):  # BEGIN and COMMIT among them
        client.get(PAGE, {"q": "kurs"})


def test_runs_of_one_group_are_judged_as_one_whatever_plan_is_kept(planned):
    """A plan without values goes through no groups for each run: at 20,000 runs that took two seconds."""
    for n in range(3):
        planned(f"Gleich {n}", 2, 10, "Innenstadt")
    planned("Anders", 3, 18, "Böckingen")
    with look(system("test")):
        groups = [*RunEntry.objects.order_by("group").values_list("group", flat=True)]
        marks = {*DateMark.objects.filter(group=groups[0]).values_list("mark", flat=True)}
    assert sorted(Counter(groups).values()) == [1, 3]
    assert {"day:2", "time:morning", "district:Innenstadt"} < marks
    for sort in ORDERS:
        asked_for = DatesWanted(sort=sort, near={"Innenstadt": 0.0})
        with look(public), connection.cursor() as cursor:
            cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
            cursor.execute("EXPLAIN " + statement(sort), params_of(asked_for, [], timezone.now()))
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert find_dates(asked_for, language="de").total == 4
        assert "hashed SubPlan" in plan
        assert not re.search(r"(Join Filter|Hash Cond): .*\ba\.group_id", plan), plan


@pytest.mark.parametrize("word", ["%", "_", "\\", "a%b", "\\%"])
def test_signs_of_a_pattern_are_only_signs(planned, word):
    planned("Alles")
    assert titles(found(q=f"{word} alles")) == []
    planned(f"Mit {word} darin")
    assert titles(found(q=f"{word} darin")) == [f"Mit {word} darin"]


def test_a_run_is_rendered_once_until_it_says_something_else(client, planned):
    run = planned("Einmal", run={"seats": 5})
    for _ in range(2):
        first = client.get(PAGE).text
        assert "Noch 5 von 5 Plätzen" in re.sub(r"\s+", " ", first)
    take_seat(run.key, asked("Anna"))
    assert "Noch 4 von 5 Plätzen" in re.sub(r"\s+", " ", client.get(PAGE).text)
    assert "4 of 5" in re.sub(r"\s+", " ", client.get(f"/en{PAGE}").text)


# --- near me ---------------------------------------------------------------------------------------------------------


def test_a_street_becomes_a_district_and_only_that_is_in_the_address(client, planned):
    planned("Nah", 2, 10, "Böckingen")
    planned("Fern", 1, 10, "Biberach")
    answer = client.post(
        "/termine/naehe/", {"adresse": "Heidelberger Straße 99", "suche": "tag=1&tag=2"}
    )
    assert answer.status_code == 302
    assert answer.url == "/termine/finden/?tag=1&tag=2&nah=B%C3%B6ckingen&sort=naehe#treffer"
    page = client.get(answer.url)
    assert [one.title for one in page.context["dates"]] == ["Nah", "Fern"]
    assert re.search(r"0,0 km von\s+Böckingen", page.text)
    assert not answer.cookies


def test_a_district_that_is_typed_is_taken(client, db):
    assert "nah=Sontheim" in client.post("/termine/naehe/", {"adresse": "Sontheim"}).url


def test_a_street_nobody_knows_is_asked_for_its_district(client, db):
    page = client.post("/termine/naehe/", {"adresse": "Nirgendwo 7", "suche": "tag=2"})
    assert "„Nirgendwo 7“ kennen wir nicht." in " ".join(page.text.split())
    assert "?tag=2&amp;nah=Sontheim&amp;sort=naehe" in page.text


def test_seats_that_are_left_are_those_of_this_moment(client, planned):
    run = planned("Kurs", run={"seats": 3})
    person = factories.make_user("Lea Lernt")
    with look(system("test")):
        take_seat(run.key, asked(), learner=person)
    assert "Noch 2 von 3 Plätzen frei" in " ".join(client.get(PAGE).text.split())
