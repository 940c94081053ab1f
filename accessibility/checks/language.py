"""Words: short enough, in the language they are announced in, and not shouted (WCAG 3.1.2, DIN SPEC 33429)."""

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
#: The commonest words tell a language; a passage needs several of them and none of the own.
_COMMON = {
    "de": "der die das und ist nicht sie mit ein eine auf für von im zu den wir ihr ich es an bei oder sich",
    "en": "the and is you of to that it for on are with this be your can not have or from will a",
    "fr": "le la les et est vous une pour dans que qui sur avec pas ne ce il elle nous votre je au aux",
    "tr": "ve bir bu için ile ne çok daha olarak var değil siz ama gibi olan her kadar sizin",
}
COMMON = {code: frozenset(words.split(" ")) for code, words in _COMMON.items()}
ENOUGH = 6  # words of a passage, before its language is guessed
#: Letters that are no Latin ones tell at once.
SCRIPTS = {
    "arabic": re.compile(r"[\u0600-\u06ff]{2,}(?:\s+[\u0600-\u06ff]+)+"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]{2,}(?:\s+[\u0400-\u04ff]+)+"),
}
WRITTEN_IN = {"ar": "arabic", "fa": "arabic", "ru": "cyrillic", "uk": "cyrillic"}


def look(parts: Sequence[LessonPart], lang: str) -> Iterator[Finding]:
    for part in parts:
        html = html_of(part)
        for text in paragraphs(html):
            yield from _paragraph(part.id, text, lang)
        for text in paragraphs(html, own_words_only=True):
            if passage := _foreign(text, lang):
                yield Finding("language-unmarked", part.id, excerpt(passage))


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


def _foreign(text: str, lang: str) -> str:
    """The passage of `text` that is in another language than `lang`; empty when there is none."""
    own = lang.partition("-")[0]
    for script, letters in SCRIPTS.items():
        if WRITTEN_IN.get(own) != script and (foreign := letters.search(text)):
            return foreign.group()
    return text if own in COMMON and _reads_like_another(text, own) else ""


def _reads_like_another(text: str, own: str) -> bool:
    words = [word.casefold() for word in WORD.findall(text)]
    if len(words) < ENOUGH:
        return False
    share = {
        code: sum(word in common for word in words) / len(words) for code, common in COMMON.items()
    }
    return any(share[code] > 0.25 > 3 * share[own] for code in COMMON if code != own)
