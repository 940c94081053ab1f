"""What the city measures: each indicator's key, its words, and its value now. Keys never change: goals and exports name them."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from figures import queries as figures
from figures.frames import Frame, Measure
from reports.queries.indicators import catalogue_count
from reports.queries.offer import run_count
from words.days import ZONE


class Indicator(NamedTuple):
    title: str
    unit: str  # what is counted
    protected: bool = False  # about persons: noisy, and said from five on


def indicators() -> dict[str, Indicator]:
    courses, people = _("Kurse"), _("Menschen")
    return {
        "kurse": Indicator(_("Kurse im Katalog"), courses),
        "kurse-einfach": Indicator(_("Kurse in Einfacher Sprache"), courses),
        "kurse-sprachen": Indicator(_("Kurse in anderen Sprachen als Deutsch"), courses),
        "kurse-untertitel": Indicator(_("Kurse, deren Videos alle Untertitel haben"), courses),
        "kurse-tastatur": Indicator(_("Kurse, die ganz mit der Tastatur gehen"), courses),
        "anbieter": Indicator(_("Anbieter mit Kursen"), _("Anbieter")),
        "kompetenzen": Indicator(_("Kompetenzen, zu denen es Kurse gibt"), _("von 21")),
        "durchfuehrungen": Indicator(_("Durchführungen in zwölf Monaten"), _("Durchführungen")),
        "einheiten": Indicator(_("Unterrichts-Einheiten in zwölf Monaten"), _("zu 45 Minuten")),
        "begonnen": Indicator(_("Haben begonnen, im letzten Quartal"), people, True),
        "abgeschlossen": Indicator(_("Haben abgeschlossen, im letzten Quartal"), people, True),
        "nachweise": Indicator(_("Haben einen Nachweis, im letzten Quartal"), people, True),
    }


def values_now(today: date) -> dict[str, int | None]:
    """{key: value}; None where fewer than five people are in it, or no quarter is out yet. Four statements."""
    catalogue = catalogue_count()
    runs = run_count(today.replace(year=today.year - 1, day=1), today, zone=ZONE.key)
    return {
        "kurse": catalogue.courses,
        "kurse-einfach": catalogue.plain,
        "kurse-sprachen": catalogue.foreign_language,
        "kurse-untertitel": catalogue.captioned,
        "kurse-tastatur": catalogue.keyboard,
        "anbieter": catalogue.providers,
        "kompetenzen": catalogue.competences,
        "durchfuehrungen": runs.held,
        "einheiten": runs.units,
        **_people(),
    }


def _people() -> dict[str, int | None]:
    keys = {
        "begonnen": Measure.ENROLLED,
        "abgeschlossen": Measure.COMPLETED,
        "nachweise": Measure.CERTIFIED,
    }
    quarters = figures.all_periods()[Frame.QUARTER]
    if not quarters:
        return dict.fromkeys(keys)
    starts = quarters[0].starts
    found = figures.figures(Frame.QUARTER, [starts], ())
    return {key: found.get((starts, measure, ())) for key, measure in keys.items()}
