"""The city's figures: for the office as a page, for everybody as open data. Both show the same protected tables."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from courses.queries.concepts import exported
from courses.topics import topics
from providers.actions import record_for
from providers.decorators import needs
from providers.permissions import Right
from reports import charts, formats, privacy, queries, skos
from reports.charts import Series
from reports.queries import MEASURES, PublishedDataset
from tenancy.lens import CITY, look, public
from tenancy.public_page import public_page

TABLES = ("anbieter", "themen", "monate")
LICENCE = "Datenlizenz Deutschland – Namensnennung – Version 2.0"
LICENCE_URL = "https://www.govdata.de/dl-de/by-2-0"


def _titles() -> dict[str, str]:
    return {
        "courses": _("Kurse"),
        "enrolments": _("Anmeldungen"),
        "completions": _("Abschlüsse"),
        "certificates": _("Nachweise"),
    }


def _first_column(table: str) -> str:
    return {"anbieter": _("Anbieter"), "themen": _("Thema"), "monate": _("Monat")}[table]


@require_GET
@needs(Right.FIGURES)
def office(request: HttpRequest) -> HttpResponse:
    """Numbers, no persons. The office lens opens no person's row, and this page reads published tables only."""
    tables = queries.all_published()
    if not tables:
        return render(
            request, "reports/office.html", {"stand": None, "threshold": privacy.THRESHOLD}
        )
    months, areas = tables["monate"], tables["themen"]
    totals = areas.total
    figures = [
        {"title": title, "value": totals.get(measure), "note": ""}
        for measure, title in _titles().items()
    ]
    names = topics()
    area_rows = [{**row, "label": names[row["key"]]} for row in areas.rows]
    context = {
        "stand": areas.updated_at,
        "threshold": privacy.THRESHOLD,
        "figures": figures,
        "months": _months(months),
        "by_provider": _table("anbieter", tables["anbieter"].rows, courses=True),
        "by_area": _table("themen", area_rows, courses=True),
        "bars_area": _bars(area_rows),
        "csv_url": reverse("reports:figures_csv"),
    }
    return render(request, "reports/office.html", context)


