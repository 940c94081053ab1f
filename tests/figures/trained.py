"""An attacker who has practised: she knows the table of the noise, this code, and the truth of ten similar towns.

From everything that is shown she reckons each cell (best linear averaging of all ways to it), looks up how often such a cell was a
single person in the towns she has practised on, and claims what is likeliest. She is measured against one who has never seen the table
of three dimensions, but knows the true ones of two.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from figures.noise import BOUND, KEYS, LEAST, TABLE, noisy
from tests.figures.attacks import SIZES, TARGETS, Claims, town

NAMES = tuple(SIZES)
#: By persons (the last row is for all larger numbers) and key.
DEVIATIONS = np.array(
    [[noisy(persons, key) - persons for key in range(KEYS)] for persons in range(len(TABLE) + 1)],
    dtype=np.int8,
)
HIDDEN = -1
TOP = 40  # figures above are all alike
Dimensions = tuple[str, ...]


class Cube(NamedTuple):
    true: np.ndarray
    shown: np.ndarray  # HIDDEN: fewer than five


class Released(NamedTuple):
    cubes: dict[Dimensions, Cube]


class Belief(NamedTuple):
    """How far the truth is from what is shown, by what is shown."""

    mean: np.ndarray
    variance: np.ndarray

    def of(self, shown: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        at = np.minimum(shown, TOP) + 1
        return np.where(shown < 0, 0, shown) + self.mean[at], self.variance[at]


def released(size: int, seed: int) -> Released:
    """Every table of up to three dimensions of an invented town."""
    place = town(size, seed)
    people = np.array(place.people).T
    keys = np.array([key % KEYS for key in place.keys], dtype=float)
    cubes = {}
    for many in range(4):
        for dimensions in combinations(NAMES, many):
            shape = tuple(SIZES[one] for one in dimensions)
            columns = [people[NAMES.index(one)] for one in dimensions]
            cell = np.ravel_multi_index(columns, shape) if many else np.zeros(size, dtype=int)
            cells = int(np.prod(shape))
            true = np.bincount(cell, minlength=cells)
            key = np.bincount(cell, keys, minlength=cells).astype(np.int64) % KEYS
            figure = true + DEVIATIONS[np.minimum(true, len(TABLE)), key]
            shown = np.where(figure >= LEAST, figure, HIDDEN)
            cubes[dimensions] = Cube(true.reshape(shape), shown.reshape(shape))
    return Released(cubes)


def learned(towns: Sequence[Released]) -> dict[int, Belief]:
    """By the number of dimensions."""
    found = {}
    for many in range(4):
        cubes = [cube for one in towns for by, cube in one.cubes.items() if len(by) == many]
        at = np.concatenate([np.minimum(one.shown, TOP).ravel() + 1 for one in cubes])
        off = np.concatenate([(one.true - np.maximum(one.shown, 0)).ravel() for one in cubes])
        number = np.bincount(at, minlength=TOP + 2)
        mean = np.bincount(at, off, minlength=TOP + 2) / np.maximum(number, 1)
        variance = np.bincount(at, off * off, minlength=TOP + 2) / np.maximum(number, 1) - mean**2
        rare = number < 5
        mean[rare], variance[rare] = 0, variance[~rare].max()
        found[many] = Belief(mean, np.maximum(variance, 1e-3))
    return found


def reckoned(
    place: Released, target: Dimensions, belief: dict[int, Belief]
) -> tuple[np.ndarray, np.ndarray]:
    """Of each cell of `target`: expected persons and their deviation, from all tables together."""
    expected, variance = (one.ravel() for one in belief[3].of(place.cubes[target].shown))
    cells = np.arange(expected.size).reshape(place.cubes[target].shown.shape)
    sums, values, spreads = [], [], []
    for many in (2, 1, 0):
        for margin in combinations(target, many):
            mean, spread = _margin(place, margin, target, belief)
            kept = [target.index(one) for one in margin]
            gone = [n for n in range(3) if n not in kept]
            for group in np.transpose(cells, kept + gone).reshape(mean.size, -1):
                row = np.zeros(expected.size)
                row[group] = 1
                sums.append(row)
            values += list(mean.ravel())
            spreads += list(spread.ravel())
    of = np.array(sums)
    weighed = of * variance
    gain = np.linalg.solve(weighed @ of.T + np.diag(spreads), weighed).T
    after = expected + gain @ (np.array(values) - of @ expected)
    left = variance - np.einsum("ij,ji->i", gain, weighed)
    return after, np.sqrt(np.maximum(left, 1e-6))


def _margin(
    place: Released, margin: Dimensions, target: Dimensions, belief: dict[int, Belief]
) -> tuple[np.ndarray, np.ndarray]:
    """What is shown of it, averaged with the sums of every table that has one dimension more."""
    mean, variance = belief[len(margin)].of(place.cubes[margin].shown)
    precision, total = 1 / variance, mean / variance
    for further in NAMES:
        more = tuple(one for one in NAMES if one in margin or one == further)
        if further in target or len(more) > 3:
            continue
        other, spread = belief[len(more)].of(place.cubes[more].shown)
        axis = more.index(further)
        precision = precision + 1 / spread.sum(axis)
        total = total + other.sum(axis) / spread.sum(axis)
    return total / precision, 1 / precision


class Sight(NamedTuple):
    """Cells as an attacker sees them: alike ones have the same number; and their truth."""

    seen: np.ndarray
    true: np.ndarray


def with_the_table(place: Released, belief: dict[int, Belief]) -> Iterator[Sight]:
    for n, target in enumerate(TARGETS):
        shown = place.cubes[target].shown.ravel()
        mean, deviation = reckoned(place, target, belief)
        told = np.minimum(shown, 9) + 1
        half = np.clip(np.rint(mean * 2), -4, 17).astype(int) + 4
        sure = np.digitize(deviation, [0.2, 0.4, 0.6, 0.8, 1.0, 1.3])
        yield Sight(((told * 22 + half) * 8 + sure) + 2000 * n, place.cubes[target].true.ravel())


def without_the_table(place: Released) -> Iterator[Sight]:
    """From the true tables of two dimensions."""
    for n, target in enumerate(TARGETS):
        first, second, third = target
        a, b, c = (place.cubes[(one,)].true + 1e-9 for one in target)
        ab, ac, bc = (
            place.cubes[two].true for two in ((first, second), (first, third), (second, third))
        )
        total = place.cubes[()].true.ravel()[0]
        product = ab[:, :, None] * ac[:, None, :] * bc[None] * float(total)
        guess = product / (a[:, None, None] * b[None, :, None] * c[None, None, :])
        seen = np.minimum(np.rint(guess.ravel() * 4), 99).astype(int) + 100 * n
        yield Sight(seen, place.cubes[target].true.ravel())


def claimed(practice: Sequence[Sight], towns: Sequence[Sight]) -> Claims:
    """ "Exactly one person lives here", wherever that is likeliest by what was practised."""
    size = 1 + max(int(one.seen.max()) for one in (*practice, *towns))
    often = np.zeros((size, 4))
    for one in practice:
        np.add.at(often, (one.seen, np.minimum(one.true, 3)), 1)
    seen, true = (np.concatenate(each) for each in zip(*towns, strict=True))
    said = (often[seen].argmax(1) == 1) & (often[seen].sum(1) >= 20)
    return Claims(int(said.sum()), int((true[said] == 1).sum()))


class Attack(NamedTuple):
    with_table: Claims
    without: Claims


def practised(size: int, *, practice: int, towns: int) -> Attack:
    """On so many towns of `size` people, after so many others."""
    places = [released(size, seed) for seed in range(practice + towns)]
    belief = learned(places[:practice])

    def claims(sight: Any) -> Claims:
        known = [one for place in places[:practice] for one in sight(place)]
        return claimed(known, [one for place in places[practice:] for one in sight(place)])

    return Attack(claims(lambda place: with_the_table(place, belief)), claims(without_the_table))


def certain(place: Released, target: Dimensions) -> int:
    """Cells of one or two persons that follow for sure: bounds of linked tables, made narrower until nothing moves."""
    cube = place.cubes[target]
    low = np.where(cube.shown < 0, 0, cube.shown - BOUND).astype(float)
    high = np.where(cube.shown < 0, LEAST - 1 + BOUND, cube.shown + BOUND).astype(float)
    low = np.maximum(low, 0)
    for _round in range(30):
        before = low.copy(), high.copy()
        for many in range(3):
            for margin in combinations(target, many):
                gone = tuple(n for n, one in enumerate(target) if one not in margin)
                shown = np.expand_dims(place.cubes[margin].shown, gone)
                least = np.where(shown < 0, 0, np.maximum(shown - BOUND, 0))
                most = np.where(shown < 0, LEAST - 1 + BOUND, shown + BOUND)
                low = np.maximum(low, least - (high.sum(gone, keepdims=True) - high))
                high = np.minimum(high, most - (low.sum(gone, keepdims=True) - low))
        if (before[0] == low).all() and (before[1] == high).all():
            break
    sure = (low == high) & np.isin(cube.true, (1, 2))
    return int(sure.sum())


def main() -> None:
    """Lines of `./dev disclosure`."""
    for size in (4_000, 12_000):
        found = practised(size, practice=10, towns=4)
        mine, other = found.with_table, found.without
        print(
            f"{size:6} practised: {mine.right} of {mine.made} claims of one person right ({mine.share:.0%}), "
            f"without the table {other.right} of {other.made} ({other.share:.0%})"
        )
    place = released(12_000, 99)
    print(
        f"certain by linked tables: {sum(certain(place, target) for target in TARGETS)} cells of one or two"
    )
