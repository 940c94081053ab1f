"""Open data for people: what there is, its first rows, its files, what was wrong with it."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from figures import queries as figures
from figures.frames import OUTSIDE, Period
from reports.datasets import datasets
from reports.forms import TITLES
from reports.opendata import DL_DE_BY, OpenDataset
from reports.periods import key_of
from reports.queries import opendata as queries
from reports.views import wording
from reports.views.open_files import participation_rows, slug_of
from tenancy.public_page import public_page

#: Rows of a table that the page shows.
PREVIEW = 5
#: Days of older versions that the page links; all are in the catalogue for machines.
OLDER = 12
KINDS = ("csv", "json", "parquet")
NAMES = {
    "csv": "CSV",
    "json": "JSON",
    "parquet": "Parquet",
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "rdf": "RDF/XML",
}


@require_GET
@public_page
def open_data(request: HttpRequest) -> HttpResponse:
    """Three statements, and one for each released table."""
    days, first = queries.days_of_versions(), queries.beginnings(PREVIEW)
    released = [_released(period) for period in figures.released()]
    described = datasets()
    context = {
        "released": released,
        "next_day": None if released else next_release(timezone.localdate()),
        "participation": described.pop("teilnahme"),
        "parts": [_part(one, days.get(name, []), first.get(name)) for name, one in described.items()],
        "corrections": [
            {"day": one.day, "text": one.text, "title": datasets()[one.dataset].title}
            for one in queries.corrections()
        ],
        "catalogue": [
            {"format": NAMES[kind], "url": reverse("reports:dcat", args=[kind])}
            for kind in ("ttl", "jsonld", "rdf")
        ],
        "licence": DL_DE_BY,
        "attribution": f"{settings.CITY['body']}, {settings.CITY['title']}",
        "days": release_days(timezone.localdate()),
    }  # fmt: skip
    return render(request, "reports/open_data.html", context)


def release_days(today: date) -> list[date]:
    """The next four: they are announced a year ahead."""
    months = [
        date(today.year + n // 12, n % 12 + 1, 15) for n in range(today.month - 1, today.month + 13)
    ]
    return [day for day in months if day.month in (2, 5, 8, 11) and day > today][:4]


def next_release(today: date) -> date:
    return release_days(today)[0]


def _part(
    one: OpenDataset, days: list[date], first: tuple[list[dict[str, Any]], int] | None
) -> dict[str, Any]:
    """A dataset with a version a day, or one that is no table."""
    newest = [
        {"format": NAMES[kind], "url": reverse("reports:dataset", args=[one.name, kind])}
        for kind in KINDS * bool(first)
    ]
    own = [
        {"format": NAMES[kind], "url": address.removeprefix(settings.PUBLIC_URL)}
        for kind, address in one.files
    ]
    return {
        "dataset": one,
        "files": newest + own + (_for_portals() if one.name == "kurse" else []),
        "day": days[0] if days else None,
        "older": [
            {"day": day, "url": reverse("reports:version", args=[one.name, day.isoformat(), "csv"])}
            for day in days[1 : OLDER + 1]
        ],
        "table": _beginning(one, *first) if first else None,
    }


def _beginning(one: OpenDataset, rows: list[dict[str, Any]], count: int) -> dict[str, Any]:
    return {
        "title": one.title,
        "columns": [each.name for each in one.columns],
        "rows": [[_said(row[each.name]) for each in one.columns] for row in rows],
        "count": count,
        "more": max(count - len(rows), 0),
    }


def _said(value: Any) -> Any:
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    return "–" if value is None else value


def _released(period: Period) -> dict[str, Any]:
    tables = []
    for dimensions in OUTSIDE[period.frame]:
        rows = participation_rows(period, dimensions)
        if rows:
            told = [[wording.outside(value) for value in row.values()] for row in rows[:PREVIEW]]
            title = " × ".join(str(TITLES[one]) for one in dimensions)
            tables.append(
                {
                    "title": title,
                    "full_title": f"{wording.title_of(period)}, {title}",
                    "columns": [
                        *(str(TITLES[one]) for one in dimensions),
                        *wording.measures().values(),
                    ],
                    "rows": told,
                    "more": max(len(rows) - PREVIEW, 0),
                    "files": [
                        {
                            "format": NAMES[kind],
                            "url": reverse(
                                "reports:released", args=[key_of(period), slug_of(dimensions), kind]
                            ),
                        }
                        for kind in KINDS
                    ],
                }
            )
    return {
        "title": wording.title_of(period),
        "key": key_of(period),
        "day": period.released,
        "tables": tables,
    }


def _for_portals() -> list[dict[str, str]]:
    """The courses as others gather them, always as the catalogue is now."""
    doors = {"MOOChub": "moochub", "AMB": "amb", "RSS": "rss"}
    files = [{"format": name, "url": reverse(f"courses:{door}")} for name, door in doors.items()]
    return [*files, {"format": "OAI-PMH", "url": f"{reverse('courses:oai')}?verb=Identify"}]
