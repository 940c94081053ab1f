"""One lesson becomes one printed lesson: HTML that is the same for everybody, its items, and the answer key."""

import random
from collections.abc import Callable
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext, override

from courses import markers, quizzes, tables
from courses.blocks import QUESTIONS
from courses.blocks.films import has_captions
from courses.press import activities, files, lists
from courses.press.credits import credit_line, credits_of
from courses.press.rich_text import rich


class RenderedLesson(NamedTuple):
    position: int
    key: str  # of the lesson, in every language
    slug: str
    title: str
    lang: str
    minutes: int
    open: bool
    html: str
    rule: str  # when this lesson counts as done, in words
    items: list[str]
    keys: dict[str, dict[str, Any]]
    credits: list[dict[str, str]]  # of its pictures and files
    activities: dict[str, int]  # {block id: revision of the activity}


def print_lesson(
    source: Any, variant: Any | None, *, language: str, position: int, trusting: bool = False
) -> RenderedLesson:
    """Print `source` (the German lesson) in `language`; `variant` is its translation, None when it is missing.

    The source defines which items count. A variant brings its own blocks; items it lacks follow in German. In a
    `trusting` course activities count as well whose answers only a browser has seen.
    """
    page = variant or source
    lang = language if variant else "de"
    wanted = [block.id for block in source.body if _is_item(block, trusting=trusting)]
    with override(language):
        printed = [_Block(block, lang, language) for block in page.body if _counts(block, wanted)]
        have = {block.id for block in printed}
        printed += [
            _Block(block, "de", language, foreign=lang != "de")
            for block in source.body
            if block.id in wanted and block.id not in have
        ]
        if not wanted:
            wanted = [str(source.translation_key)]
            printed.append(_Block(None, lang, language, read=wanted[0]))
        for block in printed:
            block.counts = block.id in wanted
        return RenderedLesson(
            position=position,
            key=str(source.translation_key),
            slug=source.slug,
            title=page.title,
            lang=lang,
            minutes=source.minutes,
            open=source.open or position == 1,
            html="\n".join(block.html() for block in printed),
            rule=_rule(wanted, {block.type for block in printed if block.id in wanted}),
            items=wanted,
            keys={block.id: block.key for block in printed if block.key},
            credits=[credit for block in printed for credit in block.credits],
            activities={block.id: block.revision for block in printed if block.revision},
        )


def _counts(block: Any, wanted: list[str]) -> bool:
    """A question that only a variant has cannot count, so it is not printed."""
    return block.block_type not in QUESTIONS or block.id in wanted


def _is_item(block: Any, *, trusting: bool) -> bool:
    if block.block_type == "h5p":
        return activities.counts(block.value, trusting=trusting)
    return block.block_type in QUESTIONS


def _rule(items: list[str], kinds: set[str]) -> str:
    if "h5p" in kinds:
        return ngettext(
            "… Sie die Aufgabe geschafft haben.",
            "… Sie alle %(count)s Aufgaben geschafft haben.",
            len(items),
        ) % {"count": len(items)}
    if kinds == {"read"}:
        return gettext("… Sie unten auf „Ich habe das gelesen“ gedrückt haben.")
    return ngettext(
        "… Sie die Frage richtig beantwortet haben.",
        "… Sie alle %(count)s Fragen richtig beantwortet haben.",
        len(items),
    ) % {"count": len(items)}


def keys_of(source: Any, *, trusting: bool = False) -> dict[str, dict[str, Any]]:
    """The answer keys of a German lesson as it would be printed now: {item id: key}, in order."""
    keys = {
        block.id: {"kind": block.block_type, **KEYS[block.block_type](block.value)}
        for block in source.body
        if _is_item(block, trusting=trusting)
    }
    return keys or {str(source.translation_key): {"kind": "read"}}


