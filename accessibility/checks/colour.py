"""Colours: never the only sign (WCAG 1.4.1), and readable where an author set them (WCAG 1.4.3)."""

import re
from collections.abc import Iterator, Sequence

from accessibility.checks.parts import Finding, LessonPart, elements, excerpt, html_of, paragraphs
from words.colours import contrast

NAMES = "rot|rötlich|grün|blau|gelb|orange|lila|violett|rosa|grau"
ONLY = re.compile(
    rf"\b(?:(?:die|den|der|das|alle|auf|im|in)\s+)(?:{NAMES})(?:e[nmrs]?)\s+(?:felder?n?|knöpfe?n?|knopf|kästchen|"
    rf"wörter|wort|texte?|stellen|bereiche?|linien?|markierungen?|punkte?n?)\b|\b(?:{NAMES})\s+(?:markiert|gekennzeichnet|"
    rf"hinterlegt|hervorgehoben|geschrieben)",
    re.IGNORECASE,
)
LEAST = 4.5
HEX = r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b"
FOREGROUND = re.compile(rf"(?:^|[;\s])color\s*:\s*({HEX})", re.IGNORECASE)
BACKGROUND = re.compile(rf"background(?:-color)?\s*:\s*({HEX})", re.IGNORECASE)


def look(parts: Sequence[LessonPart], _lang: str) -> Iterator[Finding]:
    for part in parts:
        html = html_of(part)
        for text in paragraphs(html):
            if named := ONLY.search(text):
                yield Finding("colour-only", part.id, excerpt(named.group()))
        for element in elements(html):
            if _is_faint(element.attributes.get("style", "")):
                yield Finding("contrast-low", part.id, excerpt(element.text))


def _is_faint(style: str) -> bool:
    """An author's colour on an author's (or the light page's) background."""
    text, ground = FOREGROUND.search(style), BACKGROUND.search(style)
    if not text and not ground:
        return False
    pair = (text.group(1) if text else "#000000", ground.group(1) if ground else "#ffffff")
    return contrast(*pair) < LEAST
