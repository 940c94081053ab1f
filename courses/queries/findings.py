"""What keeps readers out of a page as it is written now: its blocks and fields, looked at by `accessibility.checks`."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from django.utils.html import strip_tags

from accessibility.checks import (
    BLOCK,
    ActivityPart,
    CreditPart,
    DownloadPart,
    Finding,
    LessonPart,
    PicturePart,
    QuestionPart,
    Questions,
    Sound,
    TermPart,
    Text,
    VideoPart,
    check,
)
from accessibility.models import Exemption
from courses import tables
from courses.blocks.films import captions_problem, film_problem, has_captions, spoken_in
from courses.licences import lacks
from courses.models import CoursePage, LessonPage
from courses.press import activities
from files import SOUNDS, pictures
from tenancy.rows import rows

#: Fields of a course that readers see, in the order of its page.
COURSE_FIELDS = ("title", "summary", "lead", "audience")
#: Fields of a question that readers see.
CHOICES = ("single_choice", "multiple_choice")
WORDS = ("question", "statement", "text", "feedback_right", "feedback_wrong")


class CheckedCourse(NamedTuple):
    """Everything found on one page. What is exempt is among `exempt` only."""

    stopping: list[Finding]  # publishing waits for them
    warning: list[Finding]
    exempt: list[Finding]


def checked(page: CoursePage | LessonPage) -> CheckedCourse:
    """Look at the latest draft of `page`."""
    given = set(Exemption.objects.filter(page=page.pk).values_list("rule", "part", "excerpt"))
    findings = check(list(parts(page)), lang=page.locale.language_code)
    exempt = [finding for finding in findings if tuple(finding) in given]
    left = [finding for finding in findings if finding not in exempt]
    return CheckedCourse(
        stopping=[finding for finding in left if finding.severity == BLOCK],
        warning=[finding for finding in left if finding.severity != BLOCK],
        exempt=exempt,
    )


#: Exemptions are taken off when it is read: they come and go without a new draft.
INSPECTED = """SELECT i.page_id, i.stopping - (SELECT count(*) FROM accessibility_exemption e WHERE e.page_id = i.page_id
    AND i.findings @> jsonb_build_array(jsonb_build_array(e.rule, e.part, e.excerpt))), i.warning
  FROM providers_basepage p JOIN accessibility_inspection i ON i.revision_id = p.latest_revision_id
  WHERE p.id = ANY(%(pages)s)"""


class Inspected(NamedTuple):
    """How many findings the newest draft has, without what is exempt."""

    stopping: int
    warning: int


def inspected(pages: Iterable[int]) -> dict[int, Inspected]:
    """{page id: …} of the newest drafts, in one statement. A draft from before there were checks is missing."""
    inspections = rows(INSPECTED, {"pages": list(pages)})
    return {page: Inspected(stopping, warning) for page, stopping, warning in inspections}


def parts(page: CoursePage | LessonPage) -> Iterator[LessonPart]:
    """A page in reading order, as the checks want it."""
    if isinstance(page, CoursePage):
        for name in COURSE_FIELDS:
            yield LessonPart(name, Text(getattr(page, name)))
        for goal in page.goals:
            yield LessonPart(goal.id, Text(goal.value))
        yield LessonPart("title", Questions(tuple(_asked(page))))
        return
    yield LessonPart("title", Text(page.title))
    for block in page.body:
        for content in CONTENTS[block.block_type](block.value):
            yield LessonPart(block.id, content)


def _asked(course: CoursePage) -> Iterator[QuestionPart]:
    """Every question of the course as its lessons are written now."""
    for lesson in course.lessons() if course.pk else ():
        newest = (
            lesson.get_latest_revision_as_object() if lesson.has_unpublished_changes else lesson
        )
        for block in newest.body:
            if block.block_type in CHOICES:
                yield from (one for one in _words(block.value) if isinstance(one, QuestionPart))


def _source(value: Any) -> str:
    return getattr(value, "source", value) or ""


def _picture(value: Any) -> Iterator[PicturePart | CreditPart]:
    image = value["image"]
    if image:
        alt = image.contextual_alt_text or ""
        moves = image.filename.lower().endswith((".gif", ".webp")) and _moves(image)
        yield PicturePart(alt, image.decorative, image.filename, value["caption"] or "", moves)
        yield from _credit(image)


def _pictures(value: Any) -> Iterator[Text | PicturePart | CreditPart]:
    """Of a gallery."""
    yield Text(value["title"])
    for one in value["pictures"]:
        yield from _picture(one)


def _walkthrough(value: Any) -> Iterator[Text | PicturePart | CreditPart]:
    yield Text(value["title"])
    for stage in value["stages"]:
        yield Text(_source(stage["html"]))
        yield from _picture({"image": stage["image"], "caption": ""})


def _accordion(value: Any) -> Iterator[Text]:
    for fold in value["folds"]:
        yield Text(fold["title"])
        yield Text(_source(fold["html"]))


def _moves(image: Any) -> bool:
    try:
        with image.open_file() as file:
            return pictures.moves(file.read())
    except OSError:
        return False


def _video(value: Any) -> Iterator[VideoPart | CreditPart]:
    yield VideoPart(
        captions=has_captions(value),
        transcript=_source(value["transcript"]),
        fits=not captions_problem(value),
        plays=not film_problem(value["file"]),
        spoken=spoken_in(value),
    )
    for name in ("file", "poster", "captions"):
        yield from _credit(value[name])


def _audio(value: Any) -> Iterator[Sound | CreditPart]:
    yield Sound(_source(value["transcript"]), plays=not film_problem(value["file"], SOUNDS))
    yield from _credit(value["file"])


def _download(value: Any) -> Iterator[DownloadPart | CreditPart]:
    document = value["file"]
    if document:
        tagged = _is_tagged(document) if document.filename.lower().endswith(".pdf") else None
        yield DownloadPart(value["title"], document.filename, tagged)
        yield from _credit(document)


def _credit(thing: Any) -> Iterator[CreditPart]:
    """What the licence of an image or document still asks for; nothing is asked of one's own."""
    if credit := getattr(thing, "credit", None):
        missing = lacks(credit.licence, author=credit.author, link=credit.link)
        yield CreditPart(thing.filename, tuple(missing))


