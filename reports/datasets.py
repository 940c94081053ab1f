"""The datasets of the open data: what each is called, and its rows as they are today. Names of datasets and columns never change."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from courses.exchange import SharedCourse
from courses.models import Competence, Proficiency
from courses.topics import topics
from figures import queries as figures
from figures.frames import Frame, Measure
from reports.opendata import CC0, DAILY, DL_DE_BY, QUARTERLY, Column, OpenDataset, Portal
from reports.queries.opendata import all_courses, offered_runs
from reports.queries.supply import supply
from words.days import day

Rows = list[dict[str, Any]]
#: Mark of a course or a run -> column; what is promised, not what is known.
PROMISES = {
    "simple": ("leichte_sprache", "Es gibt eine geprüfte Fassung in Leichter Sprache (Kurse)"),
    "captions": ("untertitel", "Alle Videos haben Untertitel (Kurse)"),
    "keyboard": ("tastatur", "Alles geht mit der Tastatur (Kurse)"),
    "reader": ("vorlesen", "Alles geht mit einem Vorlese-Programm (Kurse)"),
    "stepfree": ("ohne_stufen", "Der Eingang hat keine Stufen (Termine)"),
    "lift": ("aufzug", "Es gibt einen Aufzug (Termine)"),
    "toilet": ("toilette", "Es gibt eine Toilette für Rollstühle (Termine)"),
    "loop": ("induktionsschleife", "Es gibt eine Induktionsschleife (Termine)"),
    "interpreter": ("gebaerdensprache", "Gebärdensprache auf Anfrage (Termine)"),
    "parking": ("parkplatz", "Es gibt einen Parkplatz mit Rollstuhl-Zeichen (Termine)"),
    "childcare": ("kinderbetreuung", "Es gibt Kinderbetreuung (Termine)"),
}
OF_COURSES = ("simple", "captions", "keyboard", "reader")
#: In the order of DigComp; the columns of supply.
LEVELS = {
    Proficiency.BASIC: "kurse_grundlegend",
    Proficiency.INTERMEDIATE: "kurse_mittel",
    Proficiency.ADVANCED: "kurse_fortgeschritten",
    Proficiency.HIGHLY_ADVANCED: "kurse_weit_fortgeschritten",
}
_KEY = Column("kennung", "string", "Bleibt immer gleich")
_TITLE = Column("titel", "string", "Wie es heißt")
_PROVIDER = Column("anbieter", "string", "Wer es anbietet")
_ADDRESS = Column("adresse", "string", "Adresse der Seite")
COURSES = (
    _KEY,
    _TITLE,
    _PROVIDER,
    _ADDRESS,
    Column("stufe", "string", "einstieg, grundlagen oder aufbau"),
    Column("minuten", "integer", "So lange dauert er ungefähr"),
    Column("kompetenzen", "string", "Nummern in DigComp 3.0, mit Leerzeichen dazwischen"),
    Column("sprachen", "string", "Kürzel nach BCP 47, mit Leerzeichen dazwischen"),
    Column("lizenz", "string", "Kürzel nach SPDX; leer: alle Rechte vorbehalten"),
    Column("ohne_konto", "boolean", "Ganz ohne Konto zu lesen"),
    Column("eigenes_handy", "boolean", "Man braucht ein eigenes Handy"),
    Column("geaendert", "date", "Tag der letzten Änderung"),
)
ACCESS = (
    Column("art", "string", "kurs (im Netz) oder termin (Durchführung)"),
    _KEY,
    _TITLE,
    _PROVIDER,
    _ADDRESS,
    *(Column(name, "boolean", says) for name, says in PROMISES.values()),
)
SUPPLY = (
    Column("kompetenz", "string", "Nummer in DigComp 3.0"),
    Column("titel", "string", "Titel der Kompetenz"),
    Column("bereich", "string", "Bereich in den Worten des Katalogs"),
    *(
        Column(name, "integer", f"Kurse, die auf Stufe {n} von 4 führen")
        for n, name in enumerate(LEVELS.values(), 1)
    ),
    Column("jahr", "integer", "Letztes Jahr, dessen Zahlen freigegeben sind"),
    Column("begonnen", "integer", "So viele Menschen haben in dem Jahr begonnen (geschützt)", True),
    Column("abgeschlossen", "integer", "So viele haben abgeschlossen (geschützt)", True),
)


def datasets() -> dict[str, OpenDataset]:
    """{name: dataset}, in the order of the page, in the reader's language; columns are German."""
    words = (_("Bildung"), _("digitale Kompetenzen"), settings.CITY["name"])
    listed = (
        _table("kurse", _("Katalog der Kurse"), _("Alle Kurse, die es gerade gibt. Jede Nacht neu."), COURSES, words),
        OpenDataset(
            "teilnahme",
            _("Teilnahme"),
            _("Wie viele Menschen Kurse begonnen und abgeschlossen haben. Alle Zahlen sind leicht verändert."),
            (),
            DL_DE_BY,
            words,
            QUARTERLY,
        ),
        _table(
            "barrieren",
            _("Zugänge ohne Barrieren"),
            _("Was Kurse und Termine für Menschen mit Behinderungen zusagen. „nein“ heißt: nicht zugesagt."),
            ACCESS,
            words,
        ),
        _table(
            "kompetenzen",
            _("Angebot und Nachfrage je Kompetenz"),
            _("Wie viele Kurse eine Kompetenz auf welcher Stufe lehren, und wie viele Menschen sie lernen."),
            SUPPLY,
            words,
        ),
        _concepts(words),
    )  # fmt: skip
    return {one.name: one for one in listed}


