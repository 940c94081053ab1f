"""Passages in another language that is not marked (WCAG 3.1.2). Why not a library: docs/adr/0080-languages-by-small-words.md.

A language is told by its small words, sentence by sentence. Certain is: at least two of them, a third of all words, and
hardly any of the text's own language. Names, titles and foreign words in a sentence have no small words.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from accessibility.checks.parts import (
    Finding,
    LessonPart,
    elements,
    excerpt,
    html_of,
    paragraphs,
)

QUOTES = ' „“”"»«'
#: Up to the end of a sentence or of a quotation, or to the beginning of one.
SENTENCE = re.compile(r"[„“\"»«]?[^„“”\"»«.!?…:]*(?:[.!?…:]+|[“”\"»«]|(?=[„“\"»«])|$)")
WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’][^\W\d_]+)?(?!\w)")
ENOUGH = 4  # words of a sentence, before its language is guessed
SHARE = 0.3
_SMALL = {
    "de": "der die das und ist nicht sie mit ein eine einen einem einer auf für von vom im in zu zum zur den dem des wir ihr "
    "ihre ich es an bei oder sich sind hat haben wird werden kann können auch aus nach wie was wer wenn dass nur noch schon "
    "am als um so er uns mein dein sein man hier dann aber bitte ohne über unter durch gibt",
    "en": "the and is you of to that it for on are with this be your can not have or from will a an me my we they what how "
    "where please would could should there no do does i he she his her at by if when who which was were has had us our in so all any these those also into than then such its",
    "fr": "le la les et est vous une un pour dans que qui sur avec pas ne ce cette il elle nous votre notre je au aux du des de "
    "sont être avoir mais ou où comment quand très plus mon ma mes son sa ses en se si c'est",
    "es": "el la los las y es usted una un para en que con no por se su sus del al lo como más pero este esta está son hay muy "
    "cuando donde qué quién de nosotros mi tu me le o",
    "it": "il lo la i gli le e è un una per in che con non si su del della dei delle al alla sono come più ma questo questa "
    "di da anche quando dove cosa chi mi ti ci vi ha ho",
    "pl": "i jest nie w na z do się że to dla jak co są przez od po czy proszę lub ale ten ta tego być może jestem mam ma pan pani "
    "o u gdzie kiedy",
    "tr": "ve bir bu için ile ne çok daha olarak var yok değil siz ben biz ama gibi olan her herkes kadar sizin lütfen mi mı "
    "nasıl nerede şu o en de da sonra önce",
    "ro": "și este nu pe cu la un o de în că pentru din sunt care mai ce să se dar sau vă rog aveți acest această unde când cum",
    "nl": "de het een en is niet van voor met op te dat zijn wij u ik je naar ook maar bij aan om er heeft kunt",
    "hr": "i je nije u na se da za od do su što kako gdje kada ili ali sa ovo može molim sam ste",
    "sq": "dhe është një në të për me nga që jo si ku kur por ose ju unë ne do nuk janë ky kjo",
    "vi": "và là của không có được cho trong với này các một những tôi bạn người để khi",
}
SMALL = {code: frozenset(words.split(" ")) for code, words in _SMALL.items()}
#: Letters that only this one has, of those above; they count as a small word.
LETTERS = {"tr": re.compile(r"[ğış]"), "pl": re.compile(r"[ąęłńśźż]"), "ro": re.compile(r"[șță]")}


class Script(NamedTuple):
    """Letters that are no Latin ones tell at once; which language it is, only some."""

    run: re.Pattern[str]
    languages: frozenset[str]


SCRIPTS = [
    Script(
        re.compile(rf"[{letters}]{{2,}}(?:[\s,.!?«»„“-]+[{letters}]+)+"),
        frozenset(codes.split(" ")),
    )
    for letters, codes in (
        (r"\u0600-\u06ff", "ar fa ur ps ckb"),
        (r"\u0400-\u04ff", "ru uk bg sr"),
        (r"\u0370-\u03ff", "el"),
        (r"\u1200-\u137f", "am ti"),
        (r"\u0590-\u05ff", "he"),
    )
]


class Passage(NamedTuple):
    """Words in another language; `lang` is empty where only their letters tell it."""

    text: str
    lang: str


def look(parts: Sequence[LessonPart], lang: str) -> Iterator[Finding]:
    for part in parts:
        for text in paragraphs(html_of(part), own_words_only=True):
            for passage in passages(text, lang):
                yield Finding("language-unmarked", part.id, excerpt(passage.text))
        yield from _marked_wrongly(part)


def _marked_wrongly(part: LessonPart) -> Iterator[Finding]:
    """Where a passage has another one inside, only its own words count."""
    marked = [e for e in elements(html_of(part)) if e.attributes.get("lang")]
    for one in marked:
        own = one.text
        for inner in marked:
            if inner is not one:
                own = own.replace(inner.text, " … ") if len(inner.text) < len(own) else own
        if any(passages(own, one.attributes["lang"])):
            yield Finding("language-wrong", part.id, excerpt(one.text))


def passages(text: str, lang: str) -> Iterator[Passage]:
    """The first passage in other letters, and every sentence that is in another language than `lang`."""
    own = lang.partition("-")[0]
    for script in SCRIPTS:
        if own not in script.languages and (foreign := script.run.search(text)):
            yield Passage(foreign.group(), _of_letters(foreign.group(), script))
            return
    yield from _sentences(text, own)


def _sentences(text: str, own: str) -> Iterator[Passage]:
    """Sentences of one language that follow each other are one passage."""
    begin = end = 0
    lang = ""
    for sentence in (found for found in SENTENCE.finditer(text) if found.group().strip(QUOTES)):
        code = language_of(sentence.group(), own)
        if code != lang and lang:
            yield Passage(text[begin:end].strip(QUOTES), lang)
        begin = begin if code == lang else sentence.start()
        end, lang = sentence.end(), code
    if lang:
        yield Passage(text[begin:end].strip(QUOTES), lang)


def _of_letters(text: str, script: Script) -> str:
    if "uk" not in script.languages:
        return ""
    if re.search("[іїєґ]", text):
        return "uk"
    return "ru" if re.search("[ыэъё]", text) else ""


def language_of(sentence: str, own: str) -> str:
    """The language of `sentence` if it is certainly not `own`."""
    words = [word.casefold() for word in WORD.findall(sentence)]
    if len(words) < ENOUGH:
        return ""
    counts = {code: _count(words, code) for code in SMALL}
    best = max(counts, key=lambda code: counts[code])
    certain = counts[best] >= max(2, SHARE * len(words)) and counts[best] > 2 * counts.get(own, 0)
    return best if best != own and certain else ""


def _count(words: Sequence[str], code: str) -> int:
    letters = LETTERS.get(code)
    return sum(word in SMALL[code] or bool(letters and letters.search(word)) for word in words)
