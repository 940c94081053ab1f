"""The office's figures: chosen by an address, read from what is published, said with what the noise allows."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from figures import queries
from figures.actions import first_month
from figures.frames import Frame, Measure, Period
from figures.questions import FigureQuestion, nearest
from providers.actions import record_for
from providers.decorators import needs
from providers.permissions import Right
from reports import charts, formats
from reports.charts import Series
from reports.comparing import tint
from reports.forms import TITLES, AskedFigures, FiguresForm, address_of, values
from reports.queries.offer import CourseCount, course_counts, run_count
from reports.views import wording
from tenancy.lens import CITY
from words.days import ZONE

#: Periods side by side in the course of time.
BACK = {Frame.MONTH: 12, Frame.QUARTER: 8, Frame.HALF: 6, Frame.YEAR: 5}
#: Ways out of a question that is too narrow.
OFFERED = 4
Known = dict[str, dict[str, str]]
Figures = dict[Measure, int | None]
Out = dict[Frame, list[Period]]


class Line(NamedTuple):
    value: str
    name: str
    figures: list[int | None]  # per measure
    courses: int | None
    percent: int  # of the longest bar


@require_GET
@needs(Right.FIGURES)
def office(request: HttpRequest) -> HttpResponse:
    """Numbers, no persons. The office lens opens no person's row, and this page reads published figures only."""
    form, known, out = _form(request)
    asked = form.asked()
    context: dict[str, Any] = {"form": form, "asked": asked, "first_due": _first_due(out)}
    if asked:
        counts = course_counts()
        context |= _offer(asked, counts) | {"query": address_of(asked)}
        if asked.question.is_allowed:
            context |= _answered(asked, known, out, counts)
        else:
            context |= _refused(asked, known, out)
    return render(request, "reports/office.html", context)


