"""Open data for machines: files of its datasets, and their description in the words of others."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from courses.queries.concepts import exported
from figures import queries as figures
from figures.actions import UNNAMED
from figures.frames import OUTSIDE, Measure, Period, last_day
from reports import skos
from reports.datasets import in_german, portal
from reports.forms import values
from reports.opendata import DL_DE_BY, Column, DatasetIssue, dcat
from reports.opendata import files as formats
from reports.opendata.package import METHOD, as_package, as_readme
from reports.periods import key_of, period_of
from reports.queries import opendata as queries
from reports.views import wording
from tenancy.lens import look, public

#: A dimension as columns and addresses of files call it; these never change.
COLUMNS = {
    "area": "thema",
    "provider": "anbieter",
    "mode": "form",
    "language": "sprache",
    "age": "alter",
    "gender": "geschlecht",
    "district": "stadtteil",
    "competence": "kompetenz",
}
MEASURES = {
    Measure.ENROLLED: Column("begonnen", "integer", "So viele Menschen haben begonnen", True),
    Measure.COMPLETED: Column("abgeschlossen", "integer", "So viele haben abgeschlossen", True),
    Measure.CERTIFIED: Column("nachweise", "integer", "So viele haben einen Nachweis", True),
}
#: Of what is out for good, and of what is new each night.
FOR_GOOD, FOR_AN_HOUR = "public, max-age=86400, immutable", "public, max-age=3600"
Row = dict[str, Any]


@require_GET
def dataset(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """The newest version of a dataset that has one a day."""
    return _version(name, None, kind, FOR_AN_HOUR)


@require_GET
def version(request: HttpRequest, name: str, day: str, kind: str) -> HttpResponse:
    """That of a day, for good."""
    try:
        at = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    return _version(name, at, kind, FOR_GOOD)


@require_GET
def released(request: HttpRequest, period: str, table: str, kind: str) -> HttpResponse:
    """One released table of participation. It never changes."""
    found, dimensions = period_of(period), _dimensions(table)
    with look(public):
        if not found or found not in figures.released() or dimensions not in OUTSIDE[found.frame]:
            raise Http404
        with override("de"):
            rows = participation_rows(found, dimensions)
            title = f"Teilnahme: {wording.title_of(found)}, {slug_of(dimensions)}"
    about = _about(title, DL_DE_BY.url, found.released)
    content = formats.as_file(kind, _participation(dimensions), rows, about=about)
    return _file(content, formats.TYPES[kind], FOR_GOOD)


@require_GET
def described(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole as a catalogue for other portals (DCAT-AP.de)."""
    with look(public):
        issues, corrections = _issues(), queries.corrections()
    here = portal(_home())
    content = dcat.as_dcat(in_german().values(), issues, corrections, here, kind=kind)
    return _file(content, dcat.TYPES[kind], FOR_AN_HOUR)


@require_GET
def package(request: HttpRequest) -> HttpResponse:
    """`datapackage.json`: the newest version of each table, and all that is released."""
    with look(public):
        issues = _newest(_issues())
    today = timezone.localdate()
    response = JsonResponse(as_package(issues, portal(_home()), created=today))
    return _open(response, FOR_AN_HOUR)


@require_GET
def readme(request: HttpRequest) -> HttpResponse:
    with look(public):
        corrections = queries.corrections()
    text = as_readme(in_german().values(), corrections, portal(_home()))
    return _file(text.encode(), "text/markdown; charset=utf-8", FOR_AN_HOUR)


@require_GET
def withdrawn(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """Older files had exact figures; beside those of today they would give persons away."""
    return render(request, "reports/withdrawn.html", status=410)


@require_GET
def concepts(request: HttpRequest, kind: str) -> HttpResponse:
    """The concepts of the search as SKOS."""
    with look(public):
        listed = [skos.ExportedConcept(**each) for each in exported()]
    scheme = f"{settings.PUBLIC_URL}{reverse('reports:concepts', args=['ttl'])}"
    title = {"de": "Begriffe der Suche der Lernstadt", "en": "Concepts of the search of Lernstadt"}
    content = skos.as_skos(listed, scheme=scheme, title=title, kind=kind)
    return _file(content, dcat.TYPES[kind], FOR_AN_HOUR)


def participation_rows(period: Period, dimensions: tuple[str, ...]) -> list[Row]:
    """A row for each cell of which one figure is open; the others of it are None: fewer than ten."""
    known = values()
    known["provider"] = {**known["provider"], UNNAMED: _("Weitere Anbieter")}
    cells: dict[tuple[str, ...], dict[Measure, int]] = {}
    for one in figures.open_figures(period, dimensions):
        cells.setdefault(tuple(one.cell), {})[Measure(one.measure)] = one.shown
    return [
        {
            **{
                COLUMNS[name]: known.get(name, {}).get(value, value) or _("keine Angabe")
                for name, value in zip(dimensions, cell, strict=True)
            },
            **{column.name: shown.get(measure) for measure, column in MEASURES.items()},
        }
        for cell, shown in cells.items()
    ]


def slug_of(dimensions: tuple[str, ...]) -> str:
    return "-".join(COLUMNS[one] for one in dimensions)


def _dimensions(slug: str) -> tuple[str, ...]:
    names = {column: dimension for dimension, column in COLUMNS.items()}
    return tuple(names.get(one, "") for one in slug.split("-"))


def _participation(dimensions: tuple[str, ...]) -> list[Column]:
    return [*(Column(COLUMNS[one], "string", "Gruppe") for one in dimensions), *MEASURES.values()]


def _version(name: str, at: date | None, kind: str, keep: str) -> HttpResponse:
    with look(public):
        found = queries.version(name, at)
    one = in_german().get(name)
    if not found or not one:
        raise Http404
    about = _about(one.title, one.licence.url, found.day) | {"sha256": found.sha256}
    content = formats.as_file(kind, one.columns, found.rows, about=about)
    return _file(content, formats.TYPES[kind], keep)


def _about(title: str, licence: str, day: date) -> Row:
    return {
        "title": title,
        "publisher": settings.CITY["body"],
        "licence": licence,
        "released": day.isoformat(),
        "source": _home(),
        "method": METHOD,
    }


def _issues() -> list[DatasetIssue]:
    """Everything that is out: days of the datasets, tables of what is released."""
    listed = in_german()
    with override("de"):
        days = [
            DatasetIssue(
                listed[name], f"{listed[name].title}, Stand {day:%d.%m.%Y}", day, f"{name}/{day}"
            )
            for name, found in queries.days_of_versions().items()
            for day in found
            if name in listed
        ]
        return days + [
            DatasetIssue(
                listed["teilnahme"]._replace(columns=_participation(dimensions)),
                f"Teilnahme: {wording.title_of(period)}, {slug_of(dimensions)}",
                period.released,
                f"teilnahme/{key_of(period)}/{slug_of(dimensions)}",
                covers=(period.starts, last_day(period)),
            )
            for period in figures.released()
            for dimensions in OUTSIDE[period.frame]
        ]


def _newest(issues: list[DatasetIssue]) -> list[DatasetIssue]:
    """Of what has a version a day only the last one; all of what is released."""
    last: dict[str, date] = {}
    for one in issues:
        last[one.dataset.name] = max(one.day, last.get(one.dataset.name, one.day))
    return [one for one in issues if one.covers or one.day == last[one.dataset.name]]


def _home() -> str:
    return settings.PUBLIC_URL + reverse("reports:open_data")


def _file(content: bytes, kind: str, keep: str) -> HttpResponse:
    return _open(HttpResponse(content, content_type=kind), keep)


def _open(response: Any, keep: str) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = keep
    return response
