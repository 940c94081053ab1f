"""Open data: what is released of the figures, and the words of the search."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from courses.queries.concepts import exported
from figures import queries
from figures.actions import UNNAMED
from figures.frames import OUTSIDE, Measure, Period
from reports import formats, skos
from reports.forms import TITLES, values
from reports.periods import key_of, period_of
from reports.views import wording
from tenancy.lens import look, public
from tenancy.public_page import public_page

LICENCE = "Datenlizenz Deutschland – Namensnennung – Version 2.0"
LICENCE_URL = "https://www.govdata.de/dl-de/by-2-0"
#: Of what is about courses and words, not persons.
CC0 = "CC0 1.0"
CC0_URL = "https://creativecommons.org/publicdomain/zero/1.0/deed.de"
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
    Measure.ENROLLED: "begonnen",
    Measure.COMPLETED: "abgeschlossen",
    Measure.CERTIFIED: "nachweise",
}
#: Rows of a table that the page shows.
PREVIEW = 5


@require_GET
@public_page
def open_data(request: HttpRequest) -> HttpResponse:
    released = [_described(period) for period in queries.released()]
    context = {
        "released": released,
        "next_day": None if released else next_release(timezone.localdate()),
        "parts": [_described_catalogue(), _described_concepts()],
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "attribution": f"{settings.CITY['body']}, {settings.CITY['title']}",
        "days": release_days(timezone.localdate()),
    }
    return render(request, "reports/open_data.html", context)


def release_days(today: date) -> list[date]:
    """The next four: they are announced a year ahead."""
    months = [
        date(today.year + n // 12, n % 12 + 1, 15) for n in range(today.month - 1, today.month + 13)
    ]
    return [day for day in months if day.month in (2, 5, 8, 11) and day > today][:4]


def next_release(today: date) -> date:
    return release_days(today)[0]


@require_GET
def dataset(request: HttpRequest, period: str, table: str, kind: str) -> HttpResponse:
    """One released table as a file. It never changes, so it may be kept for good."""
    found = period_of(period)
    dimensions = _dimensions(table)
    with look(public):
        if not found or found not in queries.released() or dimensions not in OUTSIDE[found.frame]:
            raise Http404
        rows = list(_rows(found, dimensions))
    response = _file(found, dimensions, rows, kind)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=86400, immutable"
    return response


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
    types = {"ttl": "text/turtle; charset=utf-8", "jsonld": "application/ld+json"}
    response = HttpResponse(content, content_type=types[kind])
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _described(period: Period) -> dict[str, Any]:
    tables = []
    for dimensions in OUTSIDE[period.frame]:
        rows = list(_rows(period, dimensions))
        if rows:
            tables.append(
                {
                    "title": " × ".join(str(TITLES[one]) for one in dimensions),
                    "columns": [
                        *(str(TITLES[one]) for one in dimensions),
                        *wording.measures().values(),
                    ],
                    "rows": [list(row.values()) for row in rows[:PREVIEW]],
                    "more": max(len(rows) - PREVIEW, 0),
                    "files": [
                        {"format": kind.upper(), "url": _address(period, dimensions, kind)}
                        for kind in ("csv", "json")
                    ],
                }
            )
    return {
        "title": wording.title_of(period),
        "key": key_of(period),
        "day": period.released,
        "tables": tables,
    }


def _address(period: Period, dimensions: tuple[str, ...], kind: str) -> str:
    return reverse("reports:dataset", args=[key_of(period), _slug(dimensions), kind])


def _slug(dimensions: tuple[str, ...]) -> str:
    return "-".join(COLUMNS[one] for one in dimensions)


def _dimensions(slug: str) -> tuple[str, ...]:
    names = {column: dimension for dimension, column in COLUMNS.items()}
    return tuple(names.get(one, "") for one in slug.split("-"))


def _rows(period: Period, dimensions: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """A row for each cell of which one figure is open; the others of it are "unter 10"."""
    known = values()
    known["provider"] = {**known["provider"], UNNAMED: _("Weitere Anbieter")}
    cells: dict[tuple[str, ...], dict[Measure, int]] = {}
    for one in queries.open_figures(period, dimensions):
        cells.setdefault(tuple(one.cell), {})[Measure(one.measure)] = one.shown
    for cell, figures in cells.items():
        words = [
            known.get(name, {}).get(value, value) or _("keine Angabe")
            for name, value in zip(dimensions, cell, strict=True)
        ]
        yield {
            **{COLUMNS[name]: word for name, word in zip(dimensions, words, strict=True)},
            **{column: figures.get(measure, formats.FEW) for measure, column in MEASURES.items()},
        }


def _file(
    period: Period, dimensions: tuple[str, ...], rows: list[dict[str, Any]], kind: str
) -> HttpResponse:
    columns = [*(COLUMNS[one] for one in dimensions), *MEASURES.values()]
    if kind == "csv":
        return HttpResponse(formats.as_csv(columns, rows), content_type="text/csv; charset=utf-8")
    return JsonResponse(
        {
            "title": f"{wording.title_of(period)}: {_slug(dimensions)}",
            "publisher": settings.CITY["body"],
            "licence": LICENCE_URL,
            "released": period.released,
            "source": f"{settings.PUBLIC_URL}{reverse('reports:open_data')}",
            "method": "Cell key method: every figure is changed by at most 5; below 10 none is shown.",
            "columns": columns,
            "rows": rows,
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _described_catalogue() -> dict[str, Any]:
    """The courses as others gather them."""
    doors = {"MOOChub": "moochub", "AMB": "amb", "RSS": "rss"}
    files = [{"format": name, "url": reverse(f"courses:{door}")} for name, door in doors.items()]
    harvested = {"format": "OAI-PMH", "url": f"{reverse('courses:oai')}?verb=Identify"}
    return {
        "key": "katalog",
        "title": _("Katalog der Kurse"),
        "description": _(
            "Alle Kurse für andere Portale: als MOOChub 3.0, als AMB (ein Kurs pro Zeile), als RSS und über OAI-PMH. Immer auf dem Stand des Katalogs."
        ),
        "licence": CC0,
        "licence_url": CC0_URL,
        "files": [*files, harvested],
    }


def _described_concepts() -> dict[str, Any]:
    """The words of the search as a thesaurus; no figures."""
    return {
        "key": "begriffe",
        "title": _("Begriffe der Suche"),
        "description": _(
            "Was Menschen meinen und wie sie es nennen, in neun Sprachen: ein Thesaurus in SKOS. Kennungen ändern sich nie."
        ),
        "licence": CC0,
        "licence_url": CC0_URL,
        "files": [
            {"format": name, "url": reverse("reports:concepts", args=[kind])}
            for kind, name in (("ttl", "Turtle"), ("jsonld", "JSON-LD"))
        ],
    }