def _is_tagged(document: Any) -> bool:
    """ISO 32000-1 § 14.8: a tagged PDF is marked and has a structure tree. What cannot be read is not tagged."""
    from pypdf import PdfReader  # noqa: PLC0415 -- takes 20 MB, and most courses have no PDF
    from pypdf.errors import PyPdfError  # noqa: PLC0415 -- the same

    try:
        with document.open_file() as file:
            root: Any = PdfReader(file).trailer["/Root"].get_object()
            marked = root.get("/MarkInfo", {}).get_object().get("/Marked")
            return bool(marked) and "/StructTreeRoot" in root
    except (OSError, PyPdfError, KeyError, AttributeError, ValueError):
        return False


def _words(value: Any) -> Iterator[Text | QuestionPart]:
    yield from (Text(value[name]) for name in WORDS if value.get(name))
    for choice in value.get("choices", ()):
        yield from (Text(choice[name]) for name in ("text", "feedback") if choice[name])
    yield from (Text(step) for step in value.get("steps", ()))
    yield from (Text(pair[side]) for pair in value.get("pairs", ()) for side in ("left", "right"))
    if "choices" in value:
        choices = tuple((one["text"], bool(one["right"])) for one in value["choices"])
        yield QuestionPart(value["question"], choices, bool(value["fixed_order"]))


def _rich(value: Any) -> Iterator[Text]:
    yield Text(_source(value["html"]))


def _table(value: Any) -> Iterator[Text]:
    yield Text(value["caption"])
    yield from (Text(cell) for row in tables.cells(value["rows"]) for cell in row if cell)


def _activity(value: Any) -> Iterator[Text | QuestionPart | ActivityPart]:
    """Where the server grades, the same in another form has to be graded as well, or it would not count."""
    content, other = value["content"], _source(value["alternative"])
    yield Text(value["lead"] or "")
    yield Text(other)
    for question in value["question"]:
        yield from _words(question.value)
    if content is None:
        return
    enough = bool(strip_tags(other).strip()) and (
        bool(value["question"]) or not activities.graded(content)
    )
    barriers, finished = activities.has_barriers(content), activities.is_finished(content)
    yield ActivityPart(content.title, barriers, enough, finished)


CONTENTS: dict[str, Callable[[Any], Iterator[Any]]] = {
    "text": lambda value: iter([Text(_source(value))]),
    "image": _picture,
    "video": _video,
    "audio": _audio,
    "download": _download,
    "callout": _rich,
    "table": _table,
    "h5p": _activity,
    "walkthrough": _walkthrough,
    "accordion": _accordion,
    "gallery": _pictures,
    "link_card": lambda value: iter([Text(value["title"]), Text(value["text"] or "")]),
    "tried": lambda value: iter([Text(value["statement"])]),
    "term": lambda value: iter([TermPart(value["term"], _source(value["html"]))]),
    **dict.fromkeys(
        ("single_choice", "multiple_choice", "true_false", "gap_text", "ordering", "matching"),
        _words,
    ),
}
