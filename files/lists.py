"""A list that somebody has typed in a spreadsheet: rows of texts, from CSV of any office or from XLSX. Nothing is kept."""

import csv
import io
import zipfile
from datetime import date, datetime, time
from pathlib import PurePath
from typing import Any, BinaryIO

from files.papers import charset_of, look_office, look_text
from files.problems import BadFile

LARGEST = 1024 * 1024  # bytes
UNPACKED = 30 * 1024 * 1024  # bytes of an XLSX that is taken apart
MOST_ROWS, MOST_COLUMNS = 1000, 40
DELIMITERS = ";,\t|"

Rows = list[list[str]]


def read(stream: BinaryIO, name: str) -> Rows:
    """The rows that say something. Raises BadFile."""
    size = stream.seek(0, io.SEEK_END)
    if size > LARGEST:
        raise BadFile("size")
    if not size:
        raise BadFile("empty")
    ending = PurePath(name.lower()).suffix.lstrip(".")
    stream.seek(0)
    if ending == "xlsx" or stream.read(4) == b"PK\x03\x04":
        rows = _workbook(stream)
    else:
        rows = _text(stream)
    return [row for row in rows if any(row)][:MOST_ROWS]


def _text(stream: BinaryIO) -> Rows:
    """Semicolons in German offices, commas elsewhere: what the first lines have most of parts the columns."""
    look_text(stream)
    stream.seek(0)
    charset = charset_of(stream)
    text = stream.read().decode("utf-8-sig" if charset == "utf-8" else charset, "replace")
    plain = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    head = "\n".join(plain.split("\n", 20)[:20])
    delimiter = max(DELIMITERS, key=head.count)
    lines = csv.reader(io.StringIO(plain), delimiter=delimiter)
    try:
        return [[_said(cell) for cell in line[:MOST_COLUMNS]] for line in lines]
    except csv.Error as wrong:
        raise BadFile("cut") from wrong


def _workbook(stream: BinaryIO) -> Rows:
    """The first sheet, values only. What unpacks to too much is not begun."""
    from openpyxl import load_workbook  # noqa: PLC0415 -- takes half a second to load, and 15 MB

    look_office(stream, "xlsx")
    stream.seek(0)
    with zipfile.ZipFile(stream) as archive:
        if sum(part.file_size for part in archive.infolist()) > UNPACKED:
            raise BadFile("size")
    stream.seek(0)
    try:
        book = load_workbook(stream, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = sheet.iter_rows(max_row=MOST_ROWS, values_only=True)
        return [[_said(cell) for cell in line[:MOST_COLUMNS]] for line in lines]
    except (KeyError, ValueError, TypeError, IndexError, OSError, zipfile.BadZipFile) as wrong:
        raise BadFile("cut") from wrong


def _said(cell: Any) -> str:
    """As a German reader would type it: a day is a day, whatever Excel makes of it, and 7131.0 is 7131."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%d.%m.%Y}" if cell.time() == time() else f"{cell:%d.%m.%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
