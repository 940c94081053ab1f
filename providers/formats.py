"""Tables as CSV for a spreadsheet, pure."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

BOM = "\ufeff"  # so that Excel reads UTF-8


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """RFC 4180 with a semicolon, as German spreadsheets expect."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe(value) for value in row])
    return BOM + text.getvalue()


def safe(value: Any) -> Any:
    """A spreadsheet must not take a label for a formula."""
    starts = value.lstrip()[:1] if isinstance(value, str) else ""
    return f"'{value}" if starts and starts in "=+-@" else value
