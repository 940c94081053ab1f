"""Statistical confidentiality, pure: small numbers go, and so does what would let somebody work them out again.

A table is {label: {measure: count}} together with its total per measure. Rules, with threshold 10:
  1. A count from 1 to 9 is hidden; 0 stays 0.
  2. Where measures are nested (who completed was enrolled) and a smaller one differs from the larger one by 1 to 9,
     that many persons would be singled out, so the smaller one is hidden. Per month they are not nested: somebody
     enrols in March and completes in April. Tell it with `nested`. Beside a hidden larger measure the smaller one is
     hidden too: by this very rule it would say what the larger one cannot be.
  3. The hidden cells of one measure are at least two and stand for at least 10 persons together; otherwise the next
     smallest cell is hidden as well, because the total is published.
  4. A total that is itself too small is hidden.
  5. Nobody who knows these rules, the totals and the visible cells can pin a hidden cell to one value: the attack is
     run, and more is hidden until it fails.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

Table = Mapping[str, Mapping[str, int]]
Protected = dict[str, dict[str, int | None]]
Cell = tuple[str, str]  # label, measure

THRESHOLD = 10
ENDLESS = 10**12
#: An attack that goes on longer has met figures that contradict each other, and learns nothing more from them.
PATIENCE = 1000


class _Plan(NamedTuple):
    cells: set[Cell]
    totals: set[str]


def protect(
    table: Table, measures: Sequence[str], *, threshold: int = THRESHOLD, nested: bool = True
) -> Protected:
    """`table` with None for hidden cells. `measures` from the widest to the narrowest."""
    hidden = _protected(table, measures, threshold, nested=nested).cells
    return {
        label: {m: None if (label, m) in hidden else cells[m] for m in measures}
        for label, cells in table.items()
    }


def total(
    table: Table, measures: Sequence[str], *, threshold: int = THRESHOLD, nested: bool = True
) -> dict[str, int | None]:
    """The sums per measure; None where a sum must not be shown beside the cells that `protect` shows."""
    hidden = _protected(table, measures, threshold, nested=nested).totals
    return {m: None if m in hidden else _sum(table, m) for m in measures}


def _protected(table: Table, measures: Sequence[str], threshold: int, *, nested: bool) -> _Plan:
    """Measures that are not nested say nothing about each other: each is a table of its own."""
    if nested:
        return _plan(table, measures, threshold)
    together = _Plan(set(), set())
    for measure in measures:
        alone = _plan(table, [measure], threshold)
        together.cells.update(alone.cells)
        together.totals.update(alone.totals)
    return together


def _plan(table: Table, measures: Sequence[str], threshold: int) -> _Plan:
    plan = _Plan(set(), set())
    for measure in measures:
        plan.cells.update((label, measure) for label in _small(table, measures, measure, threshold))
        wider = measures[: measures.index(measure)]
        plan.cells.update(
            (label, measure)
            for label, cells in table.items()
            if cells[measure] and any((label, w) in plan.cells for w in wider)
        )
        sums = {"": {m: _sum(table, m) for m in measures}}
        if _small(sums, measures, measure, threshold):
            plan.totals.add(measure)
        _hide_more(table, measure, plan, threshold)
    while pinned := _worked_out(table, measures, plan):
        for cell in sorted(pinned):
            _defend(table, measures, plan, cell)
    return plan


def _sum(table: Table, measure: str) -> int:
    return sum(cells[measure] for cells in table.values())


def _small(table: Table, measures: Sequence[str], measure: str, threshold: int) -> set[str]:
    """Rules 1 and 2."""
    wider = measures[: measures.index(measure)]
    return {
        label
        for label, cells in table.items()
        if 0 < cells[measure] < threshold
        or (cells[measure] and any(0 < cells[w] - cells[measure] < threshold for w in wider))
    }


def _hide_more(table: Table, measure: str, plan: _Plan, threshold: int) -> None:
    """Rule 3."""
    hidden = {label for label, m in plan.cells if m == measure}
    if not hidden:
        return
    left = _visible(table, measure, plan)
    while left and (len(hidden) < 2 or sum(table[h][measure] for h in hidden) < threshold):
        hidden.add(left.pop(0))
    plan.cells.update((label, measure) for label in hidden)


def _visible(table: Table, measure: str, plan: _Plan) -> list[str]:
    """Labels whose cell is shown and not zero, the smallest first."""
    shown = [
        (cells[measure], label)
        for label, cells in table.items()
        if cells[measure] and (label, measure) not in plan.cells
    ]
    return [label for _, label in sorted(shown)]


def _defend(table: Table, measures: Sequence[str], plan: _Plan, cell: Cell) -> None:
    """Hide one thing more against the attack on `cell`: what squeezes it, another cell of its measure, or the total."""
    label, measure = cell
    at = measures.index(measure)
    neighbours = [*measures[at + 1 :], *reversed(measures[:at])]
    squeezing = [
        m
        for m in neighbours
        if (label, m) not in plan.cells and table[label][m] == table[label][measure]
    ]
    if squeezing:
        plan.cells.add((label, squeezing[0]))
    elif left := _visible(table, measure, plan):
        plan.cells.add((left[0], measure))
    elif measure not in plan.totals:
        plan.totals.add(measure)
    else:  # pinned by other measures: nothing of this group is shown any more
        plan.cells.update((label, m) for m in measures if table[label][m])
        plan.totals.update(measures)


def _worked_out(table: Table, measures: Sequence[str], plan: _Plan) -> set[Cell]:
    """Hidden cells of which an attacker knows the value. They know the rules: a hidden cell is at least 1."""
    intervals = {
        (label, m): (1, ENDLESS) if (label, m) in plan.cells else (cells[m], cells[m])
        for label, cells in table.items()
        for m in measures
    }
    before: dict[Cell, tuple[int, int]] = {}
    for _ in range(PATIENCE):
        if intervals == before:
            break
        before = dict(intervals)
        _use_nesting(table, measures, intervals)
        _use_totals(table, measures, plan, intervals)
    return {cell for cell in plan.cells if intervals[cell][0] == intervals[cell][1]} - _hopeless(
        table, measures, plan
    )


def _hopeless(table: Table, measures: Sequence[str], plan: _Plan) -> set[Cell]:
    """Cells around which everything is hidden already: they follow from zeros and from nothing we show."""
    return {
        (label, measure)
        for label, measure in plan.cells
        if measure in plan.totals
        and all((label, other) in plan.cells or not table[label][other] for other in measures)
    }


def _use_nesting(
    table: Table, measures: Sequence[str], intervals: dict[Cell, tuple[int, int]]
) -> None:
    for label in table:
        for wide, narrow in pairwise(measures):
            (low, high), (least, most) = intervals[label, wide], intervals[label, narrow]
            intervals[label, wide] = (max(low, least), high)
            intervals[label, narrow] = (least, min(most, high))


def _use_totals(
    table: Table, measures: Sequence[str], plan: _Plan, intervals: dict[Cell, tuple[int, int]]
) -> None:
    for measure in measures:
        if measure in plan.totals:
            continue
        whole = _sum(table, measure)
        for label in table:
            others = [intervals[other, measure] for other in table if other != label]
            low, high = intervals[label, measure]
            intervals[label, measure] = (
                max(low, whole - sum(most for _, most in others)),
                min(high, whole - sum(least for least, _ in others)),
            )
