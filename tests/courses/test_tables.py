"""Tables in steps: typed or pasted, with header cells, readable on a phone."""

import json

import pytest
from wagtail.blocks import StructBlockValidationError

from courses import tables
from courses.blocks import LessonTableBlock
from courses.queries.findings import _table
from providers.models import Provider
from tenancy.lens import look, system
from tests import factories
from tests.factories import block

TYPED = "Tag | Uhrzeit\nMontag | 9 bis 12\n\n| Dienstag | 14 bis 17 |"
PASTED = "Tag\tUhrzeit\r\nMontag\t9 bis 12\r\nDienstag\t14 bis 17\r\n"
ROWS = [["Tag", "Uhrzeit"], ["Montag", "9 bis 12"], ["Dienstag", "14 bis 17"]]


@pytest.mark.parametrize("text", [TYPED, PASTED])
def test_lines_are_rows_and_cells_are_parted(text):
    assert tables.cells(text) == ROWS


def test_an_empty_cell_of_a_spreadsheet_stays():
    assert tables.cells("Tag\tUhrzeit\n\t9 Uhr") == [["Tag", "Uhrzeit"], ["", "9 Uhr"]]


@pytest.mark.parametrize(
    "text",
    ["", "a | b", "a\nb", "a | b\nc", "a | b\nc | d | e", "\n".join(["|".join("abcdefghi")] * 2)],
)
def test_what_is_no_table_is_refused_where_it_is_typed(text):
    with pytest.raises(StructBlockValidationError) as refused:
        LessonTableBlock().clean({"caption": "Zeiten", "rows": text or " ", "headings": "row"})
    assert [*refused.value.block_errors] == ["rows"]


@pytest.fixture
def haus(db):
    with look(system("test")):
        return Provider.objects.get(slug="haus")


def lesson_with(course, headings):
    value = {"caption": "Wann wir da sind", "rows": TYPED, "headings": headings}
    with look(system("test")):
        lesson = course.lessons().first()
        lesson.body = json.dumps([block("table", value), *map(dict, lesson.body.raw_data)])
        lesson.save_revision().publish()


@pytest.mark.parametrize(
    ("headings", "columns", "rows", "labels"),
    [("row", 2, 0, 4), ("column", 0, 3, 0), ("both", 2, 2, 2)],
)
def test_every_table_is_printed_with_header_cells(client, haus, headings, columns, rows, labels):
    course = factories.make_course(haus, lessons=1)
    lesson_with(course, headings)
    page = client.get(f"/lernen/haus/{course.slug}/schritt-1/").content.decode()
    table = page.partition("<table")[2].partition("</table>")[0]
    assert ">Wann wir da sind</caption>" in table
    counts = [table.count(part) for part in ('scope="col"', 'scope="row"', "data-label=")]
    assert counts == [columns, rows, labels]
    assert 'role="region" aria-labelledby="t-' in page


def test_its_words_are_checked_as_all_others():
    value = {"caption": "Zeiten", "rows": "Tag | Uhr\nMo | "}
    assert [found[0] for found in _table(value)] == ["Zeiten", "Tag", "Uhr", "Mo"]
