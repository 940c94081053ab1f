"""Planning what takes place: places, rooms, runs and their meetings. Whether `by` may is asked at the door."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses import signals
from courses.guards import trouble
from courses.models import Meeting, PlanRules, Room, Run, RunLeader, RunLink, RunNews, Tally, Venue
from courses.queries.contracts import contract_house
from courses.queries.runs import free_days_between, offer_of
from courses.timetable import Slot, days_of, moved_to, semester_of
from providers.actions import record_for
from providers.models import Membership
from providers.permissions import Right, roles_with
from tenancy.lens import as_system
from words.days import day

#: What a run may be given; everything else follows from what happens to it.
FIELDS = (
    *(
        "course",
        "title",
        "lead",
        "kind",
        "mode",
        "number",
        "semester",
        "led_by",
        "seats_min",
        "seats_max",
    ),
    *(
        "book_until",
        "cancel_until",
        "price",
        "reductions",
        "shop_url",
        "contract",
        "bring",
        "language",
        "level",
    ),
    *("audience", "interpreter", "zfu_number", "educational_leave"),
)


class CannotPlan(Exception):
    """`why`: "pattern" (the number is not like the house's numbers), "number" (given already this semester), "ended"
    (it is over or off), or of a run to publish "meetings", "venue", "link" (what is missing), "paid" (it costs something, and neither a shop
    nor a contract is chosen), "contract" (the house has not said all that a contract needs), or what `courses.guards` says.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@as_system("keep a venue")
@transaction.atomic
def keep_venue(
    provider: int, fields: dict[str, Any], *, by: User, venue: int | None = None
) -> Venue:
    """A new one, or changes to `venue` of this provider."""
    kept = Venue.objects.select_for_update().get(pk=venue, provider=provider) if venue else Venue()
    kept.provider_id = provider
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.save()
    record_for(provider, "venue.kept", by=by, thing=kept)
    _printed_anew()
    return kept


@as_system("keep a room")
@transaction.atomic
def keep_room(venue: Venue, name: str, *, seats: int | None, by: User) -> Room:
    fields = {"seats": seats, "provider_id": venue.provider_id, "closed_at": None}
    room, _made = Room.objects.update_or_create(venue=venue, name=name, defaults=fields)
    record_for(venue.provider_id, "venue.kept", by=by, thing=venue)
    return room


@as_system("close a place")
@transaction.atomic
def close_place(place: Venue | Room, *, closed: bool, by: User) -> None:
    """A venue or a room is not offered for new dates any more, or is again. Dates that were planned there stay there."""
    model = type(place)
    at = timezone.now() if closed else None
    changed = model.objects.filter(pk=place.pk, closed_at__isnull=closed).update(closed_at=at)
    if changed:
        act = "venue.closed" if closed else "venue.opened"
        record_for(place.provider_id, act, by=by, name=place.name)


@as_system("keep the rules of planning")
@transaction.atomic
def keep_rules(provider: int, fields: dict[str, Any], *, by: User) -> PlanRules:
    rules, _made = PlanRules.objects.update_or_create(provider_id=provider, defaults=fields)
    record_for(provider, "plan.rules", by=by)
    return rules


@as_system("plan a run")
@transaction.atomic
def plan_run(
    provider: int, fields: dict[str, Any], *, by: User, leaders: Iterable[int] = (), link: str = ""
) -> Run:
    """As a draft, which nobody outside sees. Raises CannotPlan."""
    run = Run(provider_id=provider)
    _fill(run, fields)
    _set_leaders(run, leaders)
    _set_link(run, link)
    record_for(provider, "run.planned", by=by, thing=run)
    return run


@as_system("change a run")
@transaction.atomic
def change_run(
    run: Run, fields: dict[str, Any], *, by: User, leaders: Iterable[int] = (), link: str = ""
) -> Run:
    """Fewer seats than are taken put nobody out; more of them are offered to those who wait. Raises CannotPlan."""
    mine = _open(run)
    before = mine.seats_max
    _fill(mine, fields)
    _set_leaders(mine, leaders)
    _set_link(mine, link)
    if mine.published_at:
        _check_price(mine)
        _check_law(mine)
    record_for(mine.provider_id, "run.changed", by=by, thing=mine)
    if mine.seats_max != before:
        transaction.on_commit(partial(signals.seats_changed.send, Run, run=mine.pk), robust=True)
    _printed_anew(mine)
    return mine


@as_system("add meetings to a run")
@transaction.atomic
def add_meetings(
    run: Run,
    slots: Sequence[Slot],
    *,
    by: User,
    venue: Venue | None = None,
    room: Room | None = None,
) -> list[Meeting]:
    """One for each slot that the run has not: the same form sent twice adds them once. Raises CannotPlan."""
    mine = _open(run)
    there = {*mine.meetings.values_list("starts_at", flat=True)}
    made = [
        Meeting(run=mine, provider_id=mine.provider_id, venue=venue, room=room, **each._asdict())
        for each in slots
        if each.starts_at not in there
    ]
    Meeting.objects.bulk_create(made)
    if made:
        record_for(mine.provider_id, "run.meetings", by=by, thing=mine, added=len(made))
        _printed_anew(mine)
    return made


@as_system("publish a run")
@transaction.atomic
def publish_run(run: Run, *, by: User) -> Run:
    """From now on it is for everybody. Raises CannotPlan for what is missing."""
    mine = _open(run)
    coming = [each for each in mine.meetings.all() if not each.cancelled_at]
    if not any(each.ends_at > timezone.now() for each in coming):
        raise CannotPlan("meetings")
    if mine.mode != Run.Mode.ONLINE and not any(each.venue_id for each in coming):
        raise CannotPlan("venue")
    _check_price(mine)
    if mine.mode != Run.Mode.ONSITE and not RunLink.objects.filter(run=mine).exists():
        raise CannotPlan("link")
    _check_law(mine)
    if not mine.published_at:
        mine.published_at = timezone.now()
        mine.save(update_fields=["published_at"])
        record_for(mine.provider_id, "run.published", by=by, thing=mine)
        _printed_anew(mine)
    return mine


@as_system("cancel a run")
@transaction.atomic
def cancel_run(run: Run, *, by: User | None, why: str = "") -> None:
    """It stays readable, and says so. People who booked get a mail; nobody is asked to do anything."""
    mine = Run.objects.select_for_update().get(pk=run.pk)
    if mine.cancelled_at:
        return
    mine.cancelled_at, mine.why_cancelled = timezone.now(), why
    mine.save(update_fields=["cancelled_at", "why_cancelled"])
    record_for(mine.provider_id, "run.cancelled", by=by, thing=mine)
    _say(mine, RunNews.Kind.CANCELLED, why=why)


@as_system("cancel a meeting")
@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User, why: str = "") -> None:
    run = _open(meeting.run)
    mine = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if mine.cancelled_at:
        return
    mine.cancelled_at = timezone.now()
    mine.save(update_fields=["cancelled_at"])
    record_for(run.provider_id, "meeting.cancelled", by=by, thing=run, day=_iso(mine))
    _say(run, RunNews.Kind.MEETING_CANCELLED, meeting=mine, was=mine.starts_at, why=why)


