"""What everybody may ask: courses, runs and concepts, as the pages and the open data show them."""

from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field

from api.v1 import answers
from api.v1.asking import Day, Moment, Paged, Slug, WrongValue, anybody, page_of, place_in
from courses.exchange import SharedCourse
from courses.models import Concept, Meeting, Run
from courses.queries import exchange
from courses.queries.catalogue import courses_found
from courses.queries.concepts import told_concepts
from courses.queries.runs import run_in_public, told_runs
from providers.models import Provider
from words.days import ZONE
from words.spelling import tidy

router = Router(tags=["public"])

Many: Any = Field(default_factory=list, max_length=20)


class CoursesAsked(Paged):
    """The filters of the catalogue; several values of one are alternatives."""

    q: str = Field("", max_length=100, description=_("Wörter, wie in der Suche"))  # type: ignore[call-overload]  # -- a promise, for two languages
    area: list[Literal["1", "2", "3", "4", "5"]] = Many
    level: list[Literal["einstieg", "grundlagen", "aufbau"]] = Many
    language: list[Literal["de", "de-simple", "en"]] = Many
    length: list[Literal["short", "medium", "long"]] = Many
    access: list[Literal["simple", "captions", "keyboard", "reader"]] = Many
    phone: list[Literal["no", "yes"]] = Many
    account: list[Literal["none"]] = Many
    cost: list[Literal["free"]] = Many
    provider: list[Slug] = Many
    changed_since: Moment | None = None

    @property
    def marks(self) -> list[str]:
        facets = ("area", "level", "language", "length", "access", "phone", "account", "cost")
        named = (*facets, "provider")
        return [f"{name}:{value}" for name in named for value in getattr(self, name)]


class RunsAsked(Paged):
    """What is still ahead; days are the city's."""

    course: UUID | None = None
    provider: list[Slug] = Many
    mode: list[Literal["onsite", "online", "blended"]] = Many
    language: list[Literal["de", "de-simple", "en"]] = Many
    first_day: Day | None = None
    last_day: Day | None = None

    @property
    def chosen(self) -> Q:
        wanted = Q(entry__course=self.course) if self.course else Q()
        for name, column in (
            ("provider", "provider__slug"),
            ("mode", "mode"),
            ("language", "language"),
        ):
            if values := getattr(self, name):
                wanted &= Q(**{f"{column}__in": values})
        if self.first_day:
            wanted &= Q(entry__ends_at__gte=_midnight(self.first_day))
        if self.last_day:
            wanted &= Q(entry__begins_at__lt=_midnight(self.last_day, 1))
        return wanted


class ConceptsAsked(Paged):
    pass


@router.get(
    "/courses",
    response=answers.CoursePageAnswer,
    summary=_("Kurse im Katalog"),
    description=_(
        "Mit den Filtern des Katalogs. In der Reihenfolge der Schlüssel: Sie ändert sich nicht, während jemand liest."
    ),
)
@anybody
def courses(request: HttpRequest, asked: Query[CoursesAsked]) -> dict[str, Any]:
    """In the order of their keys, which does not change while somebody reads."""
    place = place_in(asked, 1)
    words = tidy(asked.q)
    found = exchange.marked_courses(
        asked.marks,
        among=courses_found(words, language="de") if words else None,
        since=asked.changed_since,
        after=_key(place[0]) if place else None,
        limit=asked.limit + 1,
    )
    told = [_course(one) for one in found]
    return page_of(told, asked, lambda one: [str(one["key"])])


@router.get(
    "/courses/{uuid:key}", response=answers.CourseAnswer, summary=_("Ein Kurs"), description=" "
)
@anybody
def course(request: HttpRequest, key: UUID) -> dict[str, Any]:
    found = exchange.shared_course(key)
    if not found:
        raise Http404
    return _course(found)


@router.get(
    "/runs",
    response=answers.RunPageAnswer,
    summary=_("Durchführungen mit ihren Terminen"),
    description=_("Was noch kommt und nicht abgesagt ist. Was zuerst beginnt, steht vorne."),
)
@anybody
def runs(request: HttpRequest, asked: Query[RunsAsked]) -> dict[str, Any]:
    """Not off and not over; the one that begins first in front."""
    place = place_in(asked, 2)
    after = (_moment(place[0]), _key(place[1])) if place else None
    found = told_runs(asked.chosen, now=timezone.now(), after=after, limit=asked.limit + 1)
    told = [_run(one) | {"at": one.entry.begins_at.isoformat()} for one in found]
    return page_of(told, asked, lambda one: [one["at"], str(one["key"])])


