"""Sentences made from figures. They say no more than the noise allows."""

from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from figures.frames import Frame, Measure, Period
from reports.comparing import Movement, change, share


def few() -> str:
    return _("unter 5")


def said(figure: int | None) -> str:
    """With the thousands as the language writes them."""
    return few() if figure is None else number_format(figure, force_grouping=True)


def outside(value: Any) -> Any:
    """A value of a table for everybody: what is not said is fewer than ten."""
    return _("unter 10") if value is None else value


def measures() -> dict[Measure, str]:
    return {
        Measure.ENROLLED: _("Haben begonnen"),
        Measure.COMPLETED: _("Haben abgeschlossen"),
        Measure.CERTIFIED: _("Haben einen Nachweis"),
    }


def title_of(period: Period) -> str:
    year, month = period.starts.year, period.starts.month
    if period.frame is Frame.QUARTER:
        return _("%(number)s. Quartal %(year)s") % {"number": (month + 2) // 3, "year": year}
    if period.frame is Frame.HALF:
        return _("%(number)s. Halbjahr %(year)s") % {"number": (month + 5) // 6, "year": year}
    return date_format(period.starts, "F Y") if period.frame is Frame.MONTH else str(year)


def answer(period: Period, figures: dict[Measure, int | None]) -> str:
    """The whole in one sentence."""
    begun, done = figures[Measure.ENROLLED], figures[Measure.COMPLETED]
    if begun is None and done is None:
        return _("%(period)s: weniger Menschen, als wir zeigen dürfen.") % {
            "period": title_of(period)
        }
    return _(
        "%(period)s: %(begun)s Menschen haben einen Kurs begonnen, %(done)s haben einen abgeschlossen."
    ) % {
        "period": title_of(period),
        "begun": said(begun),
        "done": said(done),
    }


def against(now: int | None, before: int | None, period: Period) -> str:
    """A figure and the one of the period before; "" where one of them is not said."""
    values = {"period": title_of(period), "before": said(before)}
    if now is None or before is None:
        return ""
    return {
        Movement.NONE: _("%(period)s: %(before)s. Das ist kaum verändert."),
        Movement.MORE: _("Mehr als im Zeitraum davor (%(period)s: %(before)s)."),
        Movement.LESS: _("Weniger als im Zeitraum davor (%(period)s: %(before)s)."),
    }[change(now, before)] % values


def completed(figures: dict[Measure, int | None]) -> str:
    """How many of a hundred; in words where it cannot be said."""
    per_cent = share(figures[Measure.COMPLETED], figures[Measure.ENROLLED])
    if per_cent is None:
        return _("Zu klein für eine Quote.")
    return _("Auf 100, die begonnen haben, kommen etwa %(share)s Abschlüsse.") % {"share": per_cent}


def per_thousand(figure: int | None, people: int) -> str:
    """Of each 1,000 inhabitants; empty where one of the two is not known."""
    if figure is None or not people:
        return ""
    share = 1000 * figure / people
    return _("unter 1") if share < 1 else number_format(share, 0 if share >= 10 else 1)


def density(figure: int | None, people: int) -> str:
    found = per_thousand(figure, people)
    if not found:
        return ""
    return _("Von 1.000 Menschen, die dort wohnen, haben %(share)s begonnen.") % {"share": found}


def in_the_middle(group: str) -> str:
    return _("Die Hälfte ist jünger, die Hälfte älter als die Menschen von %(group)s Jahren.") % {
        "group": group
    }


def leader(rows: list[tuple[str, int | None]]) -> str:
    """What a table says: its first line against its second one. `rows` from the largest to the smallest."""
    visible = [(name, figure) for name, figure in rows if figure is not None]
    if not visible:
        return _("In jeder Zeile sind es zu wenige Menschen für eine Zahl")
    name, most = visible[0]
    if len(visible) > 1 and change(most, visible[1][1]) is Movement.NONE:
        return _("%(first)s und %(second)s liegen vorn, fast gleich") % {
            "first": name,
            "second": visible[1][0],
        }
    return _("Am meisten lernen: %(name)s") % {"name": name}


def course_of_time(periods: list[Period], begun: list[int | None]) -> str:
    """The newest period against the one before it. The oldest comes first."""
    if len(periods) < 2:
        return _("Für einen Vergleich gibt es noch zu wenige Zeiträume")
    values = {"now": title_of(periods[-1]), "before": title_of(periods[-2])}
    return {
        Movement.UNKNOWN: _("%(now)s: zu wenige Menschen für einen Vergleich"),
        Movement.NONE: _("%(now)s: kaum verändert gegen %(before)s"),
        Movement.MORE: _("%(now)s: mehr Menschen haben begonnen als %(before)s"),
        Movement.LESS: _("%(now)s: weniger Menschen haben begonnen als %(before)s"),
    }[change(begun[-1], begun[-2])] % values


def in_words(parts: list[str]) -> str:
    return ", ".join(parts)


def too_narrow(period: Period) -> str:
    """Why a question has no answer."""
    most = period.frame.most
    return ngettext(
        "Für diesen Zeitraum zeigen wir die Zahlen nach einem Merkmal, nicht nach mehreren zugleich. Sonst könnte man auf einzelne Menschen schließen.",
        "Für diesen Zeitraum zeigen wir die Zahlen nach höchstens %(most)s Merkmalen zugleich. Sonst könnte man auf einzelne Menschen schließen.",
        most,
    ) % {"most": most}


def methods() -> list[str]:
    """How figures about persons are made, for a report."""
    return [
        _(
            "Jede Zahl über Menschen ist leicht verändert, um höchstens 5. So kann niemand auf eine Person schließen."
        ),
        _("Dieselbe Gruppe hat überall dieselbe Zahl. Veröffentlichte Zahlen ändern sich nie."),
        _("„unter 5“ heißt: 0 bis 9 Personen. Außerhalb des Büros zeigen wir unter 10 keine Zahl."),
        _("Die Zeilen ergeben zusammen nicht genau die Summe."),
        _("Eine Person zählt in jedem Feld und Zeitraum einmal."),
        _("Ein Unterschied unter 8 kann Zufall sein."),
        _("Das Verfahren heißt Cell-Key-Methode. Auch die amtliche Statistik nutzt es."),
        _(
            "Kurse, Durchführungen und Unterrichts-Einheiten sind genau: Sie zählen Angebote, keine Menschen."
        ),
    ]


def glossary() -> list[tuple[str, str]]:
    return [
        (_("Durchführung"), _("Ein Kurs mit Terminen, zu einer Zeit an einem Ort oder im Netz.")),
        (_("Unterrichts-Einheit"), _("45 Minuten Unterricht.")),
        (
            _("Kompetenz"),
            _(
                "Etwas, das man mit digitalen Geräten kann. Die 21 Kompetenzen nennt DigComp 3.0 der Europäischen Union."
            ),
        ),
        (_("Begonnen"), _("Jemand hat sich in einen Kurs eingeschrieben.")),
        (_("Abgeschlossen"), _("Jemand hat alles getan, was der Kurs verlangt.")),
        (_("Nachweis"), _("Eine Bescheinigung, die alle prüfen können.")),
    ]
