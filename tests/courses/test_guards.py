"""What the law asks before something is published: paid distance learning and educational leave (D-05, D-06)."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from courses.actions import CannotPlan, add_meetings, change_run, keep_rules, plan_run, publish_run
from courses.guards import OfferedRun, TaughtHours, trouble
from courses.models import CatalogueEntry, Run
from courses.timetable import semester_of, series, slot
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import make_run, make_venue
from tests.support.pages import one_line
from tests.support.records import signed_in

MONDAY = date(2027, 3, 1)


def taught(*days):
    """(hours, in one place) for each day from Monday on."""
    return [
        TaughtHours(slot(MONDAY + timedelta(days=at), time(9), time(9 + hours)), onsite)
        for at, (hours, onsite) in enumerate(days)
    ]


def offer(**fields):
    given = {"paid": False, "alone": 0, "checked": False, "approval": "", "leave": False}
    return OfferedRun(
        **{**given, "recognised_until": None, "meetings": taught((2, True)), **fields}
    )


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, ""),
        ({"paid": True, "alone": 121, "checked": True}, "zfu"),
        ({"paid": True, "alone": 120, "checked": True}, ""),  # half of it together
        ({"paid": False, "alone": 600, "checked": True}, ""),
        ({"paid": True, "alone": 600, "checked": False}, ""),  # nobody checks what is learned
        ({"paid": True, "alone": 600, "checked": True, "approval": "7123420"}, ""),
    ],
)
def test_paid_distance_learning_wants_an_approval(fields, why):
    assert trouble(offer(**fields)) == why


@pytest.mark.parametrize(
    ("until", "days", "why"),
    [
        (None, [(6, True)], "leave_house"),
        (MONDAY - timedelta(days=1), [(6, True)], "leave_house"),
        (MONDAY, [(6, True)], ""),
        (MONDAY, [(5, True)], "leave_hours"),
        (MONDAY, [(6, True), (6, True)], "leave_house"),  # not on the second day
        (date(2028, 1, 1), [(5, True), (7, True)], ""),  # six on average
        (date(2028, 1, 1), [(6, True), (6, False)], "leave_place"),
        (date(2028, 1, 1), [(7, True), (6, False)], ""),
        (date(2028, 1, 1), [(6, False)], ""),  # one day
        (date(2028, 1, 1), [], "leave_house"),
    ],
)
def test_educational_leave(until, days, why):
    assert trouble(offer(leave=True, recognised_until=until, meetings=taught(*days))) == why


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor")


def test_a_run_of_a_course_for_money_is_stopped_with_the_way_out(house, tutor):
    course = factories.make_course(house)
    with look(system("test")):
        CatalogueEntry.objects.update(minutes=900)
    fields = {"course": course.translation_key, "price": 4900, "shop_url": "https://shop.example/1"}
    run = make_run(house, by=tutor, meetings=1, publish=False, **fields)
    with pytest.raises(CannotPlan) as raised:
        publish_run(run, by=tutor)
    assert raised.value.why == "zfu"
    page = signed_in(tutor).post(
        f"/anbieter/haus/planen/{run.key}/", {"act": "publish"}, follow=True
    )
    assert "planen Sie mehr gemeinsame Stunden" in one_line(page)
    change_run(run, {"zfu_number": "7123420"}, by=tutor)
    assert publish_run(run, by=tutor).is_published
    assert "7123420" in one_line(signed_in(tutor).get(f"/termine/{run.key}/"))


def test_what_is_published_does_not_come_to_cost_something_behind_the_guard(house, tutor):
    course = factories.make_course(house)
    with look(system("test")):
        CatalogueEntry.objects.update(minutes=900)
    run = make_run(house, by=tutor, meetings=1, course=course.translation_key)
    for fields, why in (
        ({"price": 4900}, "paid"),
        ({"price": 4900, "shop_url": "https://shop.example/1"}, "zfu"),
    ):
        with pytest.raises(CannotPlan) as raised:
            change_run(run, fields, by=tutor)
        assert raised.value.why == why
    with look(system("test")):
        assert Run.objects.get(pk=run.pk).price == 0


def test_educational_leave_is_said_on_the_page(house, tutor):
    first = timezone.localdate() + timedelta(days=7)
    given = {
        "title": "Woche am Computer",
        "semester": semester_of(first),
        "educational_leave": True,
    }
    run = plan_run(house.pk, given, by=tutor)
    venue = make_venue(house, tutor)
    add_meetings(run, series(first, time(9), time(16), count=1).slots, by=tutor, venue=venue)
    with pytest.raises(CannotPlan) as raised:
        publish_run(run, by=tutor)
    assert raised.value.why == "leave_house"
    keep_rules(house.pk, {"recognised_until": first + timedelta(days=365)}, by=tutor)
    publish_run(run, by=tutor)
    assert "Sie können dafür Bildungszeit nehmen." in one_line(
        signed_in(tutor).get(f"/termine/{run.key}/")
    )
