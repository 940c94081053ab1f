"""Lists as people have them: semicolons, Windows-1252, days of Excel; and files that are no list."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook

from files import BadFile, lists

TEXT = "Vorname;Nachname;E-Mail\nJörg;Müßig;joerg@example.org\n\nZoë;Krause;\n"
ROWS = [["Vorname", "Nachname", "E-Mail"], ["Jörg", "Müßig", "joerg@example.org"]]
ROWS += [["Zoë", "Krause", ""]]


def read(content, name="liste.csv"):
    return lists.read(io.BytesIO(content), name)


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_csv_of_any_office(charset, delimiter, ending):
    text = TEXT.replace(";", delimiter).replace("\n", ending)
    assert read(text.encode(charset)) == ROWS


def test_quoted_cells_and_commas_in_names():
    assert read(b'Name;E-Mail\r\n"Huber, Margarete";\r\n') == [
        ["Name", "E-Mail"],
        ["Huber, Margarete", ""],
    ]


def test_excel_says_days_and_numbers_as_people_do():
    content = workbook(
        ["Name", "Geboren", "Termin", "Telefon", "Quote", "Leer"],
        [
            "Anna",
            date(1950, 3, 1),
            datetime(2026, 11, 30, 14, 30, tzinfo=UTC).replace(tzinfo=None),
            7131.0,
            0.5,
            None,
        ],
        [datetime(2026, 1, 2, tzinfo=UTC).replace(tzinfo=None), None, None, None, None, None],
    )
    assert read(content, "liste.xlsx") == [
        ["Name", "Geboren", "Termin", "Telefon", "Quote", "Leer"],
        ["Anna", "01.03.1950", "30.11.2026 14:30", "7131", "0.5", ""],
        ["02.01.2026", "", "", "", "", ""],
    ]


def test_a_workbook_is_known_by_its_content():
    assert read(workbook(["Anna"]), "liste.csv") == [["Anna"]]


def test_no_more_than_a_thousand_rows_are_read():
    assert len(read(b"Anna\n" * 2000)) == len(read(workbook(*[["Anna"]] * 1500))) == 1000


def bomb():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (31 * 1024 * 1024))
    return content.getvalue()


def hollow():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "liste.csv", "empty"),
        (b"a" * (lists.LARGEST + 1), "liste.csv", "size"),
        (b"\xff\xd8\xff\x00\x00", "liste.csv", "kind"),
        (b"kein Zip", "liste.xlsx", "kind"),
        (b"PK\x03\x04 kaputt", "liste.xlsx", "cut"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 alt", "liste.xlsx", "office-old"),
    ],
)
def test_what_is_no_list_is_refused(content, name, code):
    with pytest.raises(BadFile) as refused:
        read(content, name)
    assert refused.value.code == code


@pytest.mark.parametrize(("made", "code"), [(bomb, "size"), (hollow, "cut")])
def test_workbooks_that_are_none(made, code):
    with pytest.raises(BadFile) as refused:
        read(made(), "liste.xlsx")
    assert refused.value.code == code
