"""An attacker who links tables: a linear programme over everything that is shown of four dimensions at once.

Each unknown is a number of persons in the finest cell. Every shown figure is at most five away from its true sum, every hidden one
stands for zero to nine. What a cell can be at least and at most follows; where both are the same, she is certain.
"""

from collections.abc import Iterator
from itertools import combinations
from math import ceil, floor
from typing import NamedTuple

import highspy
import numpy as np

from figures.noise import BOUND, LEAST
from tests.figures.attacks import TARGETS
from tests.figures.trained import NAMES, Dimensions, Released, released


class Bounds(NamedTuple):
    """Of one cell of one or two persons."""

    true: int
    least: int
    most: int


def bounds(place: Released, target: Dimensions, further: str, *, asked: int) -> Iterator[Bounds]:
    """Of the first so many cells of `target` with one or two persons. `further`: the dimension whose tables are linked with it."""
    four = tuple(one for one in NAMES if one in target or one == further)
    cells = np.arange(np.prod([len_of(place, one) for one in four])).reshape(
        [len_of(place, one) for one in four]
    )
    programme = _programme(place, four, cells)
    true = place.cubes[target].true
    small = np.argwhere(np.isin(true, (1, 2)))[:asked]
    finest = np.moveaxis(cells, four.index(further), -1)
    for at in map(tuple, small):
        least, most = (
            _edge(programme, finest[at], sense)
            for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize)
        )
        yield Bounds(int(true[at]), ceil(least - 1e-6), floor(most + 1e-6))


def len_of(place: Released, dimension: str) -> int:
    return len(place.cubes[(dimension,)].true)


def _programme(place: Released, four: Dimensions, cells: np.ndarray) -> highspy.Highs:
    programme = highspy.Highs()
    programme.silent()
    programme.addVars(cells.size, np.zeros(cells.size), np.full(cells.size, highspy.kHighsInf))
    for many in range(len(four)):
        for table in combinations(four, many):
            kept = [four.index(one) for one in table]
            gone = [n for n in range(len(four)) if n not in kept]
            shown = place.cubes[table].shown.ravel()
            groups = np.transpose(cells, kept + gone).reshape(shown.size, -1)
            for figure, group in zip(shown, groups, strict=True):
                low = 0 if figure < 0 else max(0, figure - BOUND)
                high = LEAST - 1 + BOUND if figure < 0 else figure + BOUND
                programme.addRow(low, high, group.size, group.astype(np.int32), np.ones(group.size))
    return programme


def _edge(programme: highspy.Highs, cell: np.ndarray, sense: highspy.ObjSense) -> float:
    number = cell.astype(np.int32)
    programme.changeColsCost(number.size, number, np.ones(number.size))
    programme.changeObjectiveSense(sense)
    programme.run()
    found = programme.getObjectiveValue()
    assert programme.getModelStatus() == highspy.HighsModelStatus.kOptimal
    programme.changeColsCost(number.size, number, np.zeros(number.size))
    return float(found)


def main() -> None:
    """A line of `./dev disclosure`."""
    place = released(12_000, 99)
    pairs = [(target, one) for target in TARGETS for one in ("mode", "gender") if one not in target]
    found = [cell for target, one in pairs for cell in bounds(place, target, one, asked=20)]
    sure = sum(cell.least == cell.most for cell in found)
    width = min(cell.most - cell.least for cell in found)
    print(
        f"certain by a linear programme over linked tables: {sure} of {len(found)} cells of one or two; the narrowest is {width} wide"
    )
