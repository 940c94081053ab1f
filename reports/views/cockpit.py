"""The office's figures: chosen by an address, read from what is published, taken along as a file."""

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from figures import queries
from figures.actions import first_month
from figures.frames import Frame, Measure, Period
from providers.actions import record_for
from providers.decorators import needs
from providers.permissions import Right
from reports import drawings, formats
from reports.forms import DIMENSIONS, AskedFigures, address_of, values
from reports.queries.offer import course_counts
from reports.queries.saved import saved_views
from reports.queries.supply import supply
from reports.views import wording
from reports.views.answering import Known, answered, divided, offer, refused, whole
from reports.views.printed import (
    PublishedFacts,
    facts_of,
    printed_answer,
    printed_choice,
    printed_offer,
)
from tenancy.lens import CITY
from tenancy.public_page import kept_while_printed

#: What a page says of the catalogue beside its figures; the statements read every course, and nothing changes until something is printed.
courses_now = kept_while_printed(course_counts)
taught_now = kept_while_printed(supply)


@require_GET
@needs(Right.FIGURES)
def office(request: HttpRequest) -> HttpResponse:
    """Numbers, no persons. The office lens opens no person's row, and this page reads published figures only."""
    asked, form, facts = _asked(request)
    context: dict[str, Any] = {"form": form, "asked": asked, "first_due": _first_due(facts)}
    if asked:
        counts, query = courses_now(), address_of(asked)
        views = saved_views()
        context |= {
            "offer": printed_offer(get_language(), offer(asked, counts)),
            "query": query,
            "views": views,
            "this_view": next((one for one in views if one.query == query), None),
        }
        if asked.question.is_allowed:
            context["printed"] = printed_answer(asked, facts, counts, taught_now())
        else:
            context |= refused(asked, facts.known, facts.out)
    return render(request, "reports/office.html", context)


@require_GET
@needs(Right.FIGURES)
def figures_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The table that the same address shows, for a spreadsheet, or its course of time as a picture.

    Anyone who takes it along stands in the city's record.
    """
    asked, _choice, facts = _asked(request)
    if kind == "png" and not (asked and asked.question.is_allowed):
        raise Http404
    record_for(CITY, "figures.downloaded", by=request.user)
    if asked and kind == "png":
        answer = answered(asked, facts.known, facts.out, [])
        content = drawings.as_png(
            answer["time"]["chart"], title=answer["headline"], key=_key(answer)
        )
    else:
        columns, rows = _table(asked, facts.known)
        content = formats.as_file(kind, columns, rows, title=_("Zahlen"))
    response = HttpResponse(content, content_type=formats.TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="lernstadt-zahlen.{kind}"'
    return response


def _key(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["key"], one["title"]) for one in answer["time"]["series"]]


def _table(asked: AskedFigures | None, known: Known) -> tuple[list[str], list[list[Any]]]:
    """The whole and its lines; without an answer the head alone."""
    titles = wording.measures()
    columns = [_("Zeitraum"), _("Gruppe"), *titles.values()]
    if not asked or not asked.question.is_allowed:
        return columns, []
    period = wording.title_of(asked.period)
    total = whole([asked.period], asked.question)[asked.period]
    lines = [(_("Zusammen"), [total[one] for one in Measure])]
    lines += [(line.name, line.figures) for line in divided(asked, known, [])]
    return columns, [
        [period, name, *(wording.few() if one is None else one for one in found)]
        for name, found in lines
    ]


class _Asked(NamedTuple):
    asked: AskedFigures | None
    choice: SafeString
    facts: PublishedFacts


def _asked(request: HttpRequest) -> _Asked:
    facts = facts_of(values(), queries.publication())
    said = tuple((name, request.GET.get(name, "")) for name in ("zeit", "nach", *DIMENSIONS))
    return _Asked(*printed_choice(said, facts), facts)


def _first_due(facts: PublishedFacts) -> str:
    """While nothing is out: when the first figures come; "" while nobody learns."""
    if facts.published:
        return ""
    first = first_month()
    return date_format(Period(Frame.MONTH, first).due, "DATE_FORMAT") if first else ""
