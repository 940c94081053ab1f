"""What a learner is told about the edition that came out after theirs."""

from typing import Any, NamedTuple

from courses.facts import CourseFacts
from courses.models import CatalogueEntry, Edition, PrintedLesson
from learning.models import Enrolment


class NewsIn(NamedTuple):
    """A lesson with something new or gone: how many items."""

    title: str
    new: int
    whole: bool  # the lesson itself is new


class Newer(NamedTuple):
    number: int
    news: str  # in the author's words
    lessons: list[NewsIn]
    gone: int  # items that are no longer in it
    same: bool  # the same items: only its words are other ones


def newer_edition(enrolment: Enrolment, *, language: str) -> Newer | None:
    """The edition in the catalogue, compared with theirs; None when they read it already."""
    entry = CatalogueEntry.objects.select_related("edition").filter(course=enrolment.course).first()
    if not entry or entry.edition_id == enrolment.edition_id:
        return None
    mine = {item["id"] for item in enrolment.edition.items}
    now = entry.edition
    new = [item for item in now.items if item["id"] not in mine]
    gone = mine - {item["id"] for item in now.items}
    lessons = _lessons(now, new, mine, _cover(now, language))
    return Newer(now.number, now.news, lessons, len(gone), same=not new and not gone)


def _cover(edition: Edition, language: str) -> CourseFacts:
    """Its own page is public; its lessons are not theirs yet."""
    printed_lessons = PrintedLesson.objects.filter(
        edition=edition, printing=edition.printing, position=0
    )
    covers: dict[str, CourseFacts] = {
        s.language: s.facts for s in printed_lessons.filter(language__in=[language, "de"])
    }
    return covers.get(language) or covers["de"]


def _lessons(
    now: Edition, new: list[dict[str, Any]], mine: set[str], facts: CourseFacts
) -> list[NewsIn]:
    lessons = {item["lesson"] for item in now.items if item["id"] in mine}
    news = []
    for lesson in facts["lessons"]:
        count = sum(item["lesson"] == lesson["number"] for item in new)
        if count:
            news.append(NewsIn(lesson["title"], count, lesson["number"] not in lessons))
    return news
