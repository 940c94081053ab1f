"""Sentences and words: short enough, and not shouted (DIN SPEC 33429)."""

import re
from collections.abc import Iterator, Sequence

from accessibility.checks.parts import Finding, LessonPart, excerpt, html_of, paragraphs

LONGEST_SENTENCE = {"de-simple": 12, "de": 25, "en": 25}  # words
LONGEST_PARAGRAPH = {"de-simple": 50}  # words; DIN SPEC 33429: one thought each
LONGEST_WORD = 16  # letters of a compound without a hyphen, in plain German only
SENTENCE = re.compile(r"(?<=[.!?:…])\s+(?=[A-ZÄÖÜ„\"(])")
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
CAPITALS = re.compile(r"(?:\b[A-ZÄÖÜẞ]{4,}\b[\s,!?.]*){2,}")
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?")
EMOJI_RUN = re.compile(f"(?:{EMOJI.pattern}\\s*){{3,}}")


def look(parts: Sequence[LessonPart], lang: str) -> Iterator[Finding]:
    for part in parts:
        for text in paragraphs(html_of(part)):
            yield from _paragraph(part.id, text, lang)


def _paragraph(part: str, text: str, lang: str) -> Iterator[Finding]:
    for sentence in SENTENCE.split(text):
        if len(WORD.findall(sentence)) > LONGEST_SENTENCE.get(lang, 25):
            yield Finding("sentence-long", part, excerpt(sentence))
    if len(WORD.findall(text)) > LONGEST_PARAGRAPH.get(lang, 100):
        yield Finding("paragraph-long", part, excerpt(text))
    if lang == "de-simple":
        yield from (Finding("word-long", part, excerpt(word)) for word in _long_words(text))
    if shouted := CAPITALS.search(text):
        yield Finding("capitals", part, excerpt(shouted.group()))
    if run := EMOJI_RUN.search(text):
        yield Finding("emoji-run", part, excerpt(run.group()))


def _long_words(text: str) -> Iterator[str]:
    return (word for word in WORD.findall(text) if "-" not in word and len(word) > LONGEST_WORD)
