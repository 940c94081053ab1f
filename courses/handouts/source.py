"""What a reader gives of a handout, whatever it was written with."""

from collections import Counter
from typing import NamedTuple

LARGEST = 60 * 1024 * 1024  # bytes of a handout

#: What cannot come along, and is told: keys of `courses.advice.STAYED`.
CHART, DIAGRAM, FORMULA, OBJECT = "chart", "diagram", "formula", "object"
COMMENT, MARGIN, DRAWING, PICTURES = "comment", "margin", "drawing", "pictures"


class Source(NamedTuple):
    """`html`: h1 (`class="title"`: of the whole) to h6, p, ul, ol, li, b, i, sup, sub, a, table, tr, td, th, and `<img src="N" alt="…">`; N is a place in `pictures`."""

    html: str
    pictures: list[bytes]
    stayed: Counter[str]  # kind -> how many