@as_system("move a meeting")
@transaction.atomic
def move_meeting(
    meeting: Meeting, slot: Slot, *, by: User, venue: Venue | None, room: Room | None
) -> Meeting:
    """Another time or place; sent twice, it is told once. Raises CannotPlan."""
    run = _open(meeting.run)
    mine = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if mine.cancelled_at:
        raise CannotPlan("ended")
    was = (mine.starts_at, mine.ends_at, mine.venue_id, mine.room_id)
    if was == (*slot, venue and venue.pk, room and room.pk):
        return mine
    mine.starts_at, mine.ends_at = slot
    mine.venue, mine.room, mine.changed_at = venue, room, timezone.now()
    mine.save(update_fields=["starts_at", "ends_at", "venue", "room", "changed_at"])
    record_for(run.provider_id, "meeting.moved", by=by, thing=run, day=_iso(mine))
    _say(run, RunNews.Kind.MOVED, meeting=mine, was=was[0])
    return mine


@as_system("copy a run")
@transaction.atomic
def copy_run(run: Run, first: date, *, by: User) -> Run:
    """The same from the day `first` on, as a draft without number, deadlines and who booked; places that are closed are
    left out. Raises NoSeries.
    """
    old = [*run.meetings.filter(cancelled_at=None).select_related("venue", "room")]
    semester = semester_of(first)
    free = free_days_between(first, days_of(semester)[1])
    moved = moved_to([Slot(each.starts_at, each.ends_at) for each in old], first, free=free)
    fields = {name: getattr(run, name) for name in FIELDS}
    empty = {"semester": semester, "number": "", "book_until": None, "cancel_until": None}
    made = Run.objects.create(provider_id=run.provider_id, **fields | empty)
    for former, slot in zip(old, moved.slots, strict=True):
        venue, room = _still_open(former)
        Meeting.objects.create(
            run=made,
            provider_id=run.provider_id,
            venue=venue,
            room=room,
            about=former.about,
            **slot._asdict(),
        )
    _set_leaders(made, run.leaders.values_list("person", flat=True))
    record_for(run.provider_id, "run.planned", by=by, thing=made)
    return made


