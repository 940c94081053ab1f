"""What a report of a period says: for the office with its own figures, for others with the released ones alone."""

from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.queries.demand import missing
from figures import queries as figures
from figures.frames import OUTSIDE, Measure, Period, allowed
from figures.questions import FigureQuestion
from reports.forms import TITLES, values
from reports.indicators import indicators, values_now
from reports.queries.goals import goals
from reports.queries.offer import course_counts, run_count
from reports.views import wording
from reports.views.answering import whole
from reports.views.goals import described
from reports.views.open_files import participation_rows
from words.days import ZONE

#: What a report is divided by, one after the other.
PARTS = ("area", "provider", "mode", "competence", "age", "gender", "language", "district")


class Cell(NamedTuple):
    """A figure and the same of the year before, in words; "" where nothing was published then."""

    now: str
    before: str


class ReportTable(NamedTuple):
    title: str
    columns: list[str]
    rows: list[tuple[list[str], list[Cell]]]  # names, figures


def report_of(period: Period, *, outside: bool) -> dict[str, Any]:
    """Everything that stands in it, in the active language."""
    known, now = indicators(), values_now(timezone.localdate())
    runs = run_count(period.starts, period.ends, zone=ZONE.key)
    tables = _released(period) if outside else _published(period)
    said = whole([period, period.before, period.year_before], FigureQuestion(period.frame))
    return {
        "title": _("So lernt %(city)s: %(period)s")
        % {"city": settings.CITY["name"], "period": wording.title_of(period)},
        "outside": outside,
        "period": wording.title_of(period),
        "year_before": wording.title_of(period.year_before),
        "made": timezone.localdate(),
        "sentences": [] if outside else _sentences(period, said),
        "tables": tables,
        "courses": sum(one.courses for one in course_counts()),
        "runs": runs,
        "now": [(one.title, now[key], one.unit) for key, one in known.items() if not one.protected],
        "missing": missing()[:10],
        "goals": [
            described(one, known, now)
            for one in goals()
            if not one.ended_at and one.indicator in known
            if not (outside and known[one.indicator].protected)
        ],
        "methods": wording.methods(),
        "glossary": wording.glossary(),
        "city": settings.CITY,
    }


def _sentences(period: Period, said: dict[Period, dict[Measure, int | None]]) -> list[str]:
    titles = wording.measures()
    found = [wording.answer(period, said[period]), wording.completed(said[period])]
    for measure in Measure:
        for other in dict.fromkeys((period.before, period.year_before)):
            against = wording.against(said[period][measure], said[other][measure], other)
            found += [f"{titles[measure]}: {against}"] if against else []
    return found


def _published(period: Period) -> list[ReportTable]:
    known = values()
    span = [period.starts, period.year_before.starts]
    counted = period.year_before in figures.all_periods()[period.frame]
    found = []
    for part in PARTS:
        if not allowed(period.frame, (part,)):
            continue
        cells = figures.figures(period.frame, span, (part,))
        rows = [
            (
                [name],
                [
                    Cell(
                        wording.said(cells.get((span[0], measure, (value,)))),
                        wording.said(cells.get((span[1], measure, (value,)))) if counted else "",
                    )
                    for measure in Measure
                ],
            )
            for value, name in known[part].items()
            if any((at, measure, (value,)) in cells for at in span for measure in Measure)
        ]
        found.append(ReportTable(str(TITLES[part]), [str(TITLES[part])], rows))
    return [one for one in found if one.rows]


def _released(period: Period) -> list[ReportTable]:
    """The tables for everybody; a cell that was not released a year ago has no figure of then."""
    found = []
    counted = period.year_before in figures.released()
    for dimensions in OUTSIDE[period.frame]:
        names = [str(TITLES[one]) for one in dimensions]
        before = {
            tuple(list(row.values())[: len(dimensions)]): list(row.values())[len(dimensions) :]
            for row in participation_rows(period.year_before, dimensions)
        }
        rows = []
        for row in participation_rows(period, dimensions):
            said = list(row.values())
            name, now = said[: len(dimensions)], said[len(dimensions) :]
            then = before.get(tuple(name), [None] * len(now))
            cells = [
                Cell(_outside(one), _outside(was) if counted else "")
                for one, was in zip(now, then, strict=True)
            ]
            rows.append((name, cells))
        found.append(ReportTable(" × ".join(names), names, rows))
    return [one for one in found if one.rows]


def _outside(figure: int | None) -> str:
    return _("unter 10") if figure is None else wording.said(figure)
