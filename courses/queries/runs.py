"""What takes place, for the public and for those who plan. The lens says whose drafts are seen."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from courses.guards import OfferedRun, TaughtHours
from courses.models import CatalogueEntry, Meeting, PlanRules, Run
from courses.timetable import FreeDays, Slot, clashing, public_holidays, read_free_days
from tenancy.lens import look, system

FOLDER = Path(__file__).resolve().parent.parent / "free_days"


@cache
def school_holidays() -> tuple[FreeDays, ...]:
    """The installation's own dated file, or ours of its state; empty where there is none."""
    file = Path(settings.CITY.get("school_holidays") or FOLDER / f"{state()}.csv")
    return tuple(read_free_days(file.read_text())) if file.exists() else ()


def free_days_between(first: date, last: date) -> list[FreeDays]:
    """Public and school holidays."""
    school = [each for each in school_holidays() if each.last >= first and each.first <= last]
    return public_holidays(state(), first, last) + school


def state() -> str:
    """The German state the city is in, by its two letters."""
    return str(settings.CITY.get("state", "BW"))


def _with_meetings(runs: QuerySet[Run]) -> QuerySet[Run]:
    meetings = Meeting.objects.select_related("venue", "room").order_by("starts_at", "pk")
    return runs.select_related("provider").prefetch_related(Prefetch("meetings", queryset=meetings))


def run_in_public(key: uuid.UUID) -> Run | None:
    """With its meetings and what has changed. Three statements."""
    found = _with_meetings(Run.objects.filter(key=key, published_at__isnull=False))
    return found.prefetch_related("news__meeting").first()


def told_runs(
    chosen: Q, *, now: datetime, after: tuple[datetime, uuid.UUID] | None, limit: int
) -> list[Run]:
    """Published, not off and not over, by their first day and key, from behind `after` on. Two statements.

    `chosen` narrows them down, by fields of the run and of its entry.
    """
    runs = Run.objects.filter(chosen, entry__ends_at__gt=now).select_related("entry")
    if after:
        begins, key = after
        runs = runs.filter(entry__begins_at__gte=begins)
        runs = runs.exclude(entry__begins_at=begins, key__lte=key)
    return [*_with_meetings(runs).order_by("entry__begins_at", "key")[:limit]]


def coming_runs(
    *, course: uuid.UUID | None = None, provider: int | None = None, limit: int = 20
) -> list[Run]:
    """Published, not off, with a meeting ahead; the one that begins first in front. Two statements.

    By their entries: those are narrow, and no wall is asked for each meeting.
    """
    runs = Run.objects.filter(entry__ends_at__gt=timezone.now())
    if course:
        runs = runs.filter(entry__course=course)
    if provider:
        runs = runs.filter(entry__provider=provider)
    return [*_with_meetings(runs.order_by("entry__begins_at", "pk"))[:limit]]


def meetings_between(begin: datetime, end: datetime) -> list[Meeting]:
    """What takes place in the city then, by time; cancelled ones too, because somebody may be on their way. One statement."""
    meetings = Meeting.objects.filter(
        starts_at__gte=begin, starts_at__lt=end, run__published_at__isnull=False
    )
    found = meetings.select_related("run", "run__provider", "venue", "room")
    return [*found.order_by("starts_at", "pk")]


def runs_of(provider: int, *, semester: str = "") -> list[Run]:
    """All of a house, drafts as well, for those who plan. Two statements."""
    runs = Run.objects.filter(provider=provider)
    if semester:
        runs = runs.filter(semester=semester)
    return [*_with_meetings(runs.order_by("semester", "title", "pk"))]


class SeatRules(NamedTuple):
    """How a house gives its seats, for everybody to read. `words`: its own, empty: whoever comes first."""

    words: str = ""
    absence: str = ""  # of PlanRules.Absence


def seat_rules(provider: int) -> SeatRules:
    with look(system("rules for seats, which are published")):
        rules = PlanRules.objects.filter(provider=provider).values_list("seat_rules", "absence")
        return SeatRules(*(rules.first() or ()))


class HouseCourse(NamedTuple):
    """A course in the catalogue that runs may belong to."""

    key: str
    address: str
    title: str


def courses_of(provider: int) -> list[HouseCourse]:
    """By title. One statement."""
    entries = CatalogueEntry.objects.filter(provider=provider).order_by("title", "address")
    found = entries.values_list("course", "address", "title")
    return [HouseCourse(str(key), address, title) for key, address, title in found]


def offer_of(run: Run) -> OfferedRun:
    """As the law looks at it (`courses.guards`). Three statements."""
    entry = CatalogueEntry.objects.filter(course=run.course).select_related("edition").first()
    rules = PlanRules.objects.filter(provider=run.provider_id).first()
    meetings = run.meetings.filter(cancelled_at=None)
    return OfferedRun(
        paid=bool(run.price or any(one["price"] for one in run.reductions)),
        alone=entry.minutes if entry else 0,
        checked=any(one["kind"] != "read" for one in (entry.edition.items if entry else ())),
        approval=run.zfu_number,
        leave=run.educational_leave,
        recognised_until=rules.recognised_until if rules else None,
        meetings=[
            TaughtHours(Slot(each.starts_at, each.ends_at), bool(each.venue_id))
            for each in meetings
        ],
    )


def clashes(
    slots: Iterable[Slot], *, room: int | None, people: Iterable[int], without: int | None = None
) -> list[Slot]:
    """Those of `slots` when the room is taken or somebody who leads is busy; `without`: the run that is being changed."""
    wanted = [*slots]
    if not wanted:
        return []
    busy = Q(run__leaders__person__in=[*people])
    if room:
        busy |= Q(room=room)
    others = Meeting.objects.filter(
        busy,
        cancelled_at=None,
        run__cancelled_at=None,
        starts_at__lt=max(each.ends_at for each in wanted),
        ends_at__gt=min(each.starts_at for each in wanted),
    ).exclude(run=without)
    return clashing(wanted, [Slot(*each) for each in others.values_list("starts_at", "ends_at")])
