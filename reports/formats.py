"""Released tables as files, pure: CSV for a spreadsheet."""

from collections.abc import Iterable, Sequence
from typing import Any

from providers import formats
from providers.formats import BOM

__all__ = ["BOM", "as_csv"]


def as_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    return formats.as_csv(columns, ([row[column] for column in columns] for row in rows))
