"""Links: words that say where they lead, also when read without the sentence around them (WCAG 2.4.4)."""

import re
from collections.abc import Iterator, Sequence

from accessibility.checks.parts import Finding, LessonPart, elements, excerpt, html_of

VAGUE = re.compile(
    r"(klicken sie |klick |bitte )?(hier|da|dort|mehr|weiter|weiterlesen|mehr erfahren|mehr dazu|link|dieser link|"
    r"details|infos?|click here|here|more|read more)( klicken)?[\s.!…:»>]*",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)


def look(parts: Sequence[LessonPart], _lang: str) -> Iterator[Finding]:
    leads: dict[str, str] = {}
    for part in parts:
        for element in elements(html_of(part)):
            if element.tag == "a":
                target = element.attributes.get("href") or element.attributes.get("id", "")
                yield from _one(part.id, element.text, target, leads)


def _one(part: str, text: str, target: str, leads: dict[str, str]) -> Iterator[Finding]:
    if not text:
        yield Finding("link-empty", part, excerpt(target))
    elif VAGUE.fullmatch(text):
        yield Finding("link-vague", part, excerpt(text))
    elif ADDRESS.fullmatch(text):
        yield Finding("link-address", part, excerpt(text))
    elif leads.setdefault(text.casefold(), target) != target:
        yield Finding("link-same-words", part, excerpt(text))
