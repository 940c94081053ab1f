"""What a card is found by: its words as a search vector, and the concepts it speaks of. Asks nobody: stems are handed in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from words.search import ENGLISH, GERMAN, Said, meaningful

BEST = "ABCD"  # title; sentences and goals; titles of lessons and terms; text
OFTEN = 20  # stems of the text that count for the place among the hits
AT_LEAST = 3  # times they are in it
#: Stems that ranking reads, so that the row stays below 2 kB and in its table: beyond that ranking costs ten times as much.
MOST = 95
MUCH = 6  # times a concept of the text is named in it, to count like a lesson's title
IN_TEXT = 2  # times it must be named there at all
FAR = 16_383  # PostgreSQL counts places so far
LONGEST_LABEL = 5  # words

Stems = Mapping[tuple[str, str], str]  # (word, language) -> stem
Splits = Mapping[str, Sequence[str]]  # a German compound -> the stems of its parts
Labels = Mapping[tuple[str, ...], Sequence[str]]  # stems of a German label -> concepts


class FieldText(NamedTuple):
    """A part of a card: how much its words weigh (`BEST`), and in which language they are."""

    weight: str
    language: str  # "en" or "de"
    said: list[Said]

    @classmethod
    def of(cls, weight: str, language: str, text: str) -> "FieldText":
        tongue = "en" if language == "en" else "de"
        return cls(weight, tongue, meaningful(text, ENGLISH if tongue == "en" else GERMAN))

    def words(self) -> set[str]:
        """All that need a stem: the words, their parts, and neighbours written as one."""
        single = {word for said in self.said for word in (said.word, *said.parts)}
        return single | {one.word + other.word for one, other in pairwise(self.said)}


class Vectors(NamedTuple):
    search: str  # as PostgreSQL reads a tsvector
    rank: str
    concepts: list[str]  # keys, those of the best places first


def vectors(
    fields: Sequence[FieldText],
    *,
    competences: Sequence[str],
    stems: Stems,
    splits: Splits,
    labels: Labels,
) -> Vectors:
    places: dict[str, list[str]] = defaultdict(list)
    best: dict[str, str] = {}
    often: Counter[str] = Counter()
    times: Counter[str] = Counter()
    place = 0
    for field in sorted(fields, key=_weight):
        for said in field.said:
            place = min(place + 1, FAR)
            for stem in _stems_of(said, field.language, stems, splits):
                places[stem].append(f"{place}{field.weight}")
                often[stem] += field.weight == "D"
                times[stem] += 1
                best.setdefault(stem, field.weight)
        place = min(place + 10, FAR)  # a phrase ends with its field
    tags = _tags(fields, competences, stems, labels)
    frequent = {stem for stem, times in often.most_common(OFTEN) if times >= AT_LEAST}
    ranking = [s for s, weight in best.items() if weight != "D" or s in frequent]
    ranking.sort(key=lambda stem: (best[stem], -times[stem], stem))
    ranked = {stem: best[stem] for stem in ranking[: max(0, MOST - len(tags))]}
    return Vectors(
        _written({stem: found[:250] for stem, found in places.items()} | _at_one(tags)),
        _written(_at_one(ranked | tags)),
        sorted((tag[1:] for tag in tags if tag[0] == "§"), key=lambda key: tags[f"§{key}"]),
    )


def _stems_of(said: Said, language: str, stems: Stems, splits: Splits) -> list[str]:
    """The word's own first, then its parts, all at its place."""
    found = [stems[said.word, language]]
    found += [stems[p, language] for p in said.parts if len(p) > 1 and p not in GERMAN]
    if language == "de" and not said.parts:
        found += splits.get(said.word, ())
    return list(dict.fromkeys(filter(None, found)))


def _tags(
    fields: Sequence[FieldText], competences: Sequence[str], stems: Stems, labels: Labels
) -> dict[str, str]:
    tags = {f"§{key}": weight for key, weight in concepts_in(fields, stems, labels).items()}
    return tags | {f"°{code}": "C" if n else "B" for n, code in enumerate(competences)}


def concepts_in(fields: Iterable[FieldText], stems: Stems, labels: Labels) -> dict[str, str]:
    """{concept: weight of its best place}. A longer label wins over the words in it."""
    best: dict[str, str] = {}
    times: Counter[str] = Counter()
    for field in sorted(fields, key=_weight):
        for key in _named_in(field, stems, labels) if field.language == "de" else ():
            times[key] += 1
            best.setdefault(key, field.weight)
    weak = {key for key, weight in best.items() if weight == "D" and times[key] < IN_TEXT}
    return {
        key: "C" if weight == "D" and times[key] >= MUCH else weight
        for key, weight in best.items()
        if key not in weak
    }


def _named_in(field: FieldText, stems: Stems, labels: Labels) -> Iterable[str]:
    whole = [said.word for said in field.said]
    parts = [part for said in field.said for part in said.parts if part not in GERMAN]
    for line in (whole, parts):
        place = 0
        while place < len(line):
            length, keys = _label_at(line, place, stems, labels)
            yield from keys
            place += length


def _label_at(
    line: Sequence[str], place: int, stems: Stems, labels: Labels
) -> tuple[int, Sequence[str]]:
    """The longest label that begins at this place and how many words it takes; "Online Termin" is also "Onlinetermin"."""
    here = line[place : place + LONGEST_LABEL]
    stemmed = [stems.get((word, "de"), "") for word in here]
    for length in range(len(here), 0, -1):
        if found := labels.get(tuple(stemmed[:length])):
            return length, found
        joined = stems.get(("".join(here[:2]), "de"), "") if length == 2 else ""
        if found := labels.get((joined,)):
            return length, found
    return 1, ()


def _weight(field: FieldText) -> str:
    return field.weight


def _at_one(weights: Mapping[str, str]) -> dict[str, list[str]]:
    return {stem: [f"1{weight}"] for stem, weight in weights.items()}


def _written(vector: Mapping[str, Sequence[str]]) -> str:
    return " ".join(f"{_quoted(stem)}:{','.join(places)}" for stem, places in vector.items())


def _quoted(stem: str) -> str:
    doubled = stem.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