@require_GET
@needs(Right.FIGURES)
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The table that the same address shows, for a spreadsheet. Anyone who takes it along stands in the city's record."""
    record_for(CITY, "figures.downloaded", by=request.user)
    form, known, _out = _form(request)
    asked = form.asked()
    titles = wording.measures()
    rows: list[dict[str, Any]] = []
    first = _("Gruppe")
    if asked and asked.question.is_allowed:
        period = wording.title_of(asked.period)
        whole = _whole([asked.period], asked.question)[asked.period]
        lines = [(_("Zusammen"), [whole[one] for one in Measure])]
        lines += [(line.name, line.figures) for line in _lines(asked, known, [])]
        rows = [
            {_("Zeitraum"): period, first: name}
            | {
                titles[one]: wording.few() if figure is None else figure
                for one, figure in zip(Measure, found, strict=True)
            }
            for name, found in lines
        ]
    columns = [_("Zeitraum"), first, *titles.values()]
    response = HttpResponse(formats.as_csv(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lernstadt-zahlen.csv"'
    return response


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


def _answered(
    asked: AskedFigures, known: Known, out: Out, counts: list[CourseCount]
) -> dict[str, Any]:
    period = asked.period
    back = [one for one in out[period.frame] if one.starts <= period.starts][: BACK[period.frame]]
    found = _whole({*back, period, period.before}, asked.question)
    figures, before = found[period], found[period.before]
    titles = wording.measures()
    lines = _lines(asked, known, counts)
    parts = asked.question.by
    return {
        "headline": wording.answer(period, figures),
        "chosen": wording.in_words([known[name][value] for name, value in asked.question.where]),
        "share": wording.completed(figures),
        "figures": [
            {
                "title": titles[one],
                "value": figures[one],
                "note": wording.against(figures[one], before[one], period.before),
            }
            for one in Measure
        ],
        "lines": lines,
        "columns": [TITLES[parts[0]] if parts else "", *titles.values()],
        "lines_say": wording.leader([(line.name, line.figures[0]) for line in lines if line.value]),
        "time": _time(list(reversed(back)), found),
        "heat": _heat(asked, known, counts),
    }


def _refused(asked: AskedFigures, known: Known, out: Out) -> dict[str, Any]:
    """Why, and what may be asked instead."""
    offered = [
        AskedFigures(_same_time(asked.period, one.frame), one) for one in nearest(asked.question)
    ]
    ways = [one for one in offered if one.period in out[one.period.frame]][:OFFERED]
    return {
        "why": wording.too_narrow(asked.period),
        "ways": [{"url": address_of(one), "says": _described(one, known)} for one in ways],
    }


def _same_time(period: Period, frame: Frame) -> Period:
    """The period of another kind in which the end of this one lies."""
    last = period.starts.month + period.frame - 1
    month = (last - 1) // frame * frame + 1
    return Period(frame, period.starts.replace(month=month))


def _described(asked: AskedFigures, known: Known) -> str:
    parts = [wording.title_of(asked.period)]
    parts += [known[name][value] for name, value in asked.question.where]
    parts += [_("nach %(what)s") % {"what": TITLES[name]} for name in asked.question.by]
    return wording.in_words(parts)


def _whole(periods: Any, question: FigureQuestion) -> dict[Period, Figures]:
    """The figures of each period without any division."""
    listed = list(periods)
    found = queries.figures(
        question.frame, [one.starts for one in listed], (), dict(question.where)
    )
    return {
        one: {measure: found.get((one.starts, measure, ())) for measure in Measure}
        for one in listed
    }


def _lines(asked: AskedFigures, known: Known, courses: list[CourseCount]) -> list[Line]:
    """From the largest to the smallest figure that is shown, then by name: no order tells what is hidden."""
    if not asked.question.by:
        return []
    [by] = asked.question.by
    starts = asked.period.starts
    found = queries.figures(asked.question.frame, [starts], (by,), dict(asked.question.where))
    rows = [
        (value, name, [found.get((starts, measure, (value,))) for measure in Measure])
        for value, name in known[by].items()
    ]
    longest = max((row[2][0] or 0 for row in rows), default=0) or 1
    lines = [
        Line(value, name, figures, _courses(courses, by, value), 100 * (figures[0] or 0) // longest)
        for value, name, figures in rows
    ]
    return sorted(lines, key=lambda line: (-(line.figures[0] or 0), line.name))


def _courses(counts: list[CourseCount], by: str, value: str) -> int | None:
    """None where courses cannot be counted by this."""
    if by not in ("area", "competence", "provider"):
        return None
    return sum(one.courses for one in counts if str(getattr(one, by)) == value)


def _time(periods: list[Period], found: dict[Period, Figures]) -> dict[str, Any]:
    """The oldest first for the drawing, the newest first in the table."""
    labels = [wording.title_of(one) for one in periods]
    titles = wording.measures()
    series = [
        Series(key, titles[measure], [found[one][measure] for one in periods])
        for key, measure in (("a", Measure.ENROLLED), ("b", Measure.COMPLETED))
    ]
    rows = [
        [label, *({"title": titles[measure], "value": found[one][measure]} for measure in Measure)]
        for label, one in zip(labels, periods, strict=True)
    ]
    says = wording.course_of_time(periods, series[0].values)
    short = [
        date_format(one.starts, "M y") if one.frame is Frame.MONTH else label
        for one, label in zip(periods, labels, strict=True)
    ]
    return {
        "says": says,
        "series": [one._asdict() for one in series],
        "chart": charts.bar_chart(short, series, desc=says),
        "table": {
            "caption": _("Teilnahme im Lauf der Zeit"),
            "columns": [_("Zeitraum"), *titles.values()],
            "rows": rows[::-1],
        },
    }


def _heat(asked: AskedFigures, known: Known, counts: list[CourseCount]) -> list[dict[str, Any]]:
    """Each competence: courses now, and classes of figures of the period, of everybody."""
    starts = asked.period.starts
    found = queries.figures(asked.question.frame, [starts], ("competence",))
    rows = []
    for code, name in known["competence"].items():
        figures = [
            found.get((starts, measure, (code,)))
            for measure in (Measure.ENROLLED, Measure.COMPLETED)
        ]
        rows.append(
            {
                "area": code[0],
                "name": name,
                "courses": sum(one.courses for one in counts if one.competence == code),
                "cells": [{"tint": tint(figure), "class": _class_of(figure)} for figure in figures],
            }
        )
    return [
        {"name": name, "rows": [row for row in rows if row["area"] == area]}
        for area, name in known["area"].items()
    ]


def _class_of(figure: int | None) -> str:
    return [wording.few(), _("5 bis 19"), _("20 bis 49"), _("50 bis 99"), _("100 und mehr")][
        tint(figure)
    ]


def _offer(asked: AskedFigures, counts: list[CourseCount]) -> dict[str, Any]:
    """What took place in the period; live, since it is about no person."""
    provider = dict(asked.question.where).get("provider", "0")
    held = run_count(asked.period.starts, asked.period.ends, zone=ZONE.key, provider=int(provider))
    here = [one for one in counts if provider in ("0", str(one.provider))]
    return {
        "offer": held,
        "courses": sum(one.courses for one in here),
        "today": timezone.localdate(),
    }
