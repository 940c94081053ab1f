"""Geometry of the charts, pure: numbers in, rectangles out. The template draws; the words stand beside it as a table."""

from collections.abc import Sequence
from typing import Any, NamedTuple

WIDTH, HEIGHT = 960, 284
LEFT, TOP, BOTTOM = 48, 30, 250
TICKS = 5


class Series(NamedTuple):
    key: str  # paint class: "a", "b", …
    title: str
    values: list[int | None]  # None is protected


def bar_chart(labels: Sequence[str], series: Sequence[Series], *, desc: str) -> dict[str, Any]:
    """Grouped bars per label. Protected values become hatched full-width stubs, so that a gap is no zero."""
    top = _round_up(max((v for s in series for v in s.values if v), default=1))
    slot = (WIDTH - LEFT) / max(len(labels), 1)
    width = min(26.0, (slot - 12) / max(len(series), 1))
    bars = []
    for n in range(len(labels)):
        start = LEFT + n * slot + (slot - width * len(series)) / 2
        for k, each in enumerate(series):
            value = each.values[n]
            height = 12.0 if value is None else (BOTTOM - TOP) * value / top
            bars.append(
                {
                    "x": _number(start + k * width),
                    "y": _number(BOTTOM - height),
                    "width": _number(width - 2),
                    "height": _number(height),
                    "css": "c-hidden" if value is None else f"c-{each.key}",
                }
            )
    ticks = []
    for n in range(TICKS + 1):
        y = BOTTOM - (BOTTOM - TOP) * n / TICKS
        ticks.append({"y": _number(y), "text_y": _number(y + 5), "label": top * n // TICKS})
    places = [_number(LEFT + (n + 0.5) * slot) for n in range(len(labels))]
    return {
        "bars": bars,
        "ticks": ticks,
        "labels": [{"x": x, "label": label} for x, label in zip(places, labels, strict=True)],
        "width": WIDTH,
        "height": HEIGHT,
        "desc": desc,
    }


def shares(values: Sequence[int | None]) -> list[int]:
    """Bar lengths in percent of the largest value; protected values have none."""
    largest = max((value for value in values if value), default=1)
    return [round(100 * value / largest) if value else 0 for value in values]


def _round_up(value: int) -> int:
    """The next number that five ticks divide evenly."""
    step = TICKS
    while step * 10 < value:
        step *= 10
    return -(-value // step) * step


def _number(value: float) -> str:
    """With a point in every language: these are coordinates."""
    return f"{value:.1f}"
