"""The gate at handing in: what is still to do before anybody else looks at a course, each with the way to its place."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import ngettext

from courses import queries
from courses.models import CoursePage, LessonPage
from courses.models.parts import OF_FIELD
from courses.queries import Lack


class OpenThing(NamedTuple):
    """One thing, in words, and the address at which it is done."""

    where: str
    says: str
    url: str
    page: int = 0
    stops: bool = False  # readers could not read it; otherwise something is missing


def open_things(course: CoursePage, drafts: Sequence[CoursePage | LessonPage]) -> list[OpenThing]:
    """Of the `drafts` (German pages, as written now) of `course`: what is missing, and what keeps readers out."""
    return [*_missing(course, drafts), *_barriers(drafts)]


def heading(things: Sequence[OpenThing]) -> str:
    """Empty: nothing is in the way."""
    if not things:
        return ""
    says = ngettext(
        "Noch %(count)s Sache, dann können Sie den Kurs abgeben.",
        "Noch %(count)s Sachen, dann können Sie den Kurs abgeben.",
        len(things),
    )
    return says % {"count": len(things)}


def in_words(lack: Lack) -> str:
    """What is missing, with what its block is called."""
    if not lack.kind or lack.kind in lack.says:
        return lack.says
    return f"{lack.kind}. {lack.says}"


def place(page: CoursePage | LessonPage, part: str) -> str:
    """Where the block or the field is changed: a step at the writing desk, the course's page in its plan."""
    if isinstance(page, LessonPage):
        is_block = any(block.id == part for block in page.body)
        anchor = f"#block-{part}" if is_block else ""
        return reverse("writing:step", args=[page.pk]) + anchor
    if page.locale.language_code != "de":
        return reverse("wagtailadmin_pages:edit", args=[page.pk])
    anchor = f"#block-{OF_FIELD[part]}" if part in OF_FIELD else ""
    return reverse("desk:plan", args=[page.pk]) + anchor


def _missing(course: CoursePage, drafts: Iterable[CoursePage | LessonPage]) -> Iterator[OpenThing]:
    for page, lacks in queries.lacking_pages(drafts):
        for lack in lacks:
            yield OpenThing(page.title, in_words(lack), place(page, lack.part), page.pk)
    for page, lacks in queries.lacking_steps(course):
        for lack in lacks:
            yield OpenThing(page.title, lack.says, reverse("desk:plan", args=[page.pk]) + "#weg")


def _barriers(drafts: Iterable[CoursePage | LessonPage]) -> Iterator[OpenThing]:
    for page in drafts:
        if count := len(queries.checked(page).stopping):
            says = ngettext("%(n)s Hindernis", "%(n)s Hindernisse", count) % {"n": count}
            yield OpenThing(page.title, says, reverse("gate", args=[page.pk]), page.pk, stops=True)
