"""Questions whose right answer shows without knowing it, by its length or its place.

Haladyna, Downing and Rodriguez (2002), A Review of Multiple-Choice Item-Writing Guidelines: 20, vary the place of the
right answer; 24, keep the answers about equally long.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from accessibility.checks.parts import Finding, LessonPart, QuestionPart, Questions, excerpt

MUCH = 1.5  # times as long as the next one …
LETTERS = 12  # … and by so many letters: "ja" and "nein" are equally long
ENOUGH = 5  # questions of a course in which a habit shows
HABIT = 0.6  # of them; by chance it would be a third


def look(parts: Sequence[LessonPart], _lang: str) -> Iterator[Finding]:
    here = [(part.id, part.content) for part in parts if isinstance(part.content, QuestionPart)]
    for part, question in here:
        if _stands_out(question):
            yield Finding("answer-stands-out", part, excerpt(question.text))
    fixed = [(part, one.place) for part, one in here if one.fixed and one.place is not None]
    if len(fixed) > 2 and len({place for _part, place in fixed}) == 1:
        yield Finding("answer-same-place", fixed[0][0])
    for whole in parts:
        if isinstance(whole.content, Questions):
            yield from _habits(whole.id, whole.content.of_course)


def _stands_out(question: QuestionPart) -> bool:
    if question.place is None:
        return False
    others = [len(text) for text, right in question.choices if not right]
    return _much(len(question.choices[question.place][0]), max(others, default=0))


def _much(longest: int, next_one: int) -> bool:
    return longest > next_one * MUCH and longest - next_one >= LETTERS


def _habits(part: str, asked: Sequence[QuestionPart]) -> Iterator[Finding]:
    """Over a whole course, each question with one right answer among three or more."""
    short = [one for one in asked if one.place is not None and len(one.choices) > 2]
    longest = [one for one in short if _is_longest(one)]
    if len(short) >= ENOUGH and len(longest) > len(short) * HABIT:
        yield Finding("answer-often-longest", part, f"{len(longest)}/{len(short)}")
    places = Counter(one.place for one in short if one.fixed)
    (_place, often) = places.most_common(1)[0] if places else (None, 0)
    if places.total() >= ENOUGH and often > places.total() * HABIT:
        yield Finding("answer-often-here", part, f"{often}/{places.total()}")


def _is_longest(question: QuestionPart) -> bool:
    lengths = [len(text) for text, _right in question.choices]
    mine = lengths[question.place or 0]
    return mine == max(lengths) and lengths.count(mine) == 1
