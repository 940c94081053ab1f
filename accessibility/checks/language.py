"""Words: short enough, in the language they are announced in, and not shouted (WCAG 3.1.2, DIN SPEC 33429)."""

import re
from collections.abc import Iterator, Sequence

from accessibility.checks.parts import Finding, Part, excerpt, html_of, paragraphs

LONGEST_SENTENCE = {"de-simple": 12, "de": 25, "en": 25}  # words
LONGEST_WORD = 16  # letters of a compound without a hyphen, in plain German only
SENTENCE = re.compile(r"(?<=[.!?:…])\s+(?=[A-ZÄÖÜ„\"(])")
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
CAPITALS = re.compile(r"(?:\b[A-ZÄÖÜẞ]{4,}\b[\s,!?.]*){2,}")
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?")
EMOJI_RUN = re.compile(f"(?:{EMOJI.pattern}\\s*){{3,}}")
#: The commonest words tell a language; a passage needs several of them and none of the own.
_DE = "der die das und ist nicht sie mit ein eine auf für von im zu den wir ihr ich es an bei oder sich"
_EN = "the and is you of to that it for on are with this be your can not have or from will a"
COMMON = {"de": frozenset(_DE.split(" ")), "en": frozenset(_EN.split(" "))}
ENOUGH = 6  # words of a passage, before its language is guessed


def look(parts: Sequence[Part], lang: str) -> Iterator[Finding]:
    for part in parts:
        html = html_of(part)
        for text in paragraphs(html):
            yield from _paragraph(part.id, text, lang)
            if "lang=" not in html and _is_foreign(text, lang):
                yield Finding("language-unmarked", part.id, excerpt(text))


def _paragraph(part: str, text: str, lang: str) -> Iterator[Finding]:
    for sentence in SENTENCE.split(text):
        if len(WORD.findall(sentence)) > LONGEST_SENTENCE.get(lang, 25):
            yield Finding("sentence-long", part, excerpt(sentence))
    if lang == "de-simple":
        for word in WORD.findall(text):
            if "-" not in word and len(word) > LONGEST_WORD:
                yield Finding("word-long", part, excerpt(word))
    if shouted := CAPITALS.search(text):
        yield Finding("capitals", part, excerpt(shouted.group()))
    if run := EMOJI_RUN.search(text):
        yield Finding("emoji-run", part, excerpt(run.group()))


def _is_foreign(text: str, lang: str) -> bool:
    own = lang.partition("-")[0]
    words = [word.casefold() for word in WORD.findall(text)]
    if len(words) < ENOUGH or own not in COMMON:
        return False
    share = {
        code: sum(word in common for word in words) / len(words) for code, common in COMMON.items()
    }
    return any(share[code] > 0.25 > 3 * share[own] for code in COMMON if code != own)