class _Block:
    """One block on its way to the printed lesson: its author wrote in `lang`, the words around are in the reader's `language`.

    Where the two differ, the words of the interface say their language (WCAG 3.1.2), and `own` leads back to the author's.
    """

    def __init__(
        self,
        block: Any,
        lang: str,
        language: str,
        *,
        foreign: bool = False,
        read: str = "",
        inside: str = "",
    ) -> None:
        self.type = "read" if read else block.block_type
        self.id = read or block.id
        self.value = None if read else block.value
        self.lang = lang
        self.language = language
        self.foreign = foreign
        self.inside = inside  # the activity whose place this question takes
        self.counts = False  # an item of its lesson

    def html(self) -> str:
        if self.type in UNFINISHED and UNFINISHED[self.type](self.value):
            says = gettext("Dieser Teil ist noch nicht fertig.")  # only in an author's preview
            return format_html('<p class="ls-note" lang="{}">{}</p>', self.language, says)
        marks = [format_html(' lang="{}"', lang) for lang in (self.lang, self.language)]
        own, words = marks if self.lang != self.language else ("", "")
        context = {
            "id": self.id,
            "item": self.inside or self.id,
            "inside": self.inside,
            "words": words,
            "own": own,
            "credits": [credit_line(credit, words=words) for credit in self.credits],
            **CONTEXTS[self.type](self.value, self),
        }
        html = render_to_string(f"courses/blocks/{self.type}.html", context)
        return f'<div lang="de">{html}</div>' if self.foreign else html

    @cached_property
    def credits(self) -> list[dict[str, str]]:
        return credits_of(self.type, self.value, lang=self.lang)

    @property
    def revision(self) -> int | None:
        """What is played, of an activity."""
        if self.type != "h5p" or self.value is None:
            return None
        content = self.value["content"]
        return content.newest.pk if content else None

    @property
    def key(self) -> dict[str, Any] | None:
        answers = KEYS.get(self.type)
        return {"kind": self.type, **answers(self.value)} if answers else None


def block_html(block: Any, lang: str = "de") -> str:
    """One block of a lesson in `lang` as it would be printed, alone."""
    return _Block(block, lang, lang).html()


def right_answers(block: Any) -> list[str]:
    """The solution of a question in words, for anyone who reviews it; empty for other blocks."""
    solve = SOLUTIONS.get(block.block_type)
    return [str(text) for text in solve(block.value)] if solve else []


def _choices(value: Any, block: _Block) -> dict[str, Any]:
    """In an order that says nothing, unless the author wants theirs: the page of a visitor is the same for everybody, and
    anyone who is enrolled gets an order of their own (`markers.mixed`).
    """
    texts = {c.id: c.value["text"] for c in value["choices"].bound_blocks}
    mixed = not value["fixed_order"]
    ids = markers.order(texts, block.id) if mixed else [*texts]
    choices = [{"id": one, "text": texts[one]} for one in ids]
    return {"value": {"question": value["question"], "choices": choices, "mixed": mixed}}


def _gap_parts(value: Any, _block: _Block) -> dict[str, Any]:
    pieces = quizzes.parts(value["text"])
    for piece in pieces:
        if "gap" in piece:
            piece["label"] = gettext("Lücke %(number)s") % {"number": piece["gap"]}
    return {"value": value, "parts": pieces}


def _shuffled_steps(value: Any, block: _Block) -> dict[str, Any]:
    """The same shuffle at every printing, and never the right order."""
    steps = [{"id": step.id, "text": step.value} for step in value["steps"].bound_blocks]
    mixed = list(steps)
    dice = random.Random(block.id)  # noqa: S311 -- a shuffle, not a secret
    while mixed == steps and len(steps) > 1:
        dice.shuffle(mixed)
    return {"value": value, "steps": mixed, "count": len(steps)}


def _token(pair: Any) -> str:
    """What the right side of a pair is called in the page: nobody can tell from it which row it belongs to."""
    return salted_hmac("courses.matching", pair.id).hexdigest()[:16]


def _pairs(value: Any, _block: _Block) -> dict[str, Any]:
    """Rows in the author's order; what belongs to them in an order that says nothing, the same in every language."""
    pairs = value["pairs"].bound_blocks
    options = sorted((_token(pair), pair.value["right"]) for pair in pairs)
    rows = [{"id": pair.id, "text": pair.value["left"]} for pair in pairs]
    return {"value": value, "rows": rows, "options": options}


def _with_html(value: Any, _block: _Block) -> dict[str, Any]:
    return {"value": {**value, "html": rich(value["html"])}}


def _image(value: Any, _block: _Block) -> dict[str, Any]:
    image = value["image"]
    text = {"alt": image.contextual_alt_text or "", "decorative": image.decorative}
    return {"image": files.image_context(image), "value": {**text, "caption": value["caption"]}}


