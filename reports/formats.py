"""Published tables as files, pure: CSV for a spreadsheet, plain structures for JSON."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

PROTECTED = "geschützt"
BOM = "\ufeff"  # so that Excel reads UTF-8


def as_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    """RFC 4180 with a semicolon, as German spreadsheets expect; a hidden number is the word "geschützt"."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([PROTECTED if row.get(c) is None else _safe(row[c]) for c in columns])
    return BOM + text.getvalue()


def _safe(value: Any) -> Any:
    """A spreadsheet must not take a label for a formula."""
    starts = value.lstrip()[:1] if isinstance(value, str) else ""
    return f"'{value}" if starts and starts in "=+-@" else value
