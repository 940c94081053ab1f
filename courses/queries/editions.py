"""Editions as the desk sees them: what is in print, and what a publish would change."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import QuerySet
from wagtail.admin.compare import diff_text
from wagtail.utils.text import text_from_html

from courses import press
from courses.changes import ChangedItem, Changes, compare
from courses.models import AnswerKey, CoursePage, Edition, LessonPage, PrintedLesson, Printing
from courses.rules import AttestationRule


def current_edition(course: CoursePage) -> Edition | None:
    """The newest edition, also of a course that has left the catalogue."""
    return Edition.objects.filter(course=course.translation_key).order_by("-number").first()


def printed_items(edition: Edition) -> list[ChangedItem]:
    """What counts in the newest printing of `edition`, with the German answer keys. For the provider's desk."""
    printed_lessons = {
        "printed_lesson__edition": edition,
        "printed_lesson__printing": edition.printing,
    }
    answer_keys = AnswerKey.objects.filter(
        **printed_lessons, printed_lesson__language="de"
    ).values_list("keys", flat=True)
    keys = {item: key for printed_lesson in answer_keys for item, key in printed_lesson.items()}
    return [ChangedItem(item["id"], item["lesson"], keys[item["id"]]) for item in edition.items]


def printed_rule(edition: Edition) -> AttestationRule:
    """What the newest printing of `edition` asks for its attestation. Its cover is public."""
    covers = PrintedLesson.objects.filter(edition=edition, printing=edition.printing, position=0)
    facts = covers.filter(language="de").values_list("facts__attestation", flat=True)
    return AttestationRule.from_facts(facts.first())


class Proposal(NamedTuple):
    """What the press would say to a publish of these drafts. `edition` None: it would be the course's first."""

    edition: Edition | None
    changes: Changes
    titles: dict[str, str]  # item -> its question, for those that would be printed


def propose(course: CoursePage, drafts: Sequence[CoursePage | LessonPage]) -> Proposal:
    """What would change in print if `drafts` (German, as written now: lessons, and the course itself) were published."""
    written = {page.pk: page for page in drafts}
    lessons = [
        written.get(lesson.pk, lesson)
        for lesson in course.lessons().specific()
        if lesson.live or lesson.pk in written
    ]
    written_course = next((page for page in drafts if isinstance(page, CoursePage)), course)
    trusting = written_course.trusts_browsers
    now = [
        ChangedItem(item, position, key)
        for position, lesson in enumerate(lessons, 1)
        for item, key in press.keys_of(lesson, trusting=trusting).items()
    ]
    edition = current_edition(course)
    rule = written_course.rule
    if not edition:
        return Proposal(None, compare([], now), _titles(lessons))
    changes = compare(printed_items(edition), now, rules=(printed_rule(edition), rule))
    return Proposal(edition, changes, _titles(lessons))


def _titles(lessons: Sequence[LessonPage]) -> dict[str, str]:
    titles = {str(lesson.translation_key): lesson.title for lesson in lessons}
    for lesson in lessons:
        for block in lesson.body:
            if block.block_type == "h5p":
                titles[block.id] = str(block.value["content"] or lesson.title)
            elif hasattr(block.value, "get"):
                says = block.value.get("question") or block.value.get("statement")
                titles[block.id] = str(says or lesson.title)
    return titles


def printings(course: CoursePage) -> QuerySet[Printing]:
    """Everything that was ever printed of `course`, newest first."""
    printings_found = Printing.objects.filter(edition__course=course.translation_key)
    return printings_found.select_related("edition").order_by("-edition__number", "-number")


class LessonDifference(NamedTuple):
    """One lesson in two printings, as words. `state`: same, changed, added or removed.

    `changes` are ("equal" | "addition" | "deletion", words) in reading order.
    """

    title: str
    state: str
    changes: list[tuple[str, str]]


def differences(former: Printing, now: Printing) -> list[LessonDifference]:
    """What has changed between two printings, German lesson by German lesson."""
    old, new = _printed_lessons(former), _printed_lessons(now)
    return [
        _difference(old.get(slug), new.get(slug)) for slug in dict.fromkeys([*new, *old]) if slug
    ]


def _printed_lessons(printing: Printing) -> dict[str, PrintedLesson]:
    printed_lessons = PrintedLesson.objects.filter(
        edition=printing.edition_id, printing=printing.number
    )
    return {
        printed_lesson.slug: printed_lesson
        for printed_lesson in printed_lessons.filter(language="de").order_by("position")
    }


def _difference(old: PrintedLesson | None, new: PrintedLesson | None) -> LessonDifference:
    words = [_words(printed_lesson.html) if printed_lesson else "" for printed_lesson in (old, new)]
    changes = diff_text(*words).changes
    same = all(kind == "equal" for kind, _words in changes)
    state = "added" if not old else "removed" if not new else "same" if same else "changed"
    title = next(printed_lesson.title for printed_lesson in (new, old) if printed_lesson)
    return LessonDifference(title, state, changes)


def _words(html: str) -> str:
    """The text of a printed lesson, one line per paragraph."""
    lines = (line.strip() for line in text_from_html(html).splitlines())
    return "\n".join(line for line in lines if line)
