"""Rare words in plain German (DIN SPEC 33429): what is not among the common words and is not explained.

The list is an extract of wordfreq 3.1.1 (CC BY-SA 4.0): the German words that are met at least once in a million, Zipf
frequency 3 and more. The package itself is 70 MB for 40 languages and has ended; the words that are needed are 0.2 MB.
"""

import gzip
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

from accessibility.checks.parts import Finding, LessonPart, TermPart, excerpt, html_of, paragraphs

LIST = Path(__file__).with_name("german.txt.gz")
MOST = 5  # findings of a lesson: more would hide the rest
SHORTEST = 4  # letters
WORD = re.compile(r"[^\W\d_]+(?:[-·][^\W\d_]+)*")
ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*|\b[\w-]+\.[a-z]{2,4}\b")
ENDINGS = ("", "e", "n", "s", "en", "er", "es", "em", "ern")
#: Words after which a capital letter begins no name: "die Kryptografie", "Ihre Kryptografie", but "Frau Kowalska".
BEFORE_NOUNS = re.compile(
    r"(?:sie|ihr(?:e[nmrs]?)?|ihnen|d(?:ie|er|as|en|em|es)|(?:k?ein|mein|dein|sein|unser|euer)(?:e[nmrs]?)?|"
    r"diese[nmrs]?|jede[nmrs]?|alle[nmrs]?|viele[nr]?|mit|ohne|für|von|und|oder|bei|zu[mr]?|i[mn]|auf)",
    re.IGNORECASE,
)


def look(parts: Sequence[LessonPart], lang: str) -> Iterator[Finding]:
    if lang == "de-simple":
        yield from islice(_rare(parts), MOST)


def _rare(parts: Sequence[LessonPart]) -> Iterator[Finding]:
    """Each word once, at its first place."""
    seen = {_stem(part.content.word) for part in parts if isinstance(part.content, TermPart)}
    for part in parts:
        for text in paragraphs(html_of(part), own_words_only=True):
            for word in _candidates(ADDRESS.sub(" ", text)):
                if _stem(word) not in seen and not is_common(word):
                    seen.add(_stem(word))
                    yield Finding("word-rare", part.id, excerpt(word))


def is_common(word: str) -> bool:
    """Is it among the common words, as it is, without a usual ending, or in each of its parts ("Geburts-Tag")?"""
    pieces = re.split("[-·]", word)
    return _is_listed("".join(pieces)) or (len(pieces) > 1 and all(map(_is_listed, pieces)))


def _is_listed(word: str) -> bool:
    plain = word.casefold().replace("ß", "ss")
    forms = {
        form.removesuffix(ending)
        for form in (word.lower(), plain)
        for ending in ENDINGS
        if form.endswith(ending)
    }
    return len(plain) < SHORTEST or not forms.isdisjoint(_common())


@cache
def _common() -> frozenset[str]:
    return frozenset(gzip.decompress(LIST.read_bytes()).decode().split())


def _candidates(text: str) -> Iterator[str]:
    """Words that are no names: those with a capital inside ("WhatsApp") and those after another capital are."""
    before = ""
    for word in WORD.findall(text):
        capital = word[0].isupper() and before[:1].isupper() and not BEFORE_NOUNS.fullmatch(before)
        inside = any(piece[1:] != piece[1:].lower() for piece in re.split("[-·]", word))
        if len(word) >= SHORTEST and not capital and not inside:
            yield word
        before = word


def _stem(word: str) -> str:
    plain = re.sub("[-·]", "", word.casefold())
    ending = max((e for e in ENDINGS if plain.endswith(e)), key=len)
    return plain.removesuffix(ending) if len(plain) - len(ending) >= SHORTEST else plain
