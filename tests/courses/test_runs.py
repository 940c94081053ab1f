"""Planning: drafts nobody sees, numbers given once, changes said once, clashes of rooms and people."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from courses.actions import (
    CannotPlan,
    add_meetings,
    cancel_meeting,
    cancel_run,
    change_run,
    copy_run,
    count_visitors,
    keep_room,
    keep_rules,
    keep_venue,
    move_meeting,
    plan_run,
    publish_run,
)
from courses.models import Meeting, Room, Run, RunLeader, RunLink, RunNews, Tally, Venue
from courses.queries import runs as queries
from courses.timetable import Slot, semester_of, series
from providers.actions import close_provider, hand_over
from tenancy.lens import look, public, staff, system
from tests import factories
from tests.factories.runs import VENUE, make_run, make_venue
from words.days import day


@pytest.fixture
def house(db):
    return factories.make_provider("haus")


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor")


def why(act, *args, **kwargs):
    with pytest.raises(CannotPlan) as raised:
        act(*args, **kwargs)
    return raised.value.why


def meetings(run):
    with look(system("test")):
        return [*Meeting.objects.filter(run=run).select_related("run", "venue", "room")]


def test_a_draft_is_seen_by_those_who_plan_and_nobody_else(house, tutor):
    run = make_run(house, by=tutor, publish=False, mode="blended", link="https://video.example/1")

    def seen(lens):
        with look(lens):
            return [each.objects.count() for each in (Run, Meeting, RunLink, RunLeader)]

    assert seen(public) == [0, 0, 0, 0]
    assert seen(staff([house.pk])) == [1, 3, 1, 1]  # an author
    assert seen(staff([], tutored=[house.pk])) == [1, 3, 1, 1]
    neighbour = factories.make_provider("nachbar")
    assert seen(staff([neighbour.pk], tutored=[neighbour.pk])) == [0, 0, 0, 0]
    publish_run(run, by=tutor)
    assert seen(public) == [1, 3, 0, 0]  # the link and the leaders stay inside


def test_what_a_run_needs_before_it_is_published(house, tutor):
    fields = {"title": "Handy am Dienstag", "semester": "2026-2"}
    run = plan_run(house.pk, fields, by=tutor)
    assert why(publish_run, run, by=tutor) == "meetings"
    slots = series(timezone.localdate() + timedelta(days=3), time(9), time(11), count=1).slots
    add_meetings(run, slots, by=tutor)
    assert why(publish_run, run, by=tutor) == "venue"
    online = change_run(run, {"mode": "online"}, by=tutor)
    assert why(publish_run, online, by=tutor) == "link"
    change_run(run, {"mode": "online", "price": 1}, by=tutor, link="https://video.example/1")
    assert why(publish_run, run, by=tutor) == "paid"
    shop = {"mode": "online", "price": 0}
    change_run(run, shop, by=tutor, link="https://video.example/1")
    first = publish_run(run, by=tutor).published_at
    assert publish_run(run, by=tutor).published_at == first


def test_the_same_dates_are_added_once(house, tutor):
    run = make_run(house, by=tutor, meetings=2)
    slots = [Slot(each.starts_at, each.ends_at) for each in meetings(run)]
    assert add_meetings(run, slots, by=tutor) == []
    assert len(meetings(run)) == 2


def test_a_number_is_like_the_house_s_and_given_once_a_semester(house, tutor):
    keep_rules(house.pk, {"number_pattern": r"\d{3}-\d{5}", "kept_days": 14}, by=tutor)
    fields = {"title": "Handy", "semester": "2027-1", "number": "261-50101"}
    plan_run(house.pk, fields, by=tutor)
    assert why(plan_run, house.pk, fields, by=tutor) == "number"
    assert why(plan_run, house.pk, fields | {"number": "abc"}, by=tutor) == "pattern"
    plan_run(house.pk, fields | {"semester": "2027-2"}, by=tutor)
    plan_run(factories.make_provider("nachbar").pk, fields, by=tutor)


def test_changes_of_a_published_run_are_said_once(house, tutor):
    run = make_run(house, by=tutor)
    one, two, three = meetings(run)
    room = keep_room(one.venue, "Raum 104", seats=12, by=tutor)
    later = Slot(one.starts_at + timedelta(hours=1), one.ends_at + timedelta(hours=1))
    for _again in range(2):
        moved = move_meeting(one, later, by=tutor, venue=one.venue, room=room)
        cancel_meeting(two, by=tutor, why="Krank")
    for _again in range(2):
        cancel_run(run, by=tutor, why="Zu wenige")
    assert moved.room == room
    with look(system("test")):
        said = RunNews.objects.order_by("pk").values_list(
            "kind", "meeting", "was", "why", "told_at"
        )
        assert [*said] == [
            ("moved", one.pk, one.starts_at, "", None),
            ("meeting_off", two.pk, two.starts_at, "Krank", None),
            ("cancelled", None, None, "Zu wenige", None),
        ]
    assert why(move_meeting, three, later, by=tutor, venue=None, room=None) == "ended"
    assert why(change_run, run, {"title": "x"}, by=tutor) == "ended"


def test_a_cancelled_date_is_not_moved_and_of_drafts_nobody_hears(house, tutor):
    run = make_run(house, by=tutor, publish=False)
    one, two, _three = meetings(run)
    cancel_meeting(one, by=tutor)
    slot = Slot(two.starts_at, two.ends_at + timedelta(hours=1))
    assert why(move_meeting, one, slot, by=tutor, venue=None, room=None) == "ended"
    move_meeting(two, slot, by=tutor, venue=two.venue, room=None)
    with look(system("test")):
        assert RunNews.objects.count() == 0


def test_a_copy_is_a_draft_of_the_next_semester(house, tutor):
    run = make_run(house, by=tutor, number="1", price=1800, shop_url="https://shop.example/1")
    first = date(2027, 3, 2)
    copy = copy_run(run, first, by=tutor)
    with look(system("test")):
        copy.refresh_from_db()
        leaders = [*copy.leaders.values_list("person", flat=True)]
    assert (copy.semester, copy.number, copy.price) == ("2027-1", "", 1800)
    assert (copy.published_at, copy.title, leaders) == (None, run.title, [tutor.pk])
    days = [day(each.starts_at) for each in meetings(copy)]
    assert days == [first, date(2027, 3, 9), date(2027, 3, 16)]
    assert {each.venue_id for each in meetings(copy)} == {each.venue_id for each in meetings(run)}


def test_clashes_of_a_room_and_of_a_person(house, tutor):
    run = make_run(house, by=tutor, meetings=1)
    [one] = meetings(run)
    room = keep_room(one.venue, "Raum 104", seats=None, by=tutor)
    slot = Slot(one.starts_at, one.ends_at)
    move_meeting(one, slot, by=tutor, venue=one.venue, room=room)
    next_door = Slot(one.ends_at, one.ends_at + timedelta(hours=1))
    with look(staff([house.pk])):
        assert queries.clashes([slot, next_door], room=room.pk, people=[]) == [slot]
        assert queries.clashes([slot], room=None, people=[tutor.pk]) == [slot]
        assert queries.clashes([slot], room=room.pk, people=[tutor.pk], without=run.pk) == []
        assert queries.clashes([slot], room=None, people=[]) == []
        assert queries.clashes([], room=room.pk, people=[]) == []


def test_what_comes_next_is_in_front_and_what_is_off_is_not_there(house, tutor):
    late = make_run(house, by=tutor, days=20)
    soon = make_run(house, by=tutor, days=2)
    off = make_run(house, by=tutor)
    cancel_run(off, by=tutor)
    with look(public):
        assert queries.coming_runs() == [soon, late]
        assert queries.run_in_public(off.key) == off
        begin = timezone.now()
        assert [
            each.run for each in queries.meetings_between(begin, begin + timedelta(days=3))
        ] == [soon]
    with look(staff([house.pk])):
        assert len(queries.runs_of(house.pk)) == 3
        assert queries.runs_of(house.pk, semester="1999-1") == []


def test_who_came_is_a_number(house, tutor):
    fields = {"kind": "cafe", "seats": None}
    run = make_run(house, by=tutor, meetings=1, **fields)
    [one] = meetings(run)
    for count in (7, 9):
        count_visitors(one, count, by=tutor)
    with look(staff([], tutored=[house.pk])):
        assert [*Tally.objects.values_list("meeting", "count")] == [(one.pk, 9)]


def test_a_venue_is_kept_once_and_everything_stands_in_the_log(house, tutor):
    venue = make_venue(house, tutor)
    keep_venue(house.pk, VENUE | {"steps": 2}, by=tutor, venue=venue.pk)
    keep_room(venue, "Raum 1", seats=8, by=tutor)
    keep_room(venue, "Raum 1", seats=9, by=tutor)
    with look(system("test")):
        assert [*Venue.objects.values_list("steps", flat=True)] == [2]
        assert [*Room.objects.values_list("name", "seats")] == [("Raum 1", 9)]
    with look(staff([house.pk], owned=[house.pk])):
        events = AuditEvent.objects.filter(action="venue.kept").values_list("actor_id", flat=True)
        assert [*events] == [tutor.pk] * 4
    assert (Venue(steps=0).is_step_free, Venue(steps=None).is_step_free) == (True, False)


def test_work_is_handed_over_with_its_runs(house, tutor):
    run, other = make_run(house, by=tutor), factories.make_member(house, "tutor")
    head = factories.make_member(house, "owner")
    with look(system("test")):
        hand_over(tutor, house, other, by=head)
        assert [*RunLeader.objects.values_list("run", "person")] == [(run.pk, other.pk)]


def test_a_house_that_closes_cancels_what_is_ahead(house, tutor):
    run = make_run(house, by=tutor)
    with look(system("test")):
        close_provider(house, by=None)
        run.refresh_from_db()
    assert run.cancelled_at is not None


def test_free_days_are_those_of_the_city(house):
    names = {each.name for each in queries.free_days_between(date(2027, 1, 1), date(2027, 1, 31))}
    assert names == {"Neujahr", "Heilige Drei Könige", "Weihnachtsferien"}
    assert queries.school_holidays()[-1].last == date(2028, 9, 9)
    assert semester_of(date(2027, 1, 31)) == "2026-2"
