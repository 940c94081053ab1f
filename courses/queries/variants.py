"""How the variants of a course stand to its German pages: lesson by lesson, and block by block."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from courses.models import CoursePage, LessonPage
from courses.press.rich_text import rich
from courses.press.variants import SIMPLE, fingerprint, variant_name

#: How a page, or a block, of a variant stands to the German one.
MISSING, DRAFT, OUTDATED, PARTIAL, CURRENT, EXTRA = (
    *("missing", "draft", "outdated", "partial", "current"),
    "extra",  # a block that only the variant has
)
#: Fields of a block that readers see, in their order; how it looks is not compared.
PLAIN = ("title", "term", "question", "statement", "text", "caption")
RICH = ("html", "transcript")


class VariantDifference(NamedTuple):
    """How a variant stands to its German lesson; lists of block ids in the German order."""

    missing: list[str]
    outdated: list[str]


class VariantCell(NamedTuple):
    language: str
    state: str
    page: int | None  # of the desk; None: missing


class VariantRow(NamedTuple):
    """The course's own page, or one of its lessons, in every language; `cells` follow the columns."""

    title: str
    german: VariantCell
    cells: list[VariantCell]


class Pair(NamedTuple):
    """A German block and the variant's with the same id; what is not there is empty."""

    id: str
    kind: str
    state: str
    german: list[SafeString]
    own: list[SafeString]


def languages() -> list[str]:
    """Of variants, in the order of the city's languages."""
    return [code for code, _name in settings.LANGUAGES if code != "de"]


def german_course(page: CoursePage) -> CoursePage | None:
    """The German page of a course, which its variants belong to."""
    pages = CoursePage.objects.filter(translation_key=page.translation_key)
    return pages.filter(locale__language_code="de").first()


def german_lesson(variant: LessonPage) -> LessonPage | None:
    """The German lesson of a variant; None for a German lesson and for one that has no German sibling."""
    if variant.locale.language_code == "de":
        return None
    siblings = LessonPage.objects.filter(translation_key=variant.translation_key)
    return siblings.filter(locale__language_code="de").first()


def block_hashes(lesson: LessonPage) -> dict[str, str]:
    return {block["id"]: _hash(block["value"]) for block in lesson.body.raw_data}


def matrix(course: CoursePage) -> list[VariantRow]:
    """The course's own page first, then its lessons. Three statements, however many lessons there are."""
    keys = {"translation_key": course.translation_key}
    variants = CoursePage.objects.filter(**keys).exclude(pk=course.pk).select_related("locale")
    covers = {page.locale.language_code: page for page in variants}
    lessons = list(course.lessons())
    others = LessonPage.objects.filter(translation_key__in=[one.translation_key for one in lessons])
    translated = {
        (page.translation_key, page.locale.language_code): page
        for page in others.exclude(locale=course.locale_id).select_related(
            "locale", "latest_revision"
        )
    }
    rows = [_row(course, {code: covers.get(code) for code in languages()})]
    for lesson in lessons:
        own = {code: translated.get((lesson.translation_key, code)) for code in languages()}
        rows.append(_row(lesson, own))
    return rows


def side_by_side(german: LessonPage, variant: LessonPage) -> list[Pair]:
    """Both lessons block by block in the German order; what only the variant has stands where it has it."""
    draft = variant.get_latest_revision_as_object()
    mine = {block.id: block for block in draft.body}
    theirs = {block.id: block for block in german.body}
    hashes = block_hashes(german)
    pairs = []
    for block in _order(list(theirs), list(mine)):
        block_ids = theirs.get(block) or mine[block]
        state = _state_of_block(block, hashes, set(mine), variant.seen)
        pairs.append(
            Pair(
                block,
                str(block_ids.block.label),
                state,
                list(words_of(theirs[block])) if block in theirs else [],
                list(words_of(mine[block])) if block in mine else [],
            )
        )
    return pairs


def words_of(block: Any) -> Iterator[SafeString]:
    """What readers get to read of a block, as paragraphs."""
    yield from words_of_value(block.value)


