"""The choice and the answer of the office's page as HTML, printed once: figures that are out never change.

Kept in the memory of a process, by everything they are made of; what an answer says of courses is read anew each time.
"""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from courses.districts import inhabitants
from courses.models import Proficiency
from figures.frames import Frame, Period
from figures.queries import Publication
from reports import formats
from reports.forms import DIMENSIONS, AskedFigures, FiguresForm, address_of
from reports.queries.offer import CourseCount
from reports.queries.supply import SupplyCount
from reports.views.answering import Known, Out, PeriodOffer, answered, heat
from reports.views.wording import title_of

KEPT = 60  # answers, of some 40 kB
#: A kind of file, as its button says it.
NAMES = {"csv": "CSV", "xlsx": "Excel", "ods": "LibreOffice", "png": "PNG"}


class PrintedAnswer(NamedTuple):
    answer: SafeString
    heat: SafeString


class PublishedFacts(NamedTuple):
    """What there is to choose from, told by the moment of the last publication."""

    language: str | None
    published: datetime | None
    periods: tuple[tuple[Frame, tuple[Period, ...]], ...]
    names: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    inhabitants: tuple[int, ...]

    @property
    def known(self) -> Known:
        return {name: dict(words) for name, words in self.names}

    @property
    def out(self) -> Out:
        return {frame: list(periods) for frame, periods in self.periods}


def facts_of(known: Known, out: Publication) -> PublishedFacts:
    return PublishedFacts(
        get_language(),
        out.last,
        tuple((frame, tuple(periods)) for frame, periods in out.periods.items()),
        tuple((name, tuple(words.items())) for name, words in known.items()),
        tuple(inhabitants(settings.CITY, name) for name in known["district"]),
    )


class PrintedChoice(NamedTuple):
    asked: AskedFigures | None  # None while nothing is out
    form: SafeString


@lru_cache(maxsize=KEPT)
def printed_choice(said: tuple[tuple[str, str], ...], facts: PublishedFacts) -> PrintedChoice:
    """`said`: what the address says, field by field."""
    titles = {one: title_of(one) for _frame, periods in facts.periods for one in periods}
    form = FiguresForm(dict(said), out=facts.out, titles=titles, known=facts.known)
    asked = form.asked()
    if not asked:
        return PrintedChoice(None, SafeString())
    first, further = [form["zeit"], form["nach"]], [form[name] for name in DIMENSIONS]
    context = {
        "first": first,
        "further": further,
        "narrowed": bool(asked.question.where),
        "query": address_of(asked),
    }
    return PrintedChoice(asked, render_to_string("reports/choice.html", context))


@lru_cache(maxsize=KEPT)
def printed_answer(
    asked: AskedFigures,
    facts: PublishedFacts,
    courses: tuple[CourseCount, ...],
    taught: tuple[SupplyCount, ...],
) -> PrintedAnswer:
    """`courses`, `taught`: as the catalogue is now."""
    said = answered(asked, facts.known, facts.out, courses)
    said |= {"query": address_of(asked), "kinds": [(kind, NAMES[kind]) for kind in formats.KINDS]}
    rows = {"heat": heat(asked, facts.known, taught), "levels": Proficiency.labels}
    return PrintedAnswer(
        render_to_string("reports/answer.html", said), render_to_string("reports/heat.html", rows)
    )


@lru_cache(maxsize=KEPT)
def printed_offer(language: str, offer: PeriodOffer) -> SafeString:
    return render_to_string("reports/offer.html", offer._asdict())
