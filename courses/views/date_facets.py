"""The filters of the catalogue of dates: what can be chosen, in words, and the addresses behind it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.http import QueryDict
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courses.models import Run
from courses.queries.dates import ORDERS
from courses.views.facets import MANY, address
from words.spelling import tidy

Names = Mapping[str, str]


class DateFacet(NamedTuple):
    name: str  # as in `RunEntry.marks`
    parameter: str  # in the address
    title: Callable[[], str]
    names: Callable[[Iterable[str]], Names]  # of the values there are
    open: bool = False


def _modes(_values: Iterable[str]) -> Names:
    return {
        Run.Mode.ONSITE: _("Vor Ort"),
        Run.Mode.ONLINE: _("Online mit Lehrkraft"),
        Run.Mode.BLENDED: _("Vor Ort und online"),
    }


def _times(_values: Iterable[str]) -> Names:
    return {
        "morning": _("Vormittag, bis 12 Uhr"),
        "afternoon": _("Nachmittag"),
        "evening": _("Abend, ab 17 Uhr"),
    }


def _access(_values: Iterable[str]) -> Names:
    return {
        "stepfree": _("Ohne Stufen"),
        "lift": _("Aufzug"),
        "toilet": _("Toilette für Rollstühle"),
        "loop": _("Induktionsschleife"),
        "interpreter": _("Gebärdensprache auf Anfrage"),
        "parking": _("Parkplatz mit Rollstuhl-Zeichen"),
        "childcare": _("Kinderbetreuung"),
    }


def _costs(_values: Iterable[str]) -> Names:
    return {
        "free": _("kostenlos"),
        "upto20": _("bis 20 €"),
        "reduced": _("mit Ermäßigung"),
    }


def _as_they_are(values: Iterable[str]) -> Names:
    return {value: value for value in sorted(values)}


#: In the order of the page.
DATE_FACETS = (
    DateFacet("mode", "wie", lambda: _("Wo und wie"), _modes, open=True),
    DateFacet(
        "day",
        "tag",
        lambda: _("Wochentag"),
        lambda _values: {str(n + 1): str(name) for n, name in WEEKDAYS.items()},
        open=True,
    ),
    DateFacet("time", "zeit", lambda: _("Tageszeit"), _times, open=True),
    DateFacet("district", "ort", lambda: _("Stadtteil"), _as_they_are, open=True),
    DateFacet("access", "zugang", lambda: _("Zugänge"), _access),
    DateFacet("cost", "kosten", lambda: _("Kosten"), _costs),
    DateFacet(
        "kind",
        "art",
        lambda: _("Art"),
        lambda _values: {value: str(label) for value, label in Run.Kind.choices},
    ),
    DateFacet(
        "language", "sprache", lambda: _("Kurssprache"), lambda _values: dict(settings.LANGUAGES)
    ),
    DateFacet("provider", "anbieter", lambda: pgettext("filter", "Anbieter"), _as_they_are),
)
PARAMETERS = (*(facet.parameter for facet in DATE_FACETS), "von", "bis")
SHORT_DAYS = {str(n + 1): name for n, name in WEEKDAYS_ABBR.items()}


def chosen(asked: QueryDict) -> dict[str, tuple[str, ...]]:
    """facet -> values, as the address says them."""
    return {facet.name: _values(asked, facet) for facet in DATE_FACETS}


def _values(asked: QueryDict, facet: DateFacet) -> tuple[str, ...]:
    values = [tidy(value)[:80] for value in asked.getlist(facet.parameter)]
    return tuple(dict.fromkeys(filter(None, values)))[:MANY]


def day_of(asked: QueryDict, name: str) -> date | None:
    """`von` or `bis`; what is no day says nothing."""
    try:
        return date.fromisoformat(asked.get(name, ""))
    except ValueError:
        return None


def shown(
    asked: QueryDict, counted: Mapping[str, Mapping[str, int]], names: Mapping[str, Names]
) -> list[dict[str, Any]]:
    """The facets that offer a choice. `names`: of values that the city or the database names: "provider"."""
    facets = [
        _facet(facet, counted.get(facet.name, {}), _values(asked, facet), names)
        for facet in DATE_FACETS
    ]
    return [facet for facet in facets if facet["options"]]


def _facet(
    facet: DateFacet, counts: Mapping[str, int], on: tuple[str, ...], names: Mapping[str, Names]
) -> dict[str, Any]:
    units = {n: ngettext("Termin", "Termine", n) for n in {0, *counts.values()}}
    called = names.get(facet.name) or facet.names({*counts, *on})
    options = [
        {
            "value": value,
            "label": label,
            "count": counts.get(value, 0),
            "unit": units[counts.get(value, 0)],
            "on": value in on,
        }
        for value, label in called.items()
        if counts.get(value) or value in on
    ]
    return {
        "name": facet.parameter,
        "title": facet.title(),
        "options": options,
        "open": bool(on) or facet.open,
    }


def active(asked: QueryDict, names: Mapping[str, Names]) -> list[dict[str, str]]:
    """What is chosen, each with the address that lets go of it."""
    taken = [
        {
            "label": (names.get(facet.name) or facet.names([value])).get(value, value),
            "remove_url": address(asked, without=(facet.parameter, value)),
        }
        for facet in DATE_FACETS
        for value in _values(asked, facet)
    ]
    words = {"von": _("ab %(day)s"), "bis": _("bis %(day)s")}
    for name, text in words.items():
        if on := day_of(asked, name):
            label = text % {"day": on.strftime("%d.%m.%Y")}
            taken.append({"label": label, "remove_url": address(asked, dropped=(name,))})
    return taken


def orders(asked: QueryDict, *, near: bool) -> list[dict[str, Any]]:
    """What the list can be sorted by; nearness only where a district was chosen to start from."""
    names = {
        "datum": _("Datum: die nächsten zuerst"),
        "naehe": _("Nähe"),
        "preis": _("Preis: günstige zuerst"),
        "plaetze": _("Freie Plätze"),
    }
    now = sort_of(asked, near=near)
    return [
        {"value": value, "label": label, "on": value == now}
        for value, label in names.items()
        if value != "naehe" or near
    ]


def sort_of(asked: QueryDict, *, near: bool) -> str:
    wanted = asked.get("sort", "")
    if wanted not in ORDERS or (wanted == "naehe" and not near):
        return "naehe" if near and not wanted else "datum"
    return wanted
