"""The office's figures: chosen by an address, read from what is published, taken along as a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from figures import queries
from figures.actions import first_month
from figures.frames import Frame, Measure, Period
from providers.actions import record_for
from providers.decorators import needs
from providers.permissions import Right
from reports import drawings, formats
from reports.forms import AskedFigures, FiguresForm, SavedViewForm, address_of, values
from reports.queries.offer import course_counts
from reports.queries.saved import saved_views
from reports.views import wording
from reports.views.answering import Known, Out, answered, divided, offer, refused, whole
from tenancy.lens import CITY


@require_GET
@needs(Right.FIGURES)
def office(request: HttpRequest) -> HttpResponse:
    """Numbers, no persons. The office lens opens no person's row, and this page reads published figures only."""
    form, known, out = _form(request)
    asked = form.asked()
    context: dict[str, Any] = {"form": form, "asked": asked, "first_due": _first_due(out)}
    if asked:
        counts, query = course_counts(), address_of(asked)
        views = saved_views()
        context |= offer(asked, counts)
        context |= {
            "query": query,
            "views": views,
            "this_view": next((one for one in views if one.query == query), None),
            "view_form": SavedViewForm(initial={"query": query}),
            "kinds": [(kind, NAMES[kind]) for kind in formats.KINDS],
        }
        if asked.question.is_allowed:
            context |= answered(asked, known, out, counts)
        else:
            context |= refused(asked, known, out)
    return render(request, "reports/office.html", context)


#: A kind of file, as its button says it.
NAMES = {"csv": "CSV", "xlsx": "Excel", "ods": "LibreOffice", "png": "PNG"}


@require_GET
@needs(Right.FIGURES)
def figures_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The table that the same address shows, for a spreadsheet, or its course of time as a picture.

    Anyone who takes it along stands in the city's record.
    """
    form, known, out = _form(request)
    asked = form.asked()
    if kind == "png" and not (asked and asked.question.is_allowed):
        raise Http404
    record_for(CITY, "figures.downloaded", by=request.user)
    if asked and kind == "png":
        answer = answered(asked, known, out, [])
        content = drawings.as_png(
            answer["time"]["chart"], title=answer["headline"], key=_key(answer)
        )
    else:
        columns, rows = _table(asked, known)
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


def _form(request: HttpRequest) -> tuple[FiguresForm, Known, Out]:
    out = queries.all_periods()
    known = values()
    titles = {one: wording.title_of(one) for periods in out.values() for one in periods}
    return FiguresForm(request.GET, out=out, titles=titles, known=known), known, out


def _first_due(out: Out) -> str:
    """While nothing is out: when the first figures come; "" while nobody learns."""
    if any(out.values()):
        return ""
    first = first_month()
    return date_format(Period(Frame.MONTH, first).due, "DATE_FORMAT") if first else ""
