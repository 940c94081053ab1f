"""A provider's programme as a spreadsheet has it: one line a run, or one line a meeting. Pure: it looks nothing up.

Lines of the same number and semester are one run. A line that cannot be read takes its whole run out, so that nothing is
planned by halves; the others are taken.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any, NamedTuple

from courses.timetable import MOST, FreeDays, NoSeries, Slot, semester_of, series, slot

Rows = list[list[str]]

#: What columns are called, in small letters without marks. The order is the one in which they are offered.
HEADS: dict[str, tuple[str, ...]] = {
    "number": ("kursnummer", "kurs-nr", "kursnr", "nummer", "nr", "veranstaltungsnummer"),
    "title": ("titel", "kurstitel", "bezeichnung", "veranstaltung", "name"),
    "semester": ("semester", "halbjahr"),
    "course": ("kurs", "gehört zum kurs"),
    "kind": ("art", "veranstaltungsart"),
    "mode": ("form", "durchführungsform"),
    "lead": ("beschreibung", "worum es geht", "kurztext", "inhalt"),
    "led_by": ("leitung", "kursleitung", "dozent", "dozentin", "dozent/in"),
    "on": ("datum", "tag", "termin", "termine", "erster tag", "startdatum", "beginndatum"),
    "begins": ("beginn", "von", "uhrzeit", "uhrzeit von", "beginnzeit"),
    "ends": ("ende", "bis", "uhrzeit bis", "endzeit"),
    "times": ("anzahl termine", "anzahl der termine", "anzahl", "wie oft"),
    "weeks": ("alle wochen", "wochenabstand"),
    "venue": ("ort", "veranstaltungsort", "name des ortes"),
    "room": ("raum", "name des raums"),
    "seats_min": ("mindestens", "min", "mindestzahl", "findet statt ab"),
    "seats_max": ("plätze", "max", "höchstzahl", "höchstens"),
    "price": ("preis", "gebühr", "entgelt", "preis in euro"),
    "reductions": ("ermäßigungen", "ermäßigung", "ermäßigt", "ermäßigter preis"),
    "bring": ("bitte mitbringen", "mitbringen", "bringen sie mit"),
    "audience": ("für wen", "zielgruppe"),
}
KINDS = {
    "course": ("", "kurs"),
    "event": ("veranstaltung", "vortrag"),
    "consultation": ("sprechstunde",),
    "cafe": ("café", "cafe"),
    "place": ("lernort", "treff"),
}
MODES = {
    "onsite": ("", "vor ort", "präsenz"),
    "online": ("online", "online, zur gleichen zeit"),
    "blended": ("vor ort und online", "gemischt", "hybrid"),
}
DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})|(\d{4})-(\d{2})-(\d{2})")
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?")
MONEY = re.compile(r"(\d{1,5})(?:[.,](\d{2}))?\s*(?:€|euro|eur)?", re.IGNORECASE)
HALF = re.compile(r"(\d{4})-([12])")
SPOKEN = re.compile(r"(frühjahr|sommer\w*|ss|f|herbst|winter\w*|ws|h)\s*/?(\d{4})(?:/\d{2,4})?", re.IGNORECASE)  # fmt: skip
TEXTS = {"title": 160, "lead": 600, "led_by": 160, "bring": 600, "audience": 160, "number": 40}
#: Seats at most, as `Run.MOST`; reductions at most, as in the form.
SEATS, REDUCTIONS = 2000, 8


class ListedMeeting(NamedTuple):
    """`venue` and `room` are names."""

    slot: Slot
    venue: str
    room: str


class ListedRun(NamedTuple):
    """`fields`: what the list says of it; what it leaves empty is not there."""

    lines: list[int]
    number: str
    semester: str
    fields: dict[str, Any]
    course: str  # title or address, empty: it stands alone
    meetings: list[ListedMeeting]


class ListFault(NamedTuple):
    """`why`: see FAULTS in the door; `word`: what the list says there."""

    line: int
    why: str
    word: str


class Programme(NamedTuple):
    runs: list[ListedRun]
    faults: list[ListFault]


class _Unread(Exception):
    def __init__(self, why: str, word: str = "") -> None:
        super().__init__(why)
        self.why, self.word = why, word


def columns_of(head: Sequence[str]) -> dict[str, int]:
    """{what: column}, as the names of the columns say; the first column of a kind has it."""
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        plain = " ".join(cell.lower().rstrip(":*. ").split())
        what = next((what for what, names in HEADS.items() if plain in names), "")
        if what:
            found.setdefault(what, at)
    return found


def read_programme(rows: Rows, columns: Mapping[str, int], *, free: Sequence[FreeDays] = ()) -> Programme:  # fmt: skip
    """`rows` with the head; lines are counted as the spreadsheet does. `free`: days on which no series has a meeting."""
    runs: dict[tuple[str, str], ListedRun] = {}
    faults: list[ListFault] = []
    broken: set[str] = set()
    for line, row in enumerate(rows[1:], start=2):
        said = {what: row[at].strip() for what, at in columns.items() if at < len(row)}
        try:
            _take(runs, _run(line, said, free))
        except _Unread as wrong:
            faults.append(ListFault(line, wrong.why, wrong.word))
            broken.add(said.get("number", ""))
    whole = [run for run in runs.values() if run.number not in broken]
    return Programme(whole, faults)


def _take(runs: dict[tuple[str, str], ListedRun], run: ListedRun) -> None:
    """The first line of a run describes it; the next ones add meetings."""
    former = runs.setdefault((run.number, run.semester), run)
    if former is run:
        return
    title = run.fields.get("title")
    if title and title != former.fields.get("title"):
        raise _Unread("twice", run.number)
    starts = {each.slot.starts_at for each in former.meetings}
    former.lines.extend(run.lines)
    former.meetings.extend(each for each in run.meetings if each.slot.starts_at not in starts)


def _run(line: int, said: dict[str, str], free: Sequence[FreeDays]) -> ListedRun:
    number = said.get("number", "")
    if not number:
        raise _Unread("number")
    if not said.get("title"):
        raise _Unread("title")
    meetings = _meetings(said, free)
    semester = _semester(said.get("semester", ""), meetings)
    fields = _fields(said)
    return ListedRun([line], number, semester, fields, said.get("course", ""), meetings)


def _fields(said: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for what, longest in TEXTS.items():
        if said.get(what):
            if len(said[what]) > longest:
                raise _Unread("long", said[what][:30])
            fields[what] = said[what]
    for what, read in READERS.items():
        if said.get(what):
            fields[what] = read(said[what])
    least, most = fields.get("seats_min"), fields.get("seats_max")
    if least and most and least > most:
        raise _Unread("order", said["seats_min"])
    informal = fields.get("kind") in ("consultation", "cafe", "place")
    if informal and (most or fields.get("price") or fields.get("reductions")):
        raise _Unread("informal", said["kind"])
    return fields


def _one_of(words: dict[str, tuple[str, ...]], why: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        found = next((value for value, names in words.items() if text.lower() in names), "")
        if not found:
            raise _Unread(why, text)
        return found

    return read


def _seats(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= SEATS:
        raise _Unread("seats", text)
    return int(text)


def _price(text: str) -> int:
    if text.lower() in ("kostenlos", "frei", "keine"):
        return 0
    found = MONEY.fullmatch(text)
    if not found:
        raise _Unread("price", text)
    return int(found[1]) * 100 + int(found[2] or 0)


def _reductions(text: str) -> list[dict[str, Any]]:
    """ "Stadtpass: 9,00; Schülerinnen: 5"; an amount alone is for everybody who may pay less."""
    found = []
    for part in re.split(r"[;\n]", text):
        name, _colon, amount = part.rpartition(":")
        if not MONEY.fullmatch(amount.strip()):
            raise _Unread("reductions", text[:30])
        found.append({"name": name.strip()[:80] or "ermäßigt", "price": _price(amount.strip())})
    if len(found) > REDUCTIONS:
        raise _Unread("reductions", text[:30])
    return found


READERS: dict[str, Callable[[str], Any]] = {
    "kind": _one_of(KINDS, "kind"),
    "mode": _one_of(MODES, "mode"),
    "seats_min": _seats,
    "seats_max": _seats,
    "price": _price,
    "reductions": _reductions,
}


def _semester(text: str, meetings: list[ListedMeeting]) -> str:
    """As the house writes it; without a word that of the first meeting."""
    if not text:
        if not meetings:
            raise _Unread("semester")
        return semester_of(meetings[0].slot.starts_at.date())
    if HALF.fullmatch(text):
        return text
    found = SPOKEN.fullmatch(text)
    if not found:
        raise _Unread("semester", text)
    spring = found[1].lower()[0] in "fs"
    return f"{found[2]}-{1 if spring else 2}"


def _meetings(said: dict[str, str], free: Sequence[FreeDays]) -> list[ListedMeeting]:
    """None: the list says no day. Several days in one cell, or the first of a series."""
    if not said.get("on"):
        return []
    days, (begins, ends) = _days(said["on"]), _hours(said)
    try:
        if len(days) == 1:
            count, weeks = _count(said, "times"), _count(said, "weeks")
            slots = series(days[0], begins, ends, count=count, weeks=weeks, free=free if count > 1 else ()).slots  # fmt: skip
        else:
            slots = [slot(on, begins, ends) for on in days]
    except NoSeries:
        raise _Unread("hours", said.get("ends", "")) from None
    where = (said.get("venue", ""), said.get("room", ""))
    if where[1] and not where[0]:
        raise _Unread("room", where[1])
    return [ListedMeeting(each, *where) for each in slots]


def _days(text: str) -> list[date]:
    found = DAY.findall(text)
    rest = CLOCK.sub("", DAY.sub("", text)).strip(" ,;|/und")
    if not found or rest or len(found) > MOST:
        raise _Unread("day", text)
    try:
        return sorted({_day(each) for each in found})
    except ValueError:
        raise _Unread("day", text) from None


def _day(parts: tuple[str, ...]) -> date:
    if parts[3]:
        return date(int(parts[3]), int(parts[4]), int(parts[5]))
    year = int(parts[2])
    return date(year + 2000 if year < 100 else year, int(parts[1]), int(parts[0]))


def _hours(said: dict[str, str]) -> tuple[time, time]:
    """From two columns, or from one like "10:00 - 11:30", or the first with the day."""
    text = " ".join((said.get("begins", ""), said.get("ends", "")))
    found = CLOCK.findall(text)
    if len(found) != 2:
        raise _Unread("hours", text.strip())
    try:
        begins, ends = (time(int(hour), int(minute)) for hour, minute in found)
    except ValueError:
        raise _Unread("hours", text.strip()) from None
    return begins, ends


def _count(said: dict[str, str], what: str) -> int:
    text = said.get(what) or "1"
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise _Unread("count", text)
    return int(text)


def is_like(number: str, pattern: str) -> bool:
    """As the house writes its numbers; a pattern nobody can read asks for nothing."""
    try:
        return re.fullmatch(pattern, number) is not None
    except re.error:
        return True
