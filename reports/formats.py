"""Published tables as files, pure: CSV for a spreadsheet, plain structures for JSON."""

from collections.abc import Iterable, Sequence
from typing import Any

from providers import formats
from providers.formats import BOM

__all__ = ["BOM", "PROTECTED", "as_csv"]
PROTECTED = "geschützt"


def as_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    """A hidden number is the word "geschützt"."""
    return formats.as_csv(
        columns, ([PROTECTED if row.get(c) is None else row[c] for c in columns] for row in rows)
    )