def in_german() -> dict[str, OpenDataset]:
    """For files, which have one language."""
    with override("de"):
        return datasets()


def portal(home: str) -> Portal:
    """`home`: the page's absolute address."""
    says = settings.CITY.get("open_data", {})
    city = settings.CITY
    return Portal(
        title=f"Offene Daten: {city['title']} {city['name']}",
        home=home,
        publisher=city["body"],
        publisher_url=says.get("url", settings.PUBLIC_URL + "/"),
        contact=says.get("contact", city["body"]),
        email=says.get("email", ""),
        place=says.get("place", ""),
        contributor=says.get("contributor", ""),
    )


def rows_today(now: datetime) -> dict[str, tuple[Sequence[Column], Rows]]:
    """{name: (columns, rows)} of those that have a version a day."""
    listed = list(all_courses())
    with override("de"):
        found = {
            "kurse": [_course(one) for one in listed],
            "barrieren": [*map(_course_access, listed), *_run_access(now)],
            "kompetenzen": _supply(),
        }
    described = in_german()
    return {name: (described[name].columns, rows) for name, rows in found.items()}


def _table(
    name: str, title: str, says: str, columns: Iterable[Column], words: tuple[str, ...]
) -> OpenDataset:
    return OpenDataset(name, title, says, tuple(columns), CC0, words, DAILY)


def _concepts(words: tuple[str, ...]) -> OpenDataset:
    address = settings.PUBLIC_URL + reverse("reports:concepts", args=["ttl"])
    return OpenDataset(
        "begriffe",
        _("Begriffe der Suche"),
        _("Was Menschen meinen und wie sie es nennen, in neun Sprachen: ein Thesaurus in SKOS. Kennungen ändern sich nie."),
        (),
        CC0,
        words,
        DAILY,
        files=tuple((kind, address.removesuffix("ttl") + kind) for kind in ("ttl", "jsonld")),
    )  # fmt: skip


def _course(one: SharedCourse) -> dict[str, Any]:
    return {
        "kennung": str(one.key),
        "titel": one.facts["title"],
        "anbieter": one.house.name,
        "adresse": one.lasting_url,
        "stufe": one.facts["level_code"],
        "minuten": one.facts["minutes"],
        "kompetenzen": " ".join(each["code"] for each in one.facts["competences"]),
        "sprachen": " ".join(one.languages),
        "lizenz": one.licence,
        "ohne_konto": one.all_open,
        "eigenes_handy": bool(one.facts.get("needs_phone")),
        "geaendert": day(one.changed).isoformat(),
    }


def _course_access(one: SharedCourse) -> dict[str, Any]:
    promised = set(one.facts.get("features", ()))
    if any(each["code"] == "de-simple" and each["tested"] for each in one.facts["variants"]):
        promised.add("simple")
    return {
        "art": "kurs",
        "kennung": str(one.key),
        "titel": one.facts["title"],
        "anbieter": one.house.name,
        "adresse": one.lasting_url,
        **_promises(lambda mark: mark in promised if mark in OF_COURSES else None),
    }


def _run_access(now: datetime) -> Rows:
    return [
        {
            "art": "termin",
            "kennung": str(run.key),
            "titel": run.title,
            "anbieter": run.provider,
            "adresse": settings.PUBLIC_URL + reverse("learning:date", args=[run.key]),
            **_promises(
                lambda mark, of=run: (
                    f"access:{mark}" in of.marks if mark not in OF_COURSES else None
                )
            ),
        }
        for run in offered_runs(now)
    ]


def _promises(says: Callable[[str], bool | None]) -> dict[str, bool | None]:
    """None where the question makes no sense."""
    return {name: says(mark) for mark, (name, _says) in PROMISES.items()}


def _supply() -> Rows:
    counts = {(one.competence, one.level): one.courses for one in supply()}
    named = {str(level.label): column for level, column in LEVELS.items()}
    year = max((one for one in figures.released() if one.frame is Frame.YEAR), default=None)
    demand = figures.open_figures(year, ("competence",)) if year else []
    shown = {(one.cell[0], one.measure): one.shown for one in demand}
    return [
        {
            "kompetenz": one.code,
            "titel": str(one.name),
            "bereich": topics()[one.code[0]],
            **{column: counts.get((one.code, level), 0) for level, column in named.items()},
            "jahr": year.starts.year if year else None,
            "begonnen": shown.get((one.code, Measure.ENROLLED)),
            "abgeschlossen": shown.get((one.code, Measure.COMPLETED)),
        }
        for one in Competence.objects.all()
    ]
