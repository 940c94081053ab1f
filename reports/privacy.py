"""Statistical confidentiality, pure: small numbers go, and so does what would let somebody work them out again.

A table is {label: {measure: count}} together with its known total per measure. Rules, with threshold 10:
  1. A count from 1 to 9 is hidden; 0 stays 0.
  2. Measures are nested (who completed was enrolled). If a smaller measure differs from the larger one by 1 to 9,
     that many persons would be singled out, so the smaller one is hidden.
  3. The hidden cells of one measure are at least two and stand for at least 10 persons together; otherwise the next
     smallest cell is hidden as well, because the total is published.
  4. A total that is itself too small is hidden.
"""

from collections.abc import Mapping, Sequence

Table = Mapping[str, Mapping[str, int]]
Protected = dict[str, dict[str, int | None]]

THRESHOLD = 10


def protect(table: Table, measures: Sequence[str], *, threshold: int = THRESHOLD) -> Protected:
    """`table` with None for hidden cells. `measures` from the widest to the narrowest."""
    hidden = {measure: _small(table, measures, measure, threshold) for measure in measures}
    for measure in measures:
        counts = {label: cells[measure] for label, cells in table.items()}
        _hide_more(counts, hidden[measure], threshold)
    return {
        label: {m: None if label in hidden[m] else cells[m] for m in measures}
        for label, cells in table.items()
    }


def total(
    table: Table, measures: Sequence[str], *, threshold: int = THRESHOLD
) -> dict[str, int | None]:
    """The sums per measure, hidden by the same rules 1 and 2."""
    sums = {"": {m: sum(cells[m] for cells in table.values()) for m in measures}}
    return {m: None if _small(sums, measures, m, threshold) else sums[""][m] for m in measures}


def _small(table: Table, measures: Sequence[str], measure: str, threshold: int) -> set[str]:
    wider = measures[: measures.index(measure)]
    return {
        label
        for label, cells in table.items()
        if 0 < cells[measure] < threshold
        or any(0 < cells[other] - cells[measure] < threshold for other in wider)
    }


def _hide_more(counts: Mapping[str, int], hidden: set[str], threshold: int) -> None:
    if not hidden:
        return
    left = sorted((n, label) for label, n in counts.items() if label not in hidden and n > 0)
    while left and (len(hidden) < 2 or sum(counts[label] for label in hidden) < threshold):
        hidden.add(left.pop(0)[1])
