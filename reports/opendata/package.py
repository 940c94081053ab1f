"""The open data as a package (Frictionless Data Package 1.0): a description beside the files, and the same in words (README)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from reports.opendata.dataset import FEW, Column, DatasetIssue, OpenCorrection, OpenDataset, Portal

METHOD = (
    "Alle Zahlen über Menschen sind leicht verändert (Cell-Key-Methode, um höchstens 5), Werte unter 10 fehlen. "
    "Zeilen ergeben zusammen nicht genau die Summe. Veröffentlichte Zahlen ändern sich nie."
)


def as_package(issues: Sequence[DatasetIssue], portal: Portal, *, created: date) -> dict[str, Any]:
    """`datapackage.json`. `issues`: those of which the CSV files lie beside it."""
    licences = {each.dataset.licence for each in issues}
    return {
        "profile": "tabular-data-package",
        "name": "lernstadt-offene-daten",
        "id": portal.home,
        "title": portal.title,
        "description": METHOD,
        "homepage": portal.home,
        "created": created.isoformat() + "T00:00:00Z",
        "licenses": [
            {"name": one.code, "title": one.title, "path": one.url} for one in sorted(licences)
        ],
        "contributors": [
            {"title": portal.publisher, "path": portal.publisher_url, "role": "publisher"},
            {"title": portal.contact, "role": "contributor"}
            | ({"email": portal.email} if portal.email else {}),
        ],
        "resources": [_resource(each) for each in issues],
    }


def _resource(issue: DatasetIssue) -> dict[str, Any]:
    one = issue.dataset
    return {
        "profile": "tabular-data-resource",
        "name": issue.path.replace("/", "-"),
        "path": f"{issue.path}.csv",
        "title": issue.title,
        "description": one.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ";", "quoteChar": '"', "doubleQuote": True, "header": True},
        "licenses": [
            {"name": one.licence.code, "title": one.licence.title, "path": one.licence.url}
        ],
        "schema": {
            "fields": [_field(column) for column in one.columns],
            "missingValues": ["", FEW],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.kind, "description": column.says}
    if column.kind == "boolean":
        field |= {"trueValues": ["ja"], "falseValues": ["nein"]}
    return field


def as_readme(
    datasets: Iterable[OpenDataset], corrections: Iterable[OpenCorrection], portal: Portal
) -> str:
    """In German, as Markdown."""
    parts = [
        f"# {portal.title}",
        "",
        f"Herausgegeben von: {portal.publisher} ({portal.publisher_url})",
        "",
    ]
    parts += [
        "Fragen: " + ", ".join(filter(None, [portal.contact, portal.email])),
        "",
        f"Seite: {portal.home}",
        "",
        METHOD,
        "",
    ]
    for one in datasets:
        parts += [f"## {one.title} (`{one.name}`)", "", one.description, ""]
        parts += [f"Lizenz: [{one.licence.title}]({one.licence.url})", ""]
        if one.columns:
            parts += ["| Spalte | Art | Bedeutung |", "|---|---|---|"]
            parts += [f"| `{each.name}` | {each.kind} | {each.says} |" for each in one.columns]
            parts.append("")
    parts += ["## Berichtigungen", ""]
    listed = [f"- {each.day.isoformat()} (`{each.dataset}`): {each.text}" for each in corrections]
    return "\n".join([*parts, *(listed or ["Keine."]), ""])
