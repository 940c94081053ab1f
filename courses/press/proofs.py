"""Proofs: a page as it would be printed, block by block, for a reader who has no business at the desk."""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import override

from courses.blocks import QUESTIONS, LessonBody
from courses.markers import SINCE
from courses.press.lessons import block_html, right_answers
from courses.press.rich_text import rich

#: Fields of a course that a reader of a proof may comment on, as Wagtail's comments name them.
FIELDS = ("title", "summary", "lead", "audience")
_FORM = re.compile(r"</?form[^>]*>|<!--[a-z]+(:[a-z0-9:-]+)?-->")


def proof_of(page: Any) -> dict[str, Any]:
    """{"page", "title", "parts": [{"path", "label", "html", "right"}]}; `path` is where Wagtail's editor hangs a comment.

    Questions are shown as learners see them, with nothing to send; `right` are their right answers.
    """
    with override("de"):
        parts = _course_parts(page) if hasattr(page, "goals") else _lesson_parts(page)
    return {"page": page.pk, "title": page.title, "parts": parts}


def _course_parts(course: Any) -> list[dict[str, Any]]:
    meta = type(course)._meta
    parts = [
        _part(name, rich(getattr(course, name)), str(meta.get_field(name).verbose_name))
        for name in FIELDS
    ]
    goals = [_part(f"goals.{goal.id}", format_html("{}", goal.value)) for goal in course.goals]
    return parts + goals


def _lesson_parts(lesson: Any) -> list[dict[str, Any]]:
    return [
        _part(f"body.{block.id}", _still(block_html(block)), right=right_answers(block))
        for block in lesson.body
    ]


def _part(path: str, html: str, label: str = "", right: Sequence[str] = ()) -> dict[str, Any]:
    return {"path": path, "label": label, "html": str(html), "right": list(right)}


#: Kinds that print the same whenever their words are the same: no file, no activity, no page they link to.
BY_WORDS = ("text", "callout", "term", "table", *QUESTIONS)


def still_block(block: Any, lang: str = "de") -> SafeString:
    """One block of a lesson that is written in `lang`, as it would be printed, with nothing to send."""
    if block.block_type in BY_WORDS:
        words = json.dumps(block.get_prep_value(), ensure_ascii=False, sort_keys=True)
        if "linktype" not in words:
            return _printed_by_words(words, lang)
    return _printed(block, lang)


@lru_cache(maxsize=1024)
def _printed_by_words(words: str, lang: str) -> SafeString:
    """A step is opened again and again while it is written, and most of its blocks are as they were."""
    [block] = LessonBody().to_python([json.loads(words)])
    return _printed(block, lang)


def _printed(block: Any, lang: str) -> SafeString:
    with override(lang):
        return SafeString(_still(block_html(block, lang)))


def _still(html: str) -> str:
    """Without forms and without what a learner's page puts in; a button that does nothing says so."""
    return _FORM.sub("", SINCE.sub("", html)).replace("<button ", "<button disabled ")
