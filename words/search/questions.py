"""What somebody asks the catalogue for: words with their places, phrases, and what is not wanted."""

import re
from itertools import pairwise
from typing import NamedTuple

from words.search.said import Said, heard, meaningful
from words.search.stops import ALL, WEAK

LONGEST = 200  # signs of a question
MANY = 8  # words of it that count
PAIR = range(4, 31)  # letters of two words written as one: "smart phone"
UNWANTED = re.compile(r"(?:^|\s)[-\u2212\u2013](\w[\w-]*)")
QUOTED = re.compile(
    '["\u201e\u201c\u201d\u00bb\u00ab]([^"\u201e\u201c\u201d\u00bb\u00ab]+)["\u201e\u201c\u201d\u00bb\u00ab]'
)
NAME = re.compile(r"\b[A-Z]{2,4}\b")


class Span(NamedTuple):
    """A word and the places it covers: a pair covers two; of a word with hyphens, `part` counts its parts from 1."""

    word: str
    first: int
    last: int
    part: int = 0


class AskedWords(NamedTuple):
    spans: list[Span]
    phrases: list[str]
    unwanted: list[str]


def asked(text: str) -> AskedWords:
    text = text[:LONGEST]
    unwanted = [said.word for word in UNWANTED.findall(text) for said in meaningful(word)]
    text = UNWANTED.sub(" ", text)
    quoted = [meaningful(phrase) for phrase in QUOTED.findall(text)]
    phrases = [" ".join(said.word for said in phrase) for phrase in quoted if len(phrase) > 1]
    words, names = heard(text), _names(text)
    kept = _kept(words, names)[:MANY]
    spans = [Span(words[place].word, place, place) for place in kept]
    return AskedWords([*spans, *_pairs(words, kept), *_parts(words, kept)], phrases, unwanted)


def _names(text: str) -> set[str]:
    """Two to four capitals amid small letters are a name ("wo steht die CAN"), never a stop word."""
    return (
        {name.casefold() for name in NAME.findall(text)} if re.search("[a-zäöü]", text) else set()
    )


def _kept(words: list[Said], names: set[str]) -> list[int]:
    """The places that count: of strong words; of weak ones where there are no others; of the only word, whatever it is."""
    places = [
        place
        for place, said in enumerate(words)
        if said.word in names or (said.word not in ALL and len(said.word) > 1)
    ]
    strong = [p for p in places if words[p].word not in WEAK or words[p].word in names]
    return strong or places or ([0] if len(words) == 1 else [])


def _pairs(words: list[Said], kept: list[int]) -> list[Span]:
    return [
        Span(one.word + other.word, place, place + 1)
        for place, (one, other) in enumerate(pairwise(words))
        if (place in kept or place + 1 in kept)
        and not {one.word, other.word} & ALL
        and len(one.word + other.word) in PAIR
    ]


def _parts(words: list[Said], kept: list[int]) -> list[Span]:
    """What stood between hyphens: asked for where the whole word is not known."""
    return [
        Span(part, place, place, number)
        for place in kept
        for number, part in enumerate(words[place].parts, 1)
        if part not in ALL | WEAK and len(part) > 1
    ]
