"""For the programs of a provider: who has booked its runs. Never what somebody needs to take part."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from api.scopes import Scope
from api.v1 import answers
from api.v1.asking import Day, Paged, page_of, place_in, seen_by
from api.v1.callers import by_key, house_of, number_in, whole_house
from learning.models import Booking
from learning.queries.bookings import house_run, house_runs, told_participants

router = Router(tags=["house"])
BY_KEY = by_key(Scope.PARTICIPANTS)


class HouseRunsAsked(Paged):
    """By the day on which a run ends; the city's days."""

    first_day: Day | None = None


class ParticipantsAsked(Paged):
    pass


@router.get(
    "/house/runs",
    response=answers.HouseRunPageAnswer,
    summary=_("Durchführungen Ihres Hauses"),
    description=_(
        "Auch vergangene, abgesagte und solche, die noch nicht veröffentlicht sind. In der Reihenfolge, in der sie angelegt wurden."
    ),
    **BY_KEY,
)
@seen_by(whole_house)
def runs_of_house(request: HttpRequest, asked: Query[HouseRunsAsked]) -> dict[str, Any]:
    place = place_in(asked, 1)
    found = house_runs(
        house_of(request), first_day=asked.first_day, after=number_in(place), limit=asked.limit + 1
    )
    return page_of([one._asdict() for one in found], asked, lambda one: [one["id"]])


@router.get(
    "/house/runs/{uuid:key}/participants",
    response=answers.ParticipantPageAnswer,
    summary=_("Wer kommt"),
    description=_(
        "Wer einen Platz hat oder wartet, in der Reihenfolge der Buchungen. Was jemand braucht, um dabei zu sein, steht nicht darin."
    ),
    **BY_KEY,
)
@seen_by(whole_house)
def participants(
    request: HttpRequest, key: UUID, asked: Query[ParticipantsAsked]
) -> dict[str, Any]:
    run = house_run(house_of(request), key)
    if not run:
        raise Http404
    found = told_participants(run.id, after=number_in(place_in(asked, 1)), limit=asked.limit + 1)
    return page_of([_told(one) for one in found], asked, lambda one: [one["id"]])


def _told(one: Booking) -> dict[str, Any]:
    plain = ("id", "number", "name", "booked_by", "email", "phone", "language", "state")
    more = ("price", "price_name", "made_at", "guardian")
    present = [each.meeting.starts_at for each in one.presences.all()]
    return {name: getattr(one, name) for name in plain + more} | {"present": sorted(present)}
