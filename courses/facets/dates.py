"""The filters of the catalogue of dates: what can be chosen, in words, and the addresses behind it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courses.facets.mechanism import Facet, Facets, Names, address, as_they_are
from courses.facets.near import near_to
from courses.models import Run
from courses.queries.dates import ORDERS, DatesWanted
from words.spelling import tidy


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


DATE_FACETS = Facets(
    (
        Facet("mode", "wie", lambda: _("Wo und wie"), _modes, open=True),
        Facet(
            "day",
            "tag",
            lambda: _("Wochentag"),
            lambda _values: {str(n + 1): str(name) for n, name in WEEKDAYS.items()},
            open=True,
        ),
        Facet("time", "zeit", lambda: _("Tageszeit"), _times, open=True),
        Facet("district", "ort", lambda: _("Stadtteil"), as_they_are, open=True),
        Facet("access", "zugang", lambda: _("Zugänge"), _access),
        Facet("cost", "kosten", lambda: _("Kosten"), _costs),
        Facet(
            "kind",
            "art",
            lambda: _("Art"),
            lambda _values: {value: str(label) for value, label in Run.Kind.choices},
        ),
        Facet(
            "language",
            "sprache",
            lambda: _("Kurssprache"),
            lambda _values: dict(settings.LANGUAGES),
        ),
        Facet("provider", "anbieter", lambda: pgettext("filter", "Anbieter"), as_they_are),
    ),
    lambda n: ngettext("Termin", "Termine", n),
)
PARAMETERS = (*DATE_FACETS.parameters, "von", "bis")
SHORT_DAYS = {str(n + 1): name for n, name in WEEKDAYS_ABBR.items()}


def day_of(asked: QueryDict, name: str) -> date | None:
    """`von` or `bis`; what is no day says nothing."""
    try:
        return date.fromisoformat(asked.get(name, ""))
    except ValueError:
        return None


def active(asked: QueryDict, names: Mapping[str, Names]) -> list[dict[str, str]]:
    """What is chosen, each with the address that lets go of it."""
    taken = DATE_FACETS.active(asked, names)
    words = {"von": _("ab %(day)s"), "bis": _("bis %(day)s")}
    for name, text in words.items():
        if on := day_of(asked, name):
            label = text % {"day": on.strftime("%d.%m.%Y")}
            taken.append(
                {
                    "name": name,
                    "value": "",
                    "label": label,
                    "remove_url": address(asked, dropped=(name,)),
                }
            )
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


def dates_wanted(asked: QueryDict, *, page: int = 1) -> DatesWanted:
    near = near_to(asked)
    return DatesWanted(
        q=tidy(asked.get("q", ""))[:100],
        marks=DATE_FACETS.chosen(asked),
        first=day_of(asked, "von"),
        last=day_of(asked, "bis"),
        sort=sort_of(asked, near=bool(near)),
        near=near,
        page=page,
    )
