"""Planning by hand: a place, a run, its dates, and what becomes of them. For tutors, authors and heads; nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.actions import close_place, copy_run, keep_room
from courses.models import Meeting, PlanRules, Room, Run, RunLink, RunNews, Tally, Venue
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import VENUE, make_run, make_venue
from tests.support.pages import one_line
from tests.support.records import signed_in

HOUSE = "/anbieter/haus/planen/"


@pytest.fixture
def house(db):
    return factories.make_provider("haus")


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor")


def kept(model):
    with look(system("test")):
        return model.objects.order_by("-pk").first()


RUN = {
    "title": "Handy am Dienstag",
    "kind": "course",
    "mode": "onsite",
    "seats_max": "12",
    "seats_min": "4",
    "price": "0",
}


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def semester_in(page):
    return page.content.decode().split('<option value="2')[1].split('"')[0].join(["2", ""])


@pytest.mark.parametrize("role", ["tutor", "author", "owner"])
def test_from_a_place_to_a_published_run(house, role):
    browser = signed_in(factories.make_member(house, role))
    venue = VENUE | {"toilet": "", "access_note": ""}
    assert browser.post(f"{HOUSE}orte/neu/", venue).status_code == 302
    where = kept(Venue)
    browser.post(f"{HOUSE}orte/{where.pk}/", {"act": "room", "name": "Raum 104", "seats": "12"})
    room = kept(Room)
    said = RUN | {"semester": semester_in(browser.get(f"{HOUSE}neu/"))}
    assert browser.post(f"{HOUSE}neu/", said).status_code == 302
    run = kept(Run)
    here = f"{HOUSE}{run.key}/"
    dates = {"act": "series", "on": day(7), "begins": "10:00", "ends": "11:30", "count": "3"}
    browser.post(here, dates | {"weeks": "1", "where": f"{where.pk}/{room.pk}"})
    page = one_line(browser.get(here))
    assert page.count("Raum 104") == 3 + 1  # and in the choice of places
    assert browser.post(here, {"act": "publish"}, follow=True).status_code == 200
    assert kept(Run).is_published
    assert "Handy am Dienstag" in one_line(browser.get(HOUSE))
    public = one_line(browser.get(f"/termine/{run.key}/"))
    assert "Noch 12 von 12 Plätzen frei" in public


def test_a_course_is_chosen_by_its_title(house, tutor):
    course = factories.make_course(house, title="Sicher im Netz")
    page = one_line(signed_in(tutor).get(f"{HOUSE}neu/"))
    assert f'<option value="{course.translation_key}">Sicher im Netz</option>' in page


def test_what_is_missing_is_said(house, tutor):
    browser = signed_in(tutor)
    run = make_run(house, by=tutor, meetings=1, publish=False)
    with look(system("test")):
        Meeting.objects.all().delete()
    page = browser.post(f"{HOUSE}{run.key}/", {"act": "publish"}, follow=True)
    assert "Zum Veröffentlichen fehlt ein Termin" in page.content.decode()
    assert not kept(Run).is_published


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"price": "viel"}, "Bitte schreiben Sie einen Betrag wie 18 oder 18,50."),
        ({"reductions": "Stadtpass"}, "Bitte schreiben Sie so: Stadtpass: 9,00"),
        ({"kind": "cafe"}, "Was ohne Anmeldung ist, hat keine Plätze"),
        ({"seats_min": "40"}, "Das sind mehr, als es Plätze gibt."),
        ({"number": "x"}, "So sehen die Kursnummern Ihres Hauses nicht aus."),
    ],
)
def test_a_run_that_cannot_be(house, tutor, changed, says):
    browser = signed_in(tutor)
    browser.post(f"{HOUSE}regeln/", {"number_pattern": r"\d+", "kept_days": "30"})
    said = RUN | {"semester": semester_in(browser.get(f"{HOUSE}neu/"))} | changed
    page = browser.post(f"{HOUSE}neu/", said)
    assert says in page.content.decode()
    assert kept(Run) is None


def test_rules_that_nobody_can_read(house, tutor):
    page = signed_in(tutor).post(f"{HOUSE}regeln/", {"number_pattern": "(", "kept_days": "30"})
    assert "Dieses Muster kann niemand lesen." in page.content.decode()
    assert kept(PlanRules) is None


def test_a_run_is_changed_with_what_it_was_in_the_form(house, tutor):
    reduced = [{"name": "Stadtpass", "price": 950}]
    run = make_run(house, by=tutor, reductions=reduced, publish=False)
    browser = signed_in(tutor)
    page = one_line(browser.get(f"{HOUSE}{run.key}/aendern/"))
    assert "Stadtpass: 9,50" in page
    said = RUN | {"semester": run.semester, "link": "https://video.example/1", "mode": "blended"}
    browser.post(f"{HOUSE}{run.key}/aendern/", said | {"reductions": "Stadtpass: 9\nSchule: 4,50"})
    now = kept(Run)
    assert [one["price"] for one in now.reductions] == [900, 450]
    assert (now.title, kept(RunLink).url) == ("Handy am Dienstag", "https://video.example/1")


def test_busy_rooms_and_people_are_said_and_can_be_overruled(house, tutor):
    run = make_run(house, by=tutor, meetings=1, days=7)
    other = make_run(house, by=tutor, meetings=1, days=30)
    browser = signed_in(tutor)
    dates = {"act": "series", "on": day(7), "begins": "14:00", "ends": "15:00"}
    dates |= {"count": "1", "weeks": "1", "where": ""}
    page = browser.post(f"{HOUSE}{other.key}/", dates)
    assert "Raum oder Leitung sind schon belegt" in page.content.decode()
    browser.post(f"{HOUSE}{other.key}/", dates | {"anyway": "on"})
    with look(system("test")):
        assert [run.meetings.count(), other.meetings.count()] == [1, 2]
    page = browser.post(f"{HOUSE}{other.key}/", dates | {"ends": "13:00"})
    assert "Das Ende liegt vor dem Beginn." in page.content.decode()


def test_a_date_is_moved_cancelled_counted(house, tutor):
    run = make_run(house, by=tutor, kind="cafe", seats=None, meetings=2)
    venue = make_venue(house, tutor, name="Bürgerhaus")
    browser = signed_in(tutor)
    with look(system("test")):
        one, two = run.meetings.all()
    here = f"{HOUSE}{run.key}/termine/"
    assert browser.get(f"{here}{one.pk}/").status_code == 200
    moved = {
        "act": "move",
        "on": day(9),
        "begins": "09:00",
        "ends": "10:00",
        "where": str(venue.pk),
    }
    browser.post(f"{here}{one.pk}/", moved)
    browser.post(f"{here}{one.pk}/", {"act": "tally", "count": "17"})
    browser.post(f"{here}{two.pk}/", {"act": "cancel", "why": "Wasser im Keller"})
    assert kept(Tally).count == 17
    with look(system("test")):
        assert [*RunNews.objects.order_by("pk").values_list("kind", "why")] == [
            ("moved", ""),
            ("meeting_off", "Wasser im Keller"),
        ]
    assert "Dieser Termin fällt aus." in one_line(browser.get(f"{here}{two.pk}/"))
    again = browser.post(f"{here}{two.pk}/", moved, follow=True)
    assert "Es lässt sich nicht mehr ändern." in again.content.decode()


def test_a_run_is_cancelled_and_copied(house, tutor):
    run = make_run(house, by=tutor)
    browser, here = signed_in(tutor), f"{HOUSE}{run.key}/"
    browser.post(here, {"act": "cancel", "why": "Zu wenige"})
    page = browser.post(here, {"act": "publish"}, follow=True)
    assert "Es lässt sich nicht mehr ändern." in page.content.decode()
    past = browser.post(here, {"act": "copy", "first": "2020-01-01"})
    assert "Dieser Tag ist schon vorbei." in past.content.decode()
    answer = browser.post(here, {"act": "copy", "first": day(200)})
    copy = kept(Run)
    assert answer.headers["Location"] == f"{HOUSE}{copy.key}/"
    assert (copy.published_at, copy.title) == (None, run.title)


def test_somebody_of_another_house_finds_nothing(house, tutor):
    run = make_run(house, by=tutor, publish=False)
    stranger = signed_in(factories.make_member(factories.make_provider("nachbar"), "owner"))
    reviewer = signed_in(factories.make_member(house, "reviewer"))
    for browser in (stranger, reviewer):
        assert browser.get(f"{HOUSE}{run.key}/").status_code == 404
    assert stranger.get(f"/anbieter/nachbar/planen/{run.key}/").status_code == 404


def choices(page):
    """What can be chosen as a place."""
    form = page.context["form"]
    return [label for _value, label in form.fields["where"].choices]


def test_a_closed_place_is_not_offered_and_old_dates_keep_it(house, tutor):
    browser = signed_in(tutor)
    run = make_run(house, by=tutor, meetings=1)
    with look(system("test")):
        meeting = run.meetings.select_related("venue").get()
    venue = meeting.venue
    keep_room(venue, "Raum 1", seats=8, by=tutor)
    room = kept(Room)
    with look(system("test")):
        Meeting.objects.update(room=room)
    place, here = f"{HOUSE}orte/{venue.pk}/", f"{HOUSE}{run.key}/"
    assert f"{venue.name}, Raum 1" in choices(browser.get(here))

    browser.post(place, {"act": "close", "room": room.pk})
    assert choices(browser.get(here)) == ["Online, ohne Ort", venue.name]
    page = browser.post(place, {"act": "close"}, follow=True)
    assert "Er ist geschlossen: Niemand plant hier neue Termine." in one_line(page)
    assert choices(browser.get(here)) == ["Online, ohne Ort"]
    moved = browser.get(f"{here}termine/{meeting.pk}/")  # the date itself stays where it is
    assert choices(moved) == ["Online, ohne Ort", venue.name, f"{venue.name}, Raum 1"]
    assert venue.name in one_line(browser.get(f"/termine/{run.key}/"))
    assert f'">{venue.name}</a>' in one_line(browser.get(HOUSE)).partition("Geschlossen:")[2]

    copied = copy_run(run, timezone.localdate() + timedelta(days=60), by=tutor)
    with look(system("test")):
        assert {each.venue_id for each in copied.meetings.all()} == {None}

    browser.post(place, {"act": "open"})
    browser.post(place, {"act": "open", "room": room.pk})
    assert f"{venue.name}, Raum 1" in choices(browser.get(here))
    assert browser.post(place, {"act": "close", "room": "x"}).status_code == 404


def test_a_room_that_comes_again_is_open(house, tutor):
    venue = make_venue(house, tutor)
    room = keep_room(venue, "Raum 1", seats=8, by=tutor)
    close_place(room, closed=True, by=tutor)
    assert keep_room(venue, "Raum 1", seats=9, by=tutor).closed_at is None