def words_of_value(value: Any) -> Iterator[SafeString]:
    if not hasattr(value, "get"):
        yield rich(value)
        return
    if value.get("image"):
        yield _paragraph(value["image"].contextual_alt_text or "")
    yield from (_paragraph(value[name]) for name in PLAIN if value.get(name))
    yield from (_paragraph(f"– {cue['text']}") for cue in value.get("cues", ()))
    for rows in ("stages", "folds", "pictures"):
        for row in value.get(rows, ()):
            yield from words_of_value(row)
    yield from (rich(value[name]) for name in RICH if value.get(name))
    yield from (_paragraph(f"– {choice['text']}") for choice in value.get("choices", ()))
    yield from (_paragraph(f"– {step}") for step in value.get("steps", ()))
    for pair in value.get("pairs", ()):
        yield _paragraph(f"– {pair['left']}: {pair['right']}")


class EasyReview(NamedTuple):
    """What is recorded about the plain German variant. `holds`: its published words are still those that were tested."""

    by: str
    on: date
    holds: bool


def simple_variant(course: CoursePage) -> CoursePage | None:
    """The published plain German variant of `course`; it needs a published lesson to be tested."""
    pages = CoursePage.objects.live().filter(
        translation_key=course.translation_key, locale__language_code=SIMPLE
    )
    page = pages.select_related("locale").first()
    return page if page and page.lessons().live().exists() else None


def name_of(course: CoursePage, language: str) -> str:
    """What the variant of `course` is called now."""
    if language != SIMPLE:
        return variant_name(language)
    simple = simple_variant(course)
    review = easy_review(simple) if simple else None
    return variant_name(SIMPLE, tested=bool(review and review.holds))


def easy_review(variant: CoursePage) -> EasyReview | None:
    review = variant.easy_review
    if not review:
        return None
    now = fingerprint(variant, variant.lessons().live())
    return EasyReview(review["by"], date.fromisoformat(review["on"]), review["checksum"] == now)


def _row(german: Any, own: Mapping[str, Any]) -> VariantRow:
    published = german.live and not german.has_unpublished_changes
    cells = [
        VariantCell(code, _state(german, page), page.pk if page else None)
        for code, page in own.items()
    ]
    here = VariantCell("de", CURRENT if published else DRAFT, german.pk)
    return VariantRow(german.draft_title or german.title, here, cells)


def _state(german: Any, variant: Any | None) -> str:
    if variant is None:
        return MISSING
    if not variant.live:
        return DRAFT
    if isinstance(variant, LessonPage):
        difference = _difference(german, variant)
        if difference.outdated:
            return OUTDATED
        if difference.missing:
            return PARTIAL
    return DRAFT if variant.has_unpublished_changes else CURRENT


def _difference(german: LessonPage, variant: LessonPage) -> VariantDifference:
    hashes, own = block_hashes(german), _blocks_of_draft(variant)
    states = {block: _state_of_block(block, hashes, own, variant.seen) for block in hashes}
    return VariantDifference(
        missing=[block for block, state in states.items() if state == MISSING],
        outdated=[block for block, state in states.items() if state == OUTDATED],
    )


def _blocks_of_draft(page: LessonPage) -> set[str]:
    """Ids of the newest draft's blocks, read without building the page."""
    if page.latest_revision is None:
        return {block["id"] for block in page.body.raw_data}
    return {block["id"] for block in json.loads(page.latest_revision.content["body"])}


def _state_of_block(
    block: str, german: Mapping[str, str], own: set[str], seen: Mapping[str, str]
) -> str:
    if block not in german:
        return EXTRA
    if block not in own:
        return MISSING
    return CURRENT if seen.get(block, german[block]) == german[block] else OUTDATED


def _order(german: list[str], own: list[str]) -> list[str]:
    """All ids in the German order, each of the variant's own after what stands before it there."""
    order = list(german)
    before = ""
    for block in own:
        if block not in order:
            order.insert(order.index(before) + 1 if before else 0, block)
        before = block
    return order


def _paragraph(text: Any) -> SafeString:
    return format_html("<p>{}</p>", text)


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
