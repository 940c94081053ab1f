"""What the office's page says to a question: read from what is published, said with what the noise allows."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from courses.districts import inhabitants
from courses.models import Proficiency
from figures import queries
from figures.frames import Frame, Measure, Period
from figures.models import VoluntaryAnswers
from figures.questions import FigureQuestion, nearest
from reports import charts
from reports.charts import Series
from reports.comparing import middle, tint, tint_of_courses
from reports.forms import TITLES, AskedFigures, address_of
from reports.queries.offer import CourseCount, RunCount, run_count
from reports.queries.supply import SupplyCount
from reports.views import wording
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
    density: str = ""  # per 1,000 inhabitants


def answered(
    asked: AskedFigures, known: Known, out: Out, counts: Iterable[CourseCount]
) -> dict[str, Any]:
    period = asked.period
    back = [one for one in out[period.frame] if one.starts <= period.starts][: BACK[period.frame]]
    found = whole({*back, period, period.before, period.year_before}, asked.question)
    figures = found[period]
    titles = wording.measures()
    lines = divided(asked, known, counts)
    parts = asked.question.by
    return {
        "headline": wording.answer(period, figures),
        "chosen": wording.in_words([known[name][value] for name, value in asked.question.where]),
        "share": wording.completed(figures),
        "density": _density(asked, figures),
        "figures": [
            {
                "title": titles[one],
                "value": figures[one],
                "notes": [
                    wording.against(figures[one], found[other][one], other)
                    for other in dict.fromkeys((period.before, period.year_before))
                ],
            }
            for one in Measure
        ],
        "lines": lines,
        "columns": [TITLES[parts[0]] if parts else "", *titles.values()],
        "lines_say": wording.leader([(line.name, line.figures[0]) for line in lines if line.value]),
        "middle": _middle(parts, lines),
        "time": _time(list(reversed(back)), found),
        "seats": _seats(asked, known),
    }


def _density(asked: AskedFigures, figures: Figures) -> str:
    """Of each 1,000 inhabitants, in a sentence; empty where that cannot be said."""
    where = dict(asked.question.where)
    people = inhabitants(settings.CITY, where.get("district", ""))
    return wording.density(figures[Measure.ENROLLED], people)


def _middle(parts: tuple[str, ...], lines: list[Line]) -> str:
    """In which group of ages the person in the middle is."""
    if parts != ("age",):
        return ""
    ages = {line.value: line for line in lines}
    ordered = [ages[age] for age in VoluntaryAnswers.Age.values]
    found = middle([line.figures[0] for line in ordered])
    return wording.in_the_middle(ordered[found].name) if found is not None else ""


def _seats(asked: AskedFigures, known: Known) -> list[dict[str, Any]]:
    """Sums of providers, of whole half-years alone."""
    if asked.period.frame is not Frame.HALF:
        return []
    one = dict(asked.question.where).get("provider")
    return [
        {
            "name": known["provider"][str(each.provider_id)],
            "taken": each.taken,
            "came": each.attended,
        }
        for each in queries.seat_sums(asked.period.starts)
        if str(each.provider_id) in known["provider"] and one in (None, str(each.provider_id))
    ]


def refused(asked: AskedFigures, known: Known, out: Out) -> dict[str, Any]:
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


def whole(periods: Any, question: FigureQuestion) -> dict[Period, Figures]:
    """The figures of each period without any division."""
    listed = list(periods)
    found = queries.figures(
        question.frame, [one.starts for one in listed], (), dict(question.where)
    )
    return {
        one: {measure: found.get((one.starts, measure, ())) for measure in Measure}
        for one in listed
    }


def divided(asked: AskedFigures, known: Known, courses: Iterable[CourseCount]) -> list[Line]:
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
        Line(
            value,
            name,
            figures,
            _courses(courses, by, value),
            100 * (figures[0] or 0) // longest,
            _per_thousand(by, value, figures[0]),
        )
        for value, name, figures in rows
    ]
    return sorted(lines, key=lambda line: (-(line.figures[0] or 0), line.name))


def _courses(counts: Iterable[CourseCount], by: str, value: str) -> int | None:
    """None where courses cannot be counted by this."""
    if by not in ("area", "competence", "provider"):
        return None
    return sum(one.courses for one in counts if str(getattr(one, by)) == value)


def _per_thousand(by: str, value: str, figure: int | None) -> str:
    """Empty where the figure, or the number of inhabitants, is not known."""
    people = inhabitants(settings.CITY, value) if by == "district" and value else 0
    return wording.per_thousand(figure, people)


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


def heat(asked: AskedFigures, known: Known, taught: Iterable[SupplyCount]) -> list[dict[str, Any]]:
    """Each competence: courses now at each of four levels, and classes of figures of the period, of everybody."""
    starts = asked.period.starts
    found = queries.figures(asked.question.frame, [starts], ("competence",))
    counts = {(one.competence, one.level): one.courses for one in taught}
    with override("de"):
        levels = [str(level.label) for level in Proficiency]
    rows = []
    for code, name in known["competence"].items():
        figures = [
            found.get((starts, measure, (code,)))
            for measure in (Measure.ENROLLED, Measure.COMPLETED)
        ]
        courses = [counts.get((code, level), 0) for level in levels]
        rows.append(
            {
                "area": code[0],
                "name": name,
                "courses": [{"tint": tint_of_courses(one), "count": one} for one in courses],
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


class PeriodOffer(NamedTuple):
    """What took place in a period, and how many courses the catalogue has now; about no person, so it is exact."""

    runs: RunCount
    courses: int


def offer(asked: AskedFigures, counts: Iterable[CourseCount]) -> PeriodOffer:
    provider = dict(asked.question.where).get("provider", "0")
    held = run_count(asked.period.starts, asked.period.ends, zone=ZONE.key, provider=int(provider))
    here = [one for one in counts if provider in ("0", str(one.provider))]
    return PeriodOffer(held, sum(one.courses for one in here))