@as_system("count who came")
@transaction.atomic
def count_visitors(meeting: Meeting, count: int, *, by: User) -> None:
    """How many came to something nobody books."""
    Tally.objects.update_or_create(
        meeting=meeting, defaults={"count": count, "provider_id": meeting.provider_id}
    )
    record_for(meeting.provider_id, "tally.kept", by=by, thing=meeting.run, count=count)


def _still_open(meeting: Meeting) -> tuple[Venue | None, Room | None]:
    venue = meeting.venue if meeting.venue and not meeting.venue.closed_at else None
    room = meeting.room if venue and meeting.room and not meeting.room.closed_at else None
    return venue, room


def _open(run: Run) -> Run:
    mine = Run.objects.select_for_update().get(pk=run.pk)
    if mine.cancelled_at:
        raise CannotPlan("ended")
    return mine


def _fill(run: Run, fields: dict[str, Any]) -> None:
    for name in fields.keys() & {*FIELDS}:
        setattr(run, name, fields[name])
    if not run.price or run.is_informal:
        run.contract = False
    if run.number:
        _check_number(run)
    run.save()


def _check_number(run: Run) -> None:
    rules = PlanRules.objects.filter(provider=run.provider_id).first()
    if rules and rules.number_pattern and not re.fullmatch(rules.number_pattern, run.number):
        raise CannotPlan("pattern")
    same = Run.objects.filter(provider=run.provider_id, semester=run.semester, number=run.number)
    if same.exclude(pk=run.pk).exists():
        raise CannotPlan("number")


def _check_price(run: Run) -> None:
    if (run.price or run.reductions) and not (run.shop_url or run.contract):
        raise CannotPlan("paid")
    if run.contract and contract_house(run.provider_id).missing:
        raise CannotPlan("contract")


def _check_law(run: Run) -> None:
    why = trouble(offer_of(run))
    if why:
        raise CannotPlan(why)


def _set_leaders(run: Run, people: Iterable[int]) -> None:
    """Only of those who teach there."""
    teaching = Membership.objects.filter(
        provider=run.provider_id, role__in=roles_with(Right.LEARNERS), person__in=[*people]
    )
    wanted = {*teaching.values_list("person", flat=True)}
    run.leaders.exclude(person__in=wanted).delete()
    there = {*run.leaders.values_list("person", flat=True)}
    RunLeader.objects.bulk_create(
        RunLeader(run=run, provider_id=run.provider_id, person_id=person)
        for person in sorted(wanted - there)
    )


def _set_link(run: Run, url: str) -> None:
    if url:
        fields = {"url": url, "provider_id": run.provider_id}
        RunLink.objects.update_or_create(run=run, defaults=fields)
    else:
        RunLink.objects.filter(run=run).delete()


def _say(run: Run, kind: str, **about: Any) -> None:
    """To everybody who reads the page, and by mail to people who booked: nobody hears of a draft."""
    if run.published_at:
        news = RunNews.objects.create(run=run, provider_id=run.provider_id, kind=kind, **about)
        transaction.on_commit(partial(signals.run_changed.send, Run, news=news.pk), robust=True)
    _printed_anew(run)


def _printed_anew(run: Run | None = None) -> None:
    if run is None or run.published_at:
        transaction.on_commit(partial(signals.dates_changed.send, Run), robust=True)


def _iso(meeting: Meeting) -> str:
    return day(meeting.starts_at).isoformat()
