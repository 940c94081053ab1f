"""Every night somebody looks whether desk, catalogue and storage still belong together."""

import io
import logging

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from courses.models import CatalogueEntry, CoursePage
from courses.press import files
from courses.queries.loose_ends import loose_ends
from courses.tasks import look_for_loose_ends
from tenancy.lens import look, system
from tests import factories


@pytest.fixture
def course(db, house):
    return factories.make_course(house)


def found():
    with look(system("test")):
        return loose_ends()


def test_what_belongs_together_is_not_named(course):
    assert found() == ([], [], [], [])
    says = io.StringIO()
    call_command("loose_ends", stdout=says)
    assert says.getvalue() == "Desk, catalogue and storage belong together.\n"


def test_a_card_whose_page_is_gone_is_named(course):
    """As it came about before deleting had one way: a row goes, and nobody hears of it."""
    with look(system("test")):
        CoursePage.objects.filter(pk=course.pk).update(live=False)
    assert found() == ([f"haus/{course.slug}"], [], [], [])


def test_a_page_whose_card_is_gone_is_named(course):
    with look(system("test")):
        CatalogueEntry.objects.all().delete()
    assert found() == ([], ["haus: Sicher im Netz"], [], [])


def test_a_draft_and_an_archived_course_need_no_card(course):
    with look(system("test")):
        CoursePage.objects.get(pk=course.pk).unpublish()
    assert found() == ([], [], [], [])


def test_a_printed_file_is_kept_as_long_as_any_edition_names_it(course):
    with look(system("test")):
        named, lost = files.keep(b"in use", ".pdf"), files.keep(b"forgotten", ".pdf")
        lesson = course.lessons().first()
        body = [dict(block) for block in lesson.body.raw_data]
        body[0]["value"] += f'<p><a href="{named.url}">Datei</a></p>'
        lesson.body = lesson.body.stream_block.to_python(body)
        lesson.save_revision().publish()
    assert found() == ([], [], [lost.url.strip("/")], [])


def test_a_file_of_the_desk_that_no_picture_has_is_named(course):
    name = default_storage.save("original_images/einsam.png", ContentFile(b"x"))
    assert found() == ([], [], [name], [])


def test_each_is_named_in_the_log_and_by_the_command(course, caplog):
    with look(system("test")):
        CatalogueEntry.objects.all().delete()
    with caplog.at_level(logging.WARNING):
        look_for_loose_ends()
    assert [record.getMessage() for record in caplog.records] == [
        "loose end, pages: haus: Sicher im Netz"
    ]
    says = io.StringIO()
    with pytest.raises(CommandError):
        call_command("loose_ends", stdout=says)
    assert says.getvalue() == "page  haus: Sicher im Netz\n"
