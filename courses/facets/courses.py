"""The catalogue of courses: its filters, and what an address asks it for."""

from collections.abc import Iterable

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courses.facets.mechanism import Facet, Facets, Names, as_they_are
from courses.facets.near import near_to
from courses.models import CoursePage
from courses.queries import Wanted
from courses.topics import topics
from words.spelling import tidy


def _levels(_values: Iterable[str]) -> Names:
    return {value: str(label) for value, label in CoursePage.Level.choices}


def _lengths(_values: Iterable[str]) -> Names:
    return {
        "short": _("bis 30 Minuten"),
        "medium": _("30 bis 90 Minuten"),
        "long": _("mehr als 90 Minuten"),
    }


def _access(_values: Iterable[str]) -> Names:
    return {
        "simple": _("Leichte Sprache (geprüft)"),
        "captions": _("Videos mit Untertiteln"),
        "keyboard": _("Ganz mit der Tastatur"),
        "reader": _("Ganz mit Vorlese-Programm"),
    }


COURSE_FACETS = Facets(
    (
        Facet("area", "thema", lambda: _("Thema"), lambda _values: topics(), open=True),
        Facet("level", "stufe", lambda: _("Stufe"), _levels, open=True),
        Facet(
            "language",
            "sprache",
            lambda: _("Kurssprache"),
            lambda _values: dict(settings.LANGUAGES),
        ),
        Facet("length", "dauer", lambda: _("Dauer"), _lengths),
        Facet("access", "hilfen", lambda: _("Ohne Barrieren"), _access),
        Facet(
            "phone",
            "handy",
            lambda: _("Eigenes Handy nötig?"),
            lambda _values: {"no": _("nicht nötig"), "yes": _("nötig")},
        ),
        Facet(
            "account", "konto", lambda: _("Konto"), lambda _values: {"none": _("ganz ohne Konto")}
        ),
        Facet("cost", "kosten", lambda: _("Kosten"), lambda _values: {"free": _("kostenlos")}),
        Facet("provider", "anbieter", lambda: pgettext("filter", "Anbieter"), as_they_are),
    ),
    lambda n: ngettext("Kurs", "Kurse", n),
)


def courses_wanted(asked: QueryDict, *, page: int = 1) -> Wanted:
    return Wanted(
        q=tidy(asked.get("q", ""))[:100],
        exact=asked.get("exact") == "1",
        marks=COURSE_FACETS.marks(asked),
        near=near_to(asked),
        page=page,
    )
