"""Links: words that say where they lead, also when read without the sentence around them (WCAG 2.4.4, 2.4.9)."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from accessibility.checks.parts import (
    DownloadPart,
    ElementPart,
    Finding,
    LessonPart,
    elements,
    excerpt,
    html_of,
)

#: What is left of a link's words without these says nothing about its target.
_EMPTY = (
    "hier da dort mehr weiter weiterlesen lesen link links dieser diesen diese dieses klick klicke klicken "
    "klickt sie bitte mich lang entlang geht es und jetzt erfahren dazu ansehen anschauen öffnen aufrufen "
    "herunterladen laden download downloaden details info infos information informationen website webseite "
    "internetseite homepage seite artikel beitrag text dokument datei pdf word excel html epub zip video film "
    "bild übersicht start los zum zur zu den die das der dem auf unter im in ein eine einen nächste zurück "
    "click here more read this go page web site article document file learn plain the to see continue"
)
EMPTY = frozenset(_EMPTY.split(" "))
#: "dieses Produkt": which one stands somewhere else.
POINTING = re.compile(r"(?:dies(?:e[rsnm]?)?|this|these|that|those) [^\W\d_]+", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
LONGEST = 15  # words; a screen reader reads a link as one


def says_nothing(text: str) -> bool:
    """No word of it names a target, or it only points at one: "→ Hier klicken", "PDF", "▶", "dieses Produkt"."""
    if not text or re.search(r"\d", text):
        return False
    words = WORD.findall(text.casefold())
    return EMPTY.issuperset(words) or bool(POINTING.fullmatch(" ".join(words)))


def look(parts: Sequence[LessonPart], _lang: str) -> Iterator[Finding]:
    leads: dict[str, str] = {}
    for part in parts:
        if isinstance(part.content, DownloadPart) and says_nothing(part.content.title):
            yield Finding("link-vague", part.id, excerpt(part.content.title))
        for element in elements(html_of(part)):
            if element.tag == "a" and _is_link(element):
                yield from _one(part.id, element, leads)


def _is_link(element: ElementPart) -> bool:
    """An `a` without a target is a place, no link; Wagtail's own links have the number of a page."""
    return bool({"href", "id", "linktype"} & element.attributes.keys())


def _one(part: str, element: ElementPart, leads: dict[str, str]) -> Iterator[Finding]:
    text = element.text
    target = element.attributes.get("href") or element.attributes.get("id", "")
    if not text:
        yield Finding("link-empty", part, excerpt(target))
    elif ADDRESS.fullmatch(text):
        yield Finding("link-address", part, excerpt(text))
    elif says_nothing(text):
        yield Finding("link-vague", part, excerpt(text))
    elif leads.setdefault(text.casefold(), plain_target(target)) != plain_target(target):
        yield Finding("link-same-words", part, excerpt(text))
    if len(WORD.findall(text)) > LONGEST:
        yield Finding("link-long", part, excerpt(text))


def plain_target(address: str) -> str:
    """One spelling for what leads to the same place: no scheme, no "www.", no slash at the end, a host in small letters."""
    try:
        url = urlsplit(address.strip())
    except ValueError:
        return address
    if url.scheme.casefold() not in ("", "http", "https"):
        return address.strip().casefold()
    host = (url.hostname or "").removeprefix("www.")
    query = f"?{url.query}" if url.query else ""
    anchor = f"#{url.fragment}" if url.fragment else ""
    return f"{host}{url.path.removesuffix('/')}{query}{anchor}"
