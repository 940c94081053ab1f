"""What the desk gives away as a table is no program for a spreadsheet: titles and names are what people type."""

import csv
import io

import pytest
import wagtail.admin.views.reports.workflows  # noqa: F401 -- every report of Wagtail's is loaded
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.support.records import signed_in

FORMULA = '=HYPERLINK("https://example.com";"hier")'


def everybody(cls=SpreadsheetExportMixin):
    for child in cls.__subclasses__():
        yield child
        yield from everybody(child)


def test_every_table_of_the_desk_is_written_the_same_way():
    views = {*everybody()}
    assert len(views) > 5
    assert {view.write_csv_row for view in views} == {SpreadsheetExportMixin.write_csv_row}
    assert SpreadsheetExportMixin.write_csv_row.__module__ == "courses.wagtail_hooks.exports"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r@"])
def test_the_history_of_the_desk_has_no_formulas(db, start):
    house = factories.make_provider("haus")
    owner = factories.make_member(house, Membership.Role.OWNER, name=f"{start}1+2")
    course = factories.make_course(house, lessons=1)
    with look(system("test")):
        page = type(course).objects.get(pk=course.pk)
        page.title = page.draft_title = FORMULA
        page.save()
        page.save_revision(user=owner, log_action=True)
    answer = signed_in(owner).get("/redaktion/reports/site-history/?export=csv")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv")
    text = b"".join(answer.streaming_content).decode()
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert f"'{FORMULA}" in cells
    assert [cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "-", "@")] == []
