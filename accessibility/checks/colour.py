"""Colours that an author set can be read (WCAG 1.4.3). Colours as a sign: `senses`."""

import re
from collections.abc import Iterator, Sequence

from accessibility.checks.parts import Finding, LessonPart, elements, excerpt, html_of
from words.colours import contrast

LEAST = 4.5
HEX = r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b"
FOREGROUND = re.compile(rf"(?:^|[;\s])color\s*:\s*({HEX})", re.IGNORECASE)
BACKGROUND = re.compile(rf"background(?:-color)?\s*:\s*({HEX})", re.IGNORECASE)


def look(parts: Sequence[LessonPart], _lang: str) -> Iterator[Finding]:
    for part in parts:
        for element in elements(html_of(part)):
            if _is_faint(element.attributes.get("style", "")):
                yield Finding("contrast-low", part.id, excerpt(element.text))


def _is_faint(style: str) -> bool:
    """An author's colour on an author's (or the light page's) background."""
    text, ground = FOREGROUND.search(style), BACKGROUND.search(style)
    if not text and not ground:
        return False
    pair = (text.group(1) if text else "#000000", ground.group(1) if ground else "#ffffff")
    return contrast(*pair) < LEAST
