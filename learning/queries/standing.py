"""How far somebody is, lesson by lesson. What came with an edition they moved to (`extra`) is there for them and counts nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Extra = Mapping[str, int]  # {item id: position of its lesson}; 0: its lesson is gone


def needed(lessons: Iterable[Mapping[str, Any]], extra: Extra) -> dict[int, int]:
    """{position: items that count for them}"""
    free = Counter(extra.values())
    return {lesson["number"]: lesson["items"] - free[lesson["number"]] for lesson in lessons}


def states(
    lessons: Sequence[Mapping[str, Any]], done_in: Mapping[int, int], extra: Extra, here: int
) -> list[str]:
    """Per lesson: "done", "now" (where they are), "extra" (nothing in it counts for them) or "open".

    `done_in`: {position: items done that count}.
    """
    wanted = needed(lessons, extra)
    return [_state(n, wanted[n], done_in.get(n, 0), here) for n in (e["number"] for e in lessons)]


def _state(number: int, wanted: int, done: int, here: int) -> str:
    if wanted and done >= wanted:
        return "done"
    if number == here:
        return "now"
    return "open" if wanted else "extra"
