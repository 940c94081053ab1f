"""How a member of a group stands, in words: one place for the tutor's table, their page of one person, and the person themselves."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from learning.queries.groups import GroupStanding


def member_row(member: GroupStanding) -> dict[str, Any]:
    done, steps = member.steps
    kind, says = _what_to_do(member)
    return {
        "learner": member.learner,
        "name": member.name or _("Ohne Namen"),
        "states": _dots(member),
        "steps_say": _steps_say(member, done, steps),
        "away": away(member),
        "attended": member.attended,
        "sittings": member.sittings,
        "kind": kind,
        "says": says,
        "joined_at": member.joined_at,
    }


def away(member: GroupStanding) -> str:
    """When they were there last: a word, or a number of days."""
    days = member.days_away
    if days <= 0:
        return _("heute")
    if days == 1:
        return _("gestern")
    return ngettext("vor %(n)s Tag", "vor %(n)s Tagen", days) % {"n": days}


def _dots(member: GroupStanding) -> list[str]:
    """As the line of a course, and where they are stuck."""
    hard = member.hard_step
    return ["stuck" if n == hard else state for n, state in enumerate(member.states, 1)]


def _steps_say(member: GroupStanding, done: int, steps: int) -> str:
    words = ngettext(
        "%(done)s von %(n)s Schritt erledigt", "%(done)s von %(n)s Schritten erledigt", steps
    ) % {"done": done, "n": steps}
    if member.completed_at or member.closed_at or done == steps:
        return words
    return _("%(words)s, ist bei Schritt %(here)s") % {"words": words, "here": member.position}


def _what_to_do(member: GroupStanding) -> tuple[str, str]:
    """How urgent it is ("ok", "warn" or ""), and the words."""
    days = member.days_away
    match member.needs:
        case "finished":
            return "ok", pgettext("learner", "fertig")
        case "failed":
            return "warn", _("Test nicht bestanden: bitte melden")
        case "hard":
            return "warn", _("hängt in Schritt %(n)s: bitte helfen") % {"n": member.hard_step}
        case "away":
            says = ngettext(
                "seit %(n)s Tag nicht da: bitte anrufen",
                "seit %(n)s Tagen nicht da: bitte anrufen",
                days,
            )
            return "warn", says % {"n": days}
        case "late":
            return "warn", _("hat noch nicht angefangen: bitte anrufen")
        case "new":
            return "", _("neu dabei")
    return "", _("läuft")


def table_of(members: list[GroupStanding]) -> tuple[list[str], list[list[Any]]]:
    """For a spreadsheet. Meetings only where the course has some."""
    meetings = any(member.sittings for member in members)
    columns = [
        _("Name"),
        _("In der Gruppe seit"),
        _("Schritte erledigt"),
        _("Schritte"),
        _("Zuletzt da"),
    ]
    columns += [_("Termine besucht"), _("Termine")] if meetings else []
    columns += [_("Was tun?"), _("Fertig am")]
    return columns, [_cells(member, meetings=meetings) for member in members]


def _cells(member: GroupStanding, *, meetings: bool) -> list[Any]:
    done, steps = member.steps
    cells = [
        member.name or _("Ohne Namen"),
        _day(member.joined_at),
        done,
        steps,
        _day(member.touched_at),
    ]
    cells += [member.attended, member.sittings] if meetings else []
    return [
        *cells,
        _what_to_do(member)[1],
        _day(member.completed_at) if member.completed_at else "",
    ]


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")
