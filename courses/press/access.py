"""The access pass of a course: what is in it, counted, and what was found or left as an exception. Nothing is said by default."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils.html import strip_tags
from django.utils.translation import gettext, ngettext

from accessibility.checks import BLOCK, RULES
from accessibility.models import Exemption, Inspection
from courses.blocks.films import has_captions
from courses.press.credits import ROWS
from h5p.queries.desk import installed, judged
from h5p_lite.models import Library

#: Findings that keep a keyboard or a screen reader out; those of films and activities are counted from the blocks.
READING = {
    rule
    for rule, said in RULES.items()
    if said.severity == BLOCK and not rule.startswith(("video-", "activity-", "credit-"))
}


class Counted(NamedTuple):
    """What is in the lessons. Every number counts blocks."""

    pictures: int = 0
    described: int = 0  # or said to be decoration
    films: int = 0
    captioned: int = 0
    transcribed: int = 0
    recordings: int = 0
    written: int = 0  # recordings with a transcript
    files: int = 0
    activities: int = 0
    barred: int = 0  # activities whose type needs another form
    unknown: int = 0  # activities whose type nobody has tried
    timed: int = 0  # activities with a clock that we know of
    without: int = 0  # of these two kinds: without another form


class DraftsChecked(NamedTuple):
    """What the checks say about the drafts that are in print."""

    all: bool  # every page was looked at
    places: Counter[str]  # rule -> places, those that an owner has exempted included
    exempt: int


class Access(NamedTuple):
    rows: list[dict[str, str]]  # {"term", "says"} in the active language
    captioned: bool  # it has films, and every one has captions
    features: list[
        str
    ]  # what can be promised without an "almost", for the filters of the catalogue


class CourseContent(NamedTuple):
    """What the pass of a course in one of its languages is worded from; the same no matter who reads it."""

    counted: Counted
    looked: DraftsChecked


def look_at(course: Any) -> CourseContent:
    """`course` in one of its languages: what is live, as the checks last saw it."""
    lessons = list(course.lessons().live().specific())
    return CourseContent(_count(lessons), _looked([course, *lessons]))


def access_of(seen: CourseContent) -> Access:
    """The pass, worded in the active language."""
    counted, looked = seen
    rows = [
        (gettext("Mit Tastatur"), _keyboard(counted, looked)),
        (gettext("Mit Vorlese-Programm"), _reader(counted, looked)),
        (gettext("Bilder"), _pictures(counted)),
        (gettext("Videos"), _films(counted)),
        (gettext("Tonaufnahmen"), _recordings(counted)),
        (gettext("Dateien"), _files(counted, looked)),
        (gettext("Zeitdruck"), _time(counted)),
        (gettext("Ausnahmen"), _exempt(looked)),
    ]
    terms = [{"term": term, "says": says} for term, says in rows if says]
    captioned = bool(counted.films) and counted.captioned == counted.films
    return Access(terms, captioned, ["captions"] * captioned + _without_barriers(counted, looked))


def _without_barriers(counted: Counted, looked: DraftsChecked) -> list[str]:
    if not looked.all or counted.without or counted.unknown:
        return []
    silent = not any(looked.places[rule] for rule in READING)
    return ["keyboard", *(["reader"] if silent else [])]


def _count(lessons: Iterable[Any]) -> Counted:
    rules: Counter[str] = Counter()
    libraries = installed() if any(b.block_type == "h5p" for p in lessons for b in p.body) else {}
    for lesson in lessons:
        for block in lesson.body:
            rules.update(_in_block(block.block_type, block.value, libraries))
    return Counted(**{name: rules[name] for name in Counted._fields})


def _in_block(kind: str, value: Any, libraries: Any) -> Iterator[str]:
    if kind in ("image", *ROWS):
        for row in [value] if kind == "image" else value[ROWS[kind]]:
            yield from _in_picture(row["image"])
    elif kind == "video" and value["file"]:
        yield "films"
        yield from ["captioned"] * has_captions(value)
        yield from ["transcribed"] * bool(_words(value["transcript"]))
    elif kind == "audio" and value["file"]:
        yield "recordings"
        yield from ["written"] * bool(_words(value["transcript"]))
    elif kind == "download" and value["file"]:
        yield "files"
    elif kind == "h5p" and value["content"]:
        yield from _in_activity(value, libraries)


def _in_picture(image: Any) -> Iterator[str]:
    if image:
        yield "pictures"
        yield from ["described"] * bool(image.decorative or image.contextual_alt_text)


def _in_activity(value: Any, libraries: Any) -> Iterator[str]:
    yield "activities"
    types = judged(value["content"].newest.uses, libraries)
    if types.recommended:
        return
    unknown = Library.Verdict.UNKNOWN
    tried = not types.missing and all(one.library.shown_verdict != unknown for one in types.barriers)  # fmt: skip
    yield "barred" if tried else "unknown"
    yield from ["timed"] * any(_has_clock(one.library) for one in types.barriers)
    if not (value["question"] or _words(value["alternative"])):
        yield "without"


def _has_clock(library: Library) -> bool:
    return bool(library.curated and library.curated.why == "clock")


def _words(value: Any) -> str:
    return strip_tags(getattr(value, "source", value) or "").strip()


def _looked(pages: list[Any]) -> DraftsChecked:
    printed = [page.live_revision_id or page.latest_revision_id for page in pages]
    inspections = Inspection.objects.filter(revision__in=[pk for pk in printed if pk])
    findings = dict(inspections.values_list("revision", "findings"))
    places = Counter(rule for each in findings.values() for rule, _part, _words in each)
    exempt = Exemption.objects.filter(page__in=[page.pk for page in pages if page.pk]).count()
    return DraftsChecked(len(findings) == len(pages), places, exempt)


def _keyboard(counted: Counted, looked: DraftsChecked) -> str:
    if not looked.all:
        return gettext("Nicht geprüft")
    return _activities(counted) or gettext("Ja, alles")


def _activities(counted: Counted) -> str:
    """Empty: there are none with barriers."""
    if counted.without:
        text = ngettext(
            "Nicht alles: %(count)s Aktivität geht vielleicht nicht.",
            "Nicht alles: %(count)s Aktivitäten gehen vielleicht nicht.",
            counted.without,
        )
        return text % {"count": counted.without}
    if counted.unknown:
        text = ngettext(
            "%(count)s Aktivität ist nicht geprüft. Es gibt sie auch in anderer Form.",
            "%(count)s Aktivitäten sind nicht geprüft. Es gibt sie auch in anderer Form.",
            counted.unknown,
        )
        return text % {"count": counted.unknown}
    if counted.barred:
        text = ngettext(
            "Ja. %(count)s Aktivität gibt es dafür in anderer Form.",
            "Ja. %(count)s Aktivitäten gibt es dafür in anderer Form.",
            counted.barred,
        )
        return text % {"count": counted.barred}
    return ""


def _reader(counted: Counted, looked: DraftsChecked) -> str:
    if not looked.all:
        return gettext("Nicht geprüft")
    places = sum(looked.places[rule] for rule in READING)
    if places:
        text = ngettext(
            "Nicht alles: An %(count)s Stelle fehlt etwas.",
            "Nicht alles: An %(count)s Stellen fehlt etwas.",
            places,
        )
        return text % {"count": places}
    return _activities(counted) or gettext("Ja, alles")


def _pictures(counted: Counted) -> str:
    counts = {"count": counted.pictures, "part": counted.described}
    if not counted.pictures:
        return ""
    if counted.described < counted.pictures:
        return gettext("%(part)s von %(count)s beschrieben") % counts
    return (
        ngettext("%(count)s, beschrieben", "%(count)s, alle beschrieben", counted.pictures) % counts
    )


def _films(counted: Counted) -> str:
    films = counted.films
    if not films:
        return ""
    if counted.captioned == counted.transcribed == films:
        text = ngettext(
            "%(count)s, mit Untertiteln und Abschrift",
            "%(count)s, alle mit Untertiteln und Abschrift",
            films,
        )
        return text % {"count": films}
    text = gettext("%(count)s, davon mit Untertiteln: %(captions)s, mit Abschrift: %(words)s")
    return text % {"count": films, "captions": counted.captioned, "words": counted.transcribed}


def _recordings(counted: Counted) -> str:
    counts = {"count": counted.recordings, "part": counted.written}
    if not counted.recordings:
        return ""
    if counted.written < counted.recordings:
        return gettext("%(part)s von %(count)s mit Abschrift") % counts
    text = ngettext("%(count)s, mit Abschrift", "%(count)s, alle mit Abschrift", counted.recordings)
    return text % counts


def _files(counted: Counted, looked: DraftsChecked) -> str:
    if not counted.files:
        return ""
    bad = looked.places["pdf-untagged"]
    counts = {"count": counted.files, "bad": bad}
    if not looked.all:
        return gettext("%(count)s, nicht geprüft") % counts
    if bad:
        return gettext("%(count)s, davon für Vorlese-Programme nicht lesbar: %(bad)s") % counts
    return gettext("%(count)s zum Herunterladen") % counts


def _time(counted: Counted) -> str:
    """Our own questions have no clock; a type nobody has tried may have one."""
    if counted.timed:
        text = ngettext(
            "In %(count)s Aktivität läuft eine Uhr.",
            "In %(count)s Aktivitäten läuft eine Uhr.",
            counted.timed,
        )
        return text % {"count": counted.timed}
    if counted.unknown:
        return gettext("Keiner in unseren Aufgaben. Aktivitäten sind nicht geprüft.")
    return gettext("Keiner")


def _exempt(looked: DraftsChecked) -> str:
    if not looked.exempt:
        return ""
    text = ngettext(
        "%(count)s, begründet in der Erklärung zur Barrierefreiheit",
        "%(count)s, begründet in der Erklärung zur Barrierefreiheit",
        looked.exempt,
    )
    return text % {"count": looked.exempt}
