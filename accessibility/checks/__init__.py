"""What keeps readers out of a text, found before it is published. Pure: parts in, findings out.

A lesson comes as `Part`s in reading order (accessibility.checks.parts); `check` returns `Finding`s in the same order.
Rules and where they come from: RULES. The words for authors are `accessibility.advice`.
"""

from collections.abc import Sequence

from accessibility.checks import (
    by_hand,
    colour,
    files,
    foreign,
    guessing,
    headings,
    language,
    links,
    pictures,
    plain,
    senses,
    words,
)
from accessibility.checks.parts import (
    BLOCK,
    RULES,
    WARN,
    ActivityPart,
    CheckRule,
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
)

__all__ = [
    "BLOCK",
    "RULES",
    "WARN",
    "ActivityPart",
    "CheckRule",
    "CreditPart",
    "DownloadPart",
    "Finding",
    "PicturePart",
    "QuestionPart",
    "Questions",
    "Sound",
    "TermPart",
    "Text",
    "VideoPart",
    "check",
]

LOOKERS = (
    pictures.look,
    headings.look,
    by_hand.look,
    links.look,
    files.look,
    foreign.look,
    language.look,
    plain.look,
    words.look,
    colour.look,
    senses.look,
    guessing.look,
)


def check(parts: Sequence[LessonPart], *, lang: str) -> list[Finding]:
    """All findings, by part and then by rule; `lang` is the lesson's language ("de", "de-simple", "en")."""
    order = {part.id: number for number, part in enumerate(parts)}
    findings = {finding for look in LOOKERS for finding in look(parts, lang)}
    return sorted(findings, key=lambda f: (order[f.part], list(RULES).index(f.rule), f.excerpt))
