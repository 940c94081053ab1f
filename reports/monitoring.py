"""Figures for a municipal education report (Kommunales Bildungsmonitoring), pure: a row for each value, with what it is worth."""

from collections.abc import Iterable
from typing import Any, NamedTuple

COLUMNS = ("indikator", "bezeichnung", "zeitraum", "dimension", "auspraegung", "wert", "qualitaet")
#: What a value is worth.
EXACT, PROTECTED, TOO_SMALL = "genau", "geschützt (±5)", "zu klein (unter 5)"


class Measured(NamedTuple):
    """Nothing is left out: what is too small has a row without a value."""

    indicator: str  # never changes
    title: str
    period: str
    dimension: str  # empty: the whole
    group: str
    value: int | None
    about_people: bool

    @property
    def quality(self) -> str:
        if not self.about_people:
            return EXACT
        return TOO_SMALL if self.value is None else PROTECTED


def as_rows(measured: Iterable[Measured]) -> list[list[Any]]:
    """In the order of `COLUMNS`; without a value the cell is empty."""
    return [
        [
            one.indicator,
            one.title,
            one.period,
            one.dimension,
            one.group,
            "" if one.value is None else one.value,
            one.quality,
        ]
        for one in measured
    ]
