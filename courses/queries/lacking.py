"""What a draft still lacks before a reader may see it: the strict `clean()` of its fields and blocks. Nothing of it is stored."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.fields import StreamField

from courses.blocks import LessonBody
from courses.models import CoursePage, LessonPage

#: Of its own: a draft that is saved at the same time switches the page's blocks to deferred validation (Wagtail's `clean_deferred`).
STRICT = LessonBody()
#: Says that a value is missing, not that it is wrong.
EMPTY = ("required", "blank", "null")


class Lack(NamedTuple):
    """One thing that is missing or wrong. `part` is a block's id or a field's name, `kind` what that is called."""

    part: str
    kind: str
    says: str


class LackingPage(NamedTuple):
    page: CoursePage | LessonPage
    lacks: list[Lack]


def lacking(page: CoursePage | LessonPage) -> list[Lack]:
    """Everything, in the order of the page."""
    return [*_of_fields(page), *_of_blocks(page)]


def lacking_pages(pages: Iterable[CoursePage | LessonPage]) -> list[LackingPage]:
    """Those of `pages` that lack something; a course without a step lacks one."""
    found = [LackingPage(page, lacking(page)) for page in pages]
    return [one for one in found if one.lacks]


def lacking_steps(course: CoursePage) -> list[LackingPage]:
    """A course that has no step yet."""
    if course.lessons().exists():
        return []
    says = gettext("Der Kurs hat noch keinen Schritt.")
    return [LackingPage(course, [Lack("", gettext("Schritte"), says)])]


def lacks_of(block: Any) -> list[str]:
    """What one block of a lesson lacks, in words."""
    strict = STRICT.child_blocks[block.block_type]
    label = "" if isinstance(strict, blocks.StructBlock) else str(strict.label)
    try:
        strict.clean(block.value)
    except ValidationError as wrong:
        return list(_sentences(wrong, strict, block.value, (label,) if label else ()))
    return []


def _of_fields(page: CoursePage | LessonPage) -> Iterator[Lack]:
    try:
        page.full_clean(exclude=page.OF_THE_PAGE)  # no author can mend these
    except ValidationError as wrong:
        for name, errors in wrong.error_dict.items():
            label = _label(page, name)
            for error in errors:
                if not _is_stream(page, name) or error.code in EMPTY:
                    yield Lack(name, label, _sentence(error, (label,) if label else ()))


def _of_blocks(page: CoursePage | LessonPage) -> Iterator[Lack]:
    """Of a lesson block by block; of other streams (the goals of a course) as a whole."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            stream = getattr(page, field.name)
            of = _of_lesson if isinstance(page, LessonPage) else _of_stream
            yield from of(field, stream)


def _of_lesson(field: Any, stream: Any) -> Iterator[Lack]:
    if not stream:
        yield Lack(field.name, "", gettext("Der Schritt ist noch leer."))
    for block in stream:
        kind = str(STRICT.child_blocks[block.block_type].label)
        yield from (Lack(block.id, kind, says) for says in lacks_of(block))


def _of_stream(field: Any, stream: Any) -> Iterator[Lack]:
    label = str(field.verbose_name)
    try:
        stream.stream_block.clean(stream)
    except ValidationError as wrong:
        if stream:
            said = _sentences(wrong, stream.stream_block, stream, (label,))
        else:  # it would speak of the least number of elements
            said = iter([gettext("Fehlt noch: %(what)s") % {"what": label}])
        yield from (Lack(field.name, label, says) for says in said)


def _is_stream(page: CoursePage | LessonPage, name: str) -> bool:
    return name != NON_FIELD_ERRORS and isinstance(page._meta.get_field(name), StreamField)


def _label(page: CoursePage | LessonPage, name: str) -> str:
    return "" if name == NON_FIELD_ERRORS else str(page._meta.get_field(name).verbose_name)


def _sentences(
    wrong: ValidationError, block: Any, value: Any, names: tuple[str, ...]
) -> Iterator[str]:
    """The errors of a block and of the blocks in it, each with the names that lead to its place."""
    inner = getattr(wrong, "block_errors", None)
    if inner is None:
        yield from (_sentence(error, names) for error in wrong.error_list)
        return
    for place, error in inner.items():
        child, inside = _child(block, value, place)
        yield from _sentences(error, child, inside, _names(names, block, child, place))
    yield from (_sentence(error, names) for error in _as_a_whole(wrong))


def _as_a_whole(wrong: Any) -> list[ValidationError]:
    said = getattr(wrong, "non_block_errors", None)
    return list(said.as_data()) if said else []


def _child(block: Any, value: Any, place: Any) -> tuple[Any, Any]:
    """The block at a place of another one, and its value."""
    if isinstance(block, blocks.ListBlock):
        return block.child_block, value[place]
    if isinstance(block, blocks.StreamBlock):
        return block.child_blocks[value[place].block_type], value[place].value
    inside = None if value is None or not hasattr(value, "get") else value.get(place)
    return block.child_blocks[place], inside


def _names(names: tuple[str, ...], block: Any, child: Any, place: Any) -> tuple[str, ...]:
    """A row is called by its number, without the name of its list; what is asked in place of something, by the place.

    The words of a row are called as the row is: "Antwort 1", and not "Antworten, Antwort 1, Antwort".
    """
    if isinstance(block, blocks.ListBlock):
        return (*names[:-1], f"{child.label} {place + 1}")
    if isinstance(block, blocks.StreamBlock):
        return names
    if names and names[-1].startswith(f"{child.label} "):
        return (*names, "")
    return (*names, str(child.label))


def _sentence(error: ValidationError, names: tuple[str, ...]) -> str:
    """Names: from outside to inside; an empty one at the end stands for the words themselves."""
    *around, last = names or ("",)
    if error.code not in EMPTY:
        return (
            f"{', '.join(filter(None, names))}: {error.messages[0]}"
            if any(names)
            else error.messages[0]
        )
    if not last and around:
        return gettext("Bei %(place)s fehlt noch der Text.") % {"place": ", ".join(around)}
    if around:
        return gettext("Bei %(place)s fehlt noch: %(what)s") % {
            "place": ", ".join(around),
            "what": last,
        }
    return gettext("Fehlt noch: %(what)s") % {"what": last} if last else error.messages[0]
