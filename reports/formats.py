"""Figures as files, pure: CSV, Excel and LibreOffice."""

import io
from collections.abc import Sequence
from typing import Any

from providers.formats import as_csv, safe

KINDS = ("csv", "xlsx", "ods", "png")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "png": "image/png",
}
WIDEST = 60  # letters of a column

Rows = Sequence[Sequence[Any]]


def as_file(kind: str, columns: Sequence[str], rows: Rows, *, title: str) -> bytes:
    """`kind`: "csv", "xlsx" or "ods"; `title`: of the sheet, 31 letters at most."""
    if kind == "csv":
        return as_csv(columns, rows).encode()
    return (
        as_xlsx(columns, rows, title=title)
        if kind == "xlsx"
        else as_ods(columns, rows, title=title)
    )


def as_xlsx(columns: Sequence[str], rows: Rows, *, title: str) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 -- takes half a second to load, and 15 MB
    from openpyxl.styles import Font  # noqa: PLC0415 -- the same
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 -- the same

    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(list(columns))
    for row in rows:
        sheet.append([safe(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for n, column in enumerate(zip(columns, *rows, strict=True), 1):
        letters = max(len(str(value)) for value in column)
        sheet.column_dimensions[get_column_letter(n)].width = min(letters, WIDEST) + 2
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def as_ods(columns: Sequence[str], rows: Rows, *, title: str) -> bytes:
    from odsgenerator.odsgenerator import ods_bytes  # noqa: PLC0415 -- takes 18 MB

    table = [{"row": list(columns), "style": "bold"}, *(list(row) for row in rows)]
    return ods_bytes([{"name": title, "table": table}])
