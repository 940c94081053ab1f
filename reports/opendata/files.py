"""A table of open data as a file: CSV for a spreadsheet, JSON for a program, Parquet for who reckons with it."""

import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from arro3.core import Array, DataType, Field, Schema, Table
from arro3.io import write_parquet

from providers import formats
from reports.opendata.dataset import FEW, Column

Row = Mapping[str, Any]
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
_ARROW = {"integer": DataType.int64, "boolean": DataType.bool}


def as_csv(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """UTF-8 with a byte order mark, semicolons, "ja" and "nein"."""
    told = ([_word(row[one.name], one) for one in columns] for row in rows)
    return formats.as_csv([one.name for one in columns], told).encode()


def as_json(columns: Sequence[Column], rows: Iterable[Row], *, about: Mapping[str, Any]) -> bytes:
    """`about`: what stands before the rows. What is too small is `FEW` here, too."""
    told = [{one.name: _value(row[one.name], one) for one in columns} for row in rows]
    document = {**about, "columns": [one.name for one in columns], "rows": told}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def as_parquet(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """What is too small, or not known, is null."""
    listed = list(rows)
    kinds = [_ARROW.get(one.kind, DataType.utf8)() for one in columns]
    arrays = [
        Array([row[one.name] for row in listed], kind)
        for one, kind in zip(columns, kinds, strict=True)
    ]
    fields = [
        Field(one.name, kind, nullable=True) for one, kind in zip(columns, kinds, strict=True)
    ]
    into = io.BytesIO()
    write_parquet(Table.from_arrays(arrays, schema=Schema(fields)), into)
    return into.getvalue()


def as_file(
    kind: str, columns: Sequence[Column], rows: Iterable[Row], *, about: Mapping[str, Any]
) -> bytes:
    if kind == "csv":
        return as_csv(columns, rows)
    return as_json(columns, rows, about=about) if kind == "json" else as_parquet(columns, rows)


def fingerprint(columns: Sequence[Column], rows: Iterable[Row]) -> str:
    """SHA-256 of the CSV file, in hexadecimal: the same rows have the same."""
    return hashlib.sha256(as_csv(columns, rows)).hexdigest()


def _value(value: Any, column: Column) -> Any:
    return FEW if value is None and column.hides else value


def _word(value: Any, column: Column) -> Any:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    found = _value(value, column)
    return "" if found is None else found
