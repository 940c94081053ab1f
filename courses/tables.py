"""A table as it is typed or pasted: a line a row, cells parted by `|` or, from a spreadsheet, by a tab; pure."""

from typing import NamedTuple

MOST_COLUMNS = 8  # more can be read on no phone
ROW, COLUMN, BOTH = "row", "column", "both"


class TableCell(NamedTuple):
    text: str
    label: str  # the heading of its column; stands beside it on a phone


class TableRow(NamedTuple):
    head: str | None
    cells: list[TableCell]


class Table(NamedTuple):
    head: list[str]
    rows: list[TableRow]


def cells(text: str) -> list[list[str]]:
    """Rows of cells; empty lines are none, and an outer `|` parts nothing."""
    lines = [line.strip(" \r") for line in text.split("\n")]
    return [_cells(line) for line in lines if line.strip(" \t|")]


def is_even(rows: list[list[str]]) -> bool:
    """At least two rows and two columns, not too many, and all rows alike."""
    widths = {len(row) for row in rows}
    return len(rows) > 1 and len(widths) == 1 and 2 <= min(widths) <= MOST_COLUMNS


def table(text: str, headings: str) -> Table:
    """With its header cells: every cell of a table says what it belongs to (WCAG 1.3.1)."""
    rows = cells(text)
    head = rows.pop(0) if headings in (ROW, BOTH) and rows else []
    return Table(head, [_row(row, head, headings) for row in rows])


def _row(row: list[str], head: list[str], headings: str) -> TableRow:
    labels = [*head, *[""] * len(row)]
    named = [TableCell(text, label) for text, label in zip(row, labels, strict=False)]
    if headings == ROW:
        return TableRow(None, named)
    return TableRow(row[0], named[1:])


def _cells(line: str) -> list[str]:
    parts = (
        line.split("\t") if "\t" in line else line.removeprefix("|").removesuffix("|").split("|")
    )
    return [part.strip() for part in parts]
