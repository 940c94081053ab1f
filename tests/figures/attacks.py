"""An invented town and attacks on what is published of it. Everybody enrols once, so that sums hold exactly: the worst case.

The attacker knows the table of the noise and this code, and reads every table there is.
"""

import random
from collections import defaultdict
from itertools import combinations
from typing import Any, NamedTuple

from figures.noise import KEYS, noisy, shown

SIZES = {"area": 5, "provider": 12, "mode": 3, "language": 8, "age": 7, "gender": 4, "district": 10}
#: How uneven the groups of a dimension are: the exponent of Zipf's law.
UNEVEN = {
    "area": 0.7,
    "provider": 1.1,
    "mode": 0.9,
    "language": 2.2,
    "age": 0.6,
    "gender": 1.1,
    "district": 0.5,
}
#: Three-dimensional tables with many small cells.
TARGETS = (
    ("provider", "age", "district"),
    ("area", "age", "district"),
    ("provider", "language", "age"),
    ("age", "gender", "district"),
    ("mode", "language", "district"),
)
Person = tuple[int, ...]
Cells = dict[Person, Any]


class Table(NamedTuple):
    true: dict[Person, int]
    keys: dict[Person, int]

    def shown(self) -> dict[Person, int | None]:
        return {cell: shown(number, self.keys[cell]) for cell, number in self.true.items()}


class Town(NamedTuple):
    people: list[Person]  # a value of each dimension
    keys: list[int]

    def table(self, dimensions: tuple[str, ...], upto: int | None = None) -> Table:
        """By these dimensions; of the first so many persons."""
        places = [list(SIZES).index(one) for one in dimensions]
        true: dict[Person, int] = defaultdict(int)
        keys: dict[Person, int] = defaultdict(int)
        for person, key in zip(self.people[:upto], self.keys, strict=False):
            cell = tuple(person[place] for place in places)
            true[cell] += 1
            keys[cell] += key % KEYS
        return Table(true, keys)


def town(size: int, seed: int) -> Town:
    """Few large groups and many small ones; four of ten say nothing about themselves (the last value)."""
    dice = random.Random(seed)
    weights = {
        name: [1 / (n + 1) ** UNEVEN[name] for n in range(many)] for name, many in SIZES.items()
    }
    people = []
    for _ in range(size):
        person = [dice.choices(range(SIZES[name]), weights[name])[0] for name in SIZES]
        if dice.random() < 0.4:
            person[4:] = [SIZES[name] - 1 for name in ("age", "gender", "district")]
        people.append(tuple(person))
    return Town(people, [dice.getrandbits(63) for _ in range(size)])


class Claims(NamedTuple):
    made: int
    right: int

    @property
    def share(self) -> float:
        return self.right / self.made if self.made else 0.0


def by_subtracting(place: Town) -> Claims:
    """A margin less the other cells of its row: where 1 or 2 is left, the attacker claims it."""
    made = right = 0
    for target in TARGETS:
        table = place.table(target)
        said = table.shown()
        for axis in range(3):
            rest = tuple(one for n, one in enumerate(target) if n != axis)
            margins = place.table(rest).shown()
            rows = defaultdict(list)
            for cell in said:
                rows[tuple(value for n, value in enumerate(cell) if n != axis)].append(cell)
            for margin, cells in rows.items():
                hidden = [cell for cell in cells if said[cell] is None]
                if margins[margin] is None or len(hidden) > 1:
                    continue
                for cell in hidden or cells:
                    left = margins[margin] - sum(
                        said[other] or 0 for other in cells if other != cell
                    )
                    if left in (1, 2):
                        made += 1
                        right += table.true[cell] == left
    return Claims(made, right)


def by_asking_again(place: Town) -> int:
    """The same figures read on every day of a year; how many cells ever differ. Fresh noise would average to the truth."""
    first = place.table(TARGETS[1]).shown()
    return sum(place.table(TARGETS[1]).shown() != first for _ in range(365))


class Precision(NamedTuple):
    bias: float  # persons, over all cells, before anything is hidden
    error: float  # mean relative error of cells of 30 and more
    hidden: float  # share of cells that are not empty and say "fewer than five"


def precision(place: Town, with_noise: Any) -> Precision:
    """Over every table of up to three dimensions."""
    errors, relative, cells, hidden = [], [], 0, 0
    for size in range(4):
        for dimensions in combinations(SIZES, size):
            table = place.table(dimensions)
            for cell, number in table.true.items():
                figure = with_noise(number, table.keys[cell])
                errors.append(figure - number)
                cells += 1
                hidden += shown(number, table.keys[cell]) is None
                if number >= 30:
                    relative.append(abs(figure - number) / number)
    return Precision(sum(errors) / len(errors), sum(relative) / len(relative), hidden / cells)


def main() -> None:
    """`./dev disclosure`: a line for each town."""
    print("people    bias  error >= 30  hidden  subtracting: right of claims")
    for size in (2_000, 4_000, 12_000, 12_001, 12_002, 60_000):
        place = town(size, size)
        found, claims = precision(place, noisy), by_subtracting(place)
        print(
            f"{size:6} {found.bias:+7.3f} {found.error:11.2%} {found.hidden:8.0%} {claims.right:7} of {claims.made}"
        )
    print(f"the same figures on 365 days: {by_asking_again(town(2_000, 1))} differ")
    from tests.figures import linked, trained  # they take their towns from here

    trained.main()
    linked.main()


if __name__ == "__main__":
    main()