def _video(value: Any, block: _Block) -> dict[str, Any]:
    words = {"title": value["title"], "transcript": rich(value["transcript"])}
    return {"video": files.video_context(value, block.lang), "value": words}


def _audio(value: Any, _block: _Block) -> dict[str, Any]:
    words = {"title": value["title"], "transcript": rich(value["transcript"])}
    return {"audio": files.audio_context(value), "value": words}


def _activity(value: Any, block: _Block) -> dict[str, Any]:
    question = next(iter(value["question"]), None)
    asked = _Block(question, block.lang, block.language, inside=block.id) if question else None
    other = {"alternative": rich(value["alternative"]), "question": asked.html() if asked else ""}
    return {"activity": activities.shown(value, counts=block.counts), **other}


CONTEXTS: dict[str, Callable[[Any, _Block], dict[str, Any]]] = {
    "text": lambda value, _: {"value": rich(value)},
    "image": _image,
    "video": _video,
    "audio": _audio,
    "download": lambda value, _: {"value": value, "file": files.download_context(value)},
    "callout": _with_html,
    "table": lambda value, _: {
        "value": value,
        "table": tables.table(value["rows"], value["headings"]),
    },
    "term": _with_html,
    "walkthrough": lambda value, _: lists.walkthrough_context(value),
    "accordion": lambda value, _: lists.accordion_context(value),
    "gallery": lambda value, _: lists.gallery_context(value),
    "link_card": lambda value, _: lists.link_context(value),
    "tried": lambda value, _: {"value": value},
    "single_choice": _choices,
    "multiple_choice": _choices,
    "true_false": lambda value, _: {"value": value},
    "gap_text": _gap_parts,
    "ordering": _shuffled_steps,
    "matching": _pairs,
    "read": lambda *_: {},
    "h5p": _activity,
}


#: A draft may lack its file; published blocks never do.
UNFINISHED: dict[str, Callable[[Any], bool]] = {
    "image": lambda value: not value["image"],
    "video": lambda value: not (value["file"] and has_captions(value)),
    "audio": lambda value: not value["file"],
    "download": lambda value: not value["file"],
    "gallery": lambda value: not any(one["image"] for one in value["pictures"]),
    "h5p": lambda value: value["content"] is None,
}


def _feedbacks(value: Any) -> dict[str, str]:
    return {name: value[name] or "" for name in ("feedback_right", "feedback_wrong")}


def _choice_key(value: Any) -> dict[str, Any]:
    return {
        "choices": {
            choice.id: {
                "right": bool(choice.value["right"]),
                "feedback": choice.value["feedback"] or "",
                "text": choice.value["text"],
            }
            for choice in value["choices"].bound_blocks
        }
    }


def _alternative_key(value: Any) -> dict[str, Any] | None:
    question = next(iter(value["question"]), None)
    kind = question.block_type if question else ""
    return {"kind": kind, **KEYS[kind](question.value)} if question else None


KEYS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "single_choice": _choice_key,
    "multiple_choice": _choice_key,
    "true_false": lambda value: {"right": bool(value["right"]), **_feedbacks(value)},
    "gap_text": lambda value: {"gaps": quizzes.gaps(value["text"]), **_feedbacks(value)},
    "ordering": lambda value: {
        "order": [step.id for step in value["steps"].bound_blocks],
        **_feedbacks(value),
    },
    "matching": lambda value: {
        "pairs": {pair.id: _token(pair) for pair in value["pairs"].bound_blocks},
        **_feedbacks(value),
    },
    "read": lambda _: {},
    "tried": lambda _: {},
    "h5p": lambda value: activities.key(value, _alternative_key(value)),
}


def _right_choices(value: Any) -> list[str]:
    return [choice["text"] for choice in value["choices"] if choice["right"]]


SOLUTIONS: dict[str, Callable[[Any], list[str]]] = {
    "single_choice": _right_choices,
    "multiple_choice": _right_choices,
    "true_false": lambda value: [
        gettext("Das stimmt") if value["right"] else gettext("Das stimmt nicht")
    ],
    "gap_text": lambda value: [" / ".join(words) for words in quizzes.gaps(value["text"])],
    "ordering": lambda value: [f"{n}. {step}" for n, step in enumerate(value["steps"], 1)],
    "matching": lambda value: [f"{pair['left']} – {pair['right']}" for pair in value["pairs"]],
}