def _bars(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    percents = charts.shares([row["enrolments"] for row in rows])
    bars = [
        {"label": row["label"], "value": row["enrolments"], "percent": percent}
        for row, percent in zip(rows, percents, strict=True)
    ]
    return sorted(bars, key=lambda bar: -bar["percent"])


def _table(name: str, rows: list[dict[str, Any]], *, courses: bool) -> dict[str, Any]:
    measures = ("courses", *MEASURES) if courses else MEASURES
    titles = _titles()
    captions = {
        "anbieter": _("Angebot und Teilnahme je Anbieter"),
        "themen": _("Angebot und Teilnahme je Thema"),
        "monate": _("Teilnahme je Monat"),
    }
    return {
        "caption": captions[name],
        "columns": [_first_column(name), *(titles[m] for m in measures)],
        "rows": [
            [row["label"], *({"title": titles[m], "value": row.get(m)} for m in measures)]
            for row in rows
        ],
    }


def _months(months: PublishedDataset) -> dict[str, Any]:
    titles = _titles()
    days = [date.fromisoformat(f"{row['key']}-01") for row in months.rows]
    long = [date_format(day, "F Y") for day in days]
    series = [
        Series(key, titles[measure], [row[measure] for row in months.rows])
        for key, measure in (("a", "enrolments"), ("b", "completions"))
    ]
    rows = [{**row, "label": label} for row, label in zip(months.rows, long, strict=True)]
    return {
        "labels": long,
        "series": [s._asdict() for s in series],
        "chart": charts.bar_chart(
            [date_format(day, "M y") for day in days], series, desc=_describe(series[0], long)
        ),
        "table": _table("monate", rows, courses=False),
    }


def _describe(series: Series, labels: list[str]) -> str:
    values = [(v, label) for v, label in zip(series.values, labels, strict=True) if v is not None]
    if not values:
        return _("Alle Werte sind geschützt.")
    (least, low), (most, high) = min(values), max(values)
    return _("%(title)s: am meisten %(most)s im %(high)s, am wenigsten %(least)s im %(low)s.") % {
        "title": series.title,
        "most": most,
        "high": high,
        "least": least,
        "low": low,
    }


@require_GET
@needs(Right.FIGURES)
def figures_csv(request: HttpRequest) -> HttpResponse:
    """All tables in one long file, for a spreadsheet. Anyone who takes it along stands in the city's record."""
    record_for(CITY, "figures.downloaded", by=request.user)
    columns = ["Tabelle", "Gruppe", "Kurse", "Anmeldungen", "Abschlüsse", "Nachweise"]
    keys = ("courses", *MEASURES)
    rows = []
    for name, table in queries.all_published().items():
        rows += [
            {"Tabelle": name, "Gruppe": row["label"]}
            | {c: row.get(k, "") for c, k in zip(columns[2:], keys, strict=True)}
            for row in _readable(name, table)
        ]
    response = HttpResponse(formats.as_csv(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lernstadt-zahlen.csv"'
    return response


def _readable(name: str, table: PublishedDataset) -> list[dict[str, Any]]:
    if name != "themen":
        return table.rows
    names = topics()
    return [{**row, "label": names[row["key"]]} for row in table.rows]


@require_GET
@public_page
def open_data(request: HttpRequest) -> HttpResponse:
    tables = queries.all_published()
    datasets = [_described(name, tables[name]) for name in TABLES if name in tables]
    datasets.append(_described_concepts())
    return render(request, "reports/open_data.html", {"datasets": datasets})


def _described(name: str, table: PublishedDataset) -> dict[str, Any]:
    titles = {
        "anbieter": _("Teilnahme je Anbieter"),
        "themen": _("Teilnahme je Thema"),
        "monate": _("Teilnahme je Monat"),
    }
    meanings = {
        "courses": _("Kurse im Katalog"),
        "enrolments": _("Anmeldungen zu Kursen"),
        "completions": _("Abgeschlossene Kurse"),
        "certificates": _("Ausgestellte Nachweise"),
    }
    columns = [c for c in ("courses", *MEASURES) if table.rows and c in table.rows[0]]
    files = [_file(name, table, kind) for kind in ("csv", "json")]
    return {
        "name": name,
        "title": titles[name],
        "description": _(
            "Zahlen aus allen Kursen. Zahlen von 1 bis 9 sind geschützt, ebenso jede Zahl, aus der man sie ausrechnen könnte."
        ),
        "updated": table.updated_at,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "attribution": f"{settings.CITY['body']}, {settings.CITY['title']}",
        "files": files,
        "columns": [
            {"name": "key", "meaning": _("Kennung der Gruppe")},
            {"name": "label", "meaning": _first_column(name)},
            *({"name": c, "meaning": meanings[c]} for c in columns),
        ],
    }


def _described_concepts() -> dict[str, Any]:
    """The words of the search as a thesaurus; no figures."""
    return {
        "name": "begriffe",
        "title": _("Begriffe der Suche"),
        "description": _(
            "Was Menschen meinen und wie sie es nennen, in neun Sprachen: ein Thesaurus in SKOS. Kennungen ändern sich nie."
        ),
        "updated": None,
        "licence": "CC0 1.0",
        "licence_url": "https://creativecommons.org/publicdomain/zero/1.0/deed.de",
        "attribution": "",
        "files": [
            {"format": name, "url": reverse("reports:concepts", args=[kind]), "size": 0}
            for kind, name in (("ttl", "Turtle"), ("jsonld", "JSON-LD"))
        ],
        "columns": [],
    }


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


def _file(name: str, table: PublishedDataset, kind: str) -> dict[str, Any]:
    size = len(_content(name, table, kind).content)
    return {
        "format": kind.upper(),
        "url": reverse("reports:dataset", args=[name, kind]),
        "size": size,
    }


@require_GET
def dataset(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """One table as a file."""
    with look(public):
        table = queries.published(name)
    if not table:
        raise Http404
    response = _content(name, table, kind)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _content(name: str, table: PublishedDataset, kind: str) -> HttpResponse:
    rows = _readable(name, table)
    if kind == "csv":
        columns = ["key", "label", *(c for c in ("courses", *MEASURES) if rows and c in rows[0])]
        text = formats.as_csv(columns, rows)
        return HttpResponse(text, content_type="text/csv; charset=utf-8")
    return JsonResponse(
        {
            "title": _described_title(name),
            "publisher": settings.CITY["body"],
            "licence": LICENCE_URL,
            "updated": table.updated_at,
            "source": f"{settings.PUBLIC_URL}{reverse('reports:open_data')}",
            "protected": "null: hidden, because fewer than 10 persons could be meant",
            "rows": rows,
            "total": table.total,
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _described_title(name: str) -> str:
    return f"{_first_column(name)}: {_titles()['enrolments']}, {_titles()['completions']}"