@router.get(
    "/runs/{uuid:key}",
    response=answers.RunAnswer,
    summary=_("Eine Durchführung"),
    description=_("Auch wenn sie vorbei oder abgesagt ist."),
)
@anybody
def run(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """Also when it is over or off."""
    found = run_in_public(key)
    if not found:
        raise Http404
    return _run(found)


@router.get(
    "/concepts",
    response=answers.ConceptPageAnswer,
    summary=_("Begriffe der Suche"),
    description=_(
        "Was Menschen sagen, wenn sie etwas suchen, in vielen Sprachen. Dasselbe gibt es als SKOS bei den offenen Daten."
    ),
)
@anybody
def concepts(request: HttpRequest, asked: Query[ConceptsAsked]) -> dict[str, Any]:
    """The same as SKOS: /offene-daten/."""
    place = place_in(asked, 1)
    found = told_concepts(after=str(place[0]) if place else "", limit=asked.limit + 1)
    return page_of([_concept(one) for one in found], asked, lambda one: [one["key"]])


@router.get(
    "/concepts/{slug:key}",
    response=answers.ConceptAnswer,
    summary=_("Ein Begriff"),
    description=" ",
)
@anybody
def concept(request: HttpRequest, key: str) -> dict[str, Any]:
    found = told_concepts(after="", limit=1, key=key)
    if not found:
        raise Http404
    return _concept(found[0])


def _midnight(day: date, later: int = 0) -> datetime:
    """Where a day of the city begins. Raises WrongValue where the calendar ends."""
    try:
        return datetime.combine(day + timedelta(later), time(), ZONE)
    except OverflowError:
        raise WrongValue("query.last_day", "less_than_equal") from None


def _key(value: str | int) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise WrongValue("query.after", "cursor") from None


def _moment(value: str | int) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise WrongValue("query.after", "cursor") from None
    if not moment.tzinfo:
        raise WrongValue("query.after", "cursor")
    return moment


def _course(one: SharedCourse) -> dict[str, Any]:
    facts = one.facts
    return {
        **{name: facts[name] for name in ("title", "summary", "lead", "goals", "minutes")},
        "key": one.key,
        "url": one.url,
        "lasting_url": one.lasting_url,
        "provider": one.house.__dict__,
        "languages": [*one.languages],
        "level": facts["level_code"],
        "competences": facts["competences"],
        "licence": one.licence,
        "changed_at": one.changed,
        "open_steps": [step.__dict__ for step in one.open_steps],
    }


def _run(one: Run) -> dict[str, Any]:
    meetings = [*one.meetings.all()]
    on = [each for each in meetings if not each.cancelled_at] or meetings
    plain = ("key", "course", "title", "lead", "kind", "mode", "number", "language", "price")
    return {
        **{
            name: getattr(one, name)
            for name in (*plain, "reductions", "taken", "waiting", "book_until")
        },
        "url": settings.PUBLIC_URL + reverse("learning:date", args=[one.key]),
        "provider": _provider(one.provider),
        "seats": one.seats_max,
        "cancelled": one.cancelled_at is not None,
        "begins_at": min((each.starts_at for each in on), default=None),
        "ends_at": max((each.ends_at for each in on), default=None),
        "meetings": [_meeting(each) for each in meetings],
    }


def _provider(one: Provider) -> dict[str, str]:
    url = settings.PUBLIC_URL + reverse("providers:provider", args=[one.slug])
    return {"slug": one.slug, "name": one.name, "url": url}


def _meeting(one: Meeting) -> dict[str, Any]:
    return {
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "about": one.about,
        "cancelled": one.cancelled_at is not None,
        "place": one.venue.__dict__ if one.venue else None,
    }


def _concept(one: Concept) -> dict[str, Any]:
    return {
        "key": one.key,
        "competence": one.competence,
        "broader": one.broader.key if one.broader else None,
        "replaced_by": one.merged_into.key if one.merged_into else None,
        "courses": one.df,
        "labels": [each.__dict__ for each in one.words],
    }
