"""The checks while somebody writes: what is typed is looked at, and what a draft has is kept with it."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfWriter
from wagtail.admin.models import FormState
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Revision

from accessibility.actions import exempt
from accessibility.models import Inspection
from courses import queries
from courses.blocks import PASSAGES, TEXT_FEATURES
from courses.models import LessonPage
from courses.press.lessons import rich
from courses.queries.findings import inspected
from tenancy.lens import look, staff, system
from tests import factories
from tests.courses.test_desk import _course_form
from tests.courses.test_gate import VAGUE, document, raw
from tests.factories import block
from tests.support.desk import lesson_form
from tests.support.pages import one_line

GOOD = raw("Zur Anmeldung beim Bürgeramt", link="https://a.example/")
VAGUE_HTML = '<p><a href="https://a.example/">hier</a></p>'


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=1)


@pytest.fixture
def lesson(course):
    with look(system("test")):
        return course.lessons().get()


@pytest.fixture
def at_desk(client, author):
    client.force_login(author)
    return client


def type_in(client, lesson, words):
    """As the editor does all the time: what is typed goes to the preview, nothing is saved."""
    form = lesson_form(**{"body-0-value": words}) | {"slug": lesson.slug}
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    assert client.post(preview, form).json()["is_valid"]
    return form["body-0-id"]


def findings(client, lesson):
    return one_line(client.get(reverse("gate_findings", args=[lesson.pk])))


# --- while typing ---


def test_what_is_typed_is_looked_at_before_it_is_saved(at_desk, lesson):
    assert "Nichts gefunden" in findings(at_desk, lesson)
    place = type_in(at_desk, lesson, VAGUE)
    said = findings(at_desk, lesson)
    assert "Der Link sagt nicht, wohin er führt." in said
    assert "(hält auf, WCAG 2.4.4)" in said
    assert f'href="#block-{place}-section"' in said
    assert 'data-count="1"' in said
    type_in(at_desk, lesson, GOOD)
    assert 'data-count="0"' in findings(at_desk, lesson)


def test_a_warning_says_that_it_is_one(at_desk, lesson):
    type_in(at_desk, lesson, raw("https://a.example/", link="https://a.example/"))
    assert "(Hinweis, WCAG 2.4.4)" in findings(at_desk, lesson)


def test_what_was_typed_long_before_the_draft_counts_no_more(at_desk, lesson):
    """A draft of the same moment does not outrun it: the editor saves by itself while one types."""
    type_in(at_desk, lesson, VAGUE)
    with look(system("test")):
        lesson.title = "Anders"
        lesson.save_revision()
        assert 'data-count="1"' in findings(at_desk, lesson)
        FormState.objects.update(last_updated_at=timezone.now() - timedelta(minutes=2))
    assert "Nichts gefunden" in findings(at_desk, lesson)


def test_what_is_exempt_stands_below_the_rest(at_desk, owner, lesson):
    with look(system("test")):
        lesson.body = json.dumps([block("text", VAGUE_HTML)])
        lesson.save_revision()
        exempt(lesson, queries.checked(lesson).stopping, reason="Darum geht es im Kurs.", by=owner)
    said = findings(at_desk, lesson)
    assert "Ausnahmen mit Begründung" in said
    assert 'data-count="0"' in said


def test_a_page_that_is_not_saved_yet_is_looked_at_too(at_desk, course):
    where = ["courses", "lessonpage", course.pk]
    preview = reverse("wagtailadmin_pages:preview_on_add", args=where)
    address = reverse("gate_findings_of_new", args=where)
    assert "Nichts gefunden" in at_desk.get(address).content.decode()
    at_desk.post(preview, lesson_form(**{"body-0-value": VAGUE}))
    assert "Der Link sagt nicht" in at_desk.get(address).content.decode()


def test_a_new_course_is_looked_at_too(at_desk, course):
    with look(system("test")):
        where = ["courses", "coursepage", course.get_parent().pk]
    form = _course_form(title="JETZT SOFORT LESEN")
    at_desk.post(reverse("wagtailadmin_pages:preview_on_add", args=where), form)
    said = at_desk.get(reverse("gate_findings_of_new", args=where)).content.decode()
    assert "#panel-child-content-title-section" in said


def test_only_courses_and_lessons_are_looked_at(at_desk, course):
    with look(system("test")):
        index_page = course.get_parent()
    assert at_desk.get(reverse("gate_findings", args=[index_page.pk])).status_code == 404


def test_next_door_finds_nothing(client, course, lesson):
    client.force_login(factories.make_member(factories.make_provider("nachbar")))
    assert client.get(reverse("gate_findings", args=[lesson.pk])).status_code == 404
    new = reverse("gate_findings_of_new", args=["courses", "lessonpage", course.pk])
    assert client.get(new).status_code == 404


def test_the_editor_has_our_findings_in_its_panel(at_desk, course, lesson):
    edit = at_desk.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()
    assert f'data-findings="{reverse("gate_findings", args=[lesson.pk])}"' in edit
    assert "data-checks-panel" in edit  # Wagtail's own come below
    assert "js/checker.js" in edit
    where = ["courses", "lessonpage", course.pk]
    add = at_desk.get(reverse("wagtailadmin_pages:add", args=where)).content.decode()
    assert f'data-findings="{reverse("gate_findings_of_new", args=where)}"' in add


# --- kept with the draft ---


def test_what_a_draft_has_is_kept_with_it(course, lesson):
    with look(system("test")):
        lesson.body = json.dumps([block("text", f"{VAGUE_HTML}<p>BITTE SOFORT LESEN</p>")])
        draft = lesson.save_revision()
        place = lesson.body[0].id
        kept = Inspection.objects.get(revision=draft)
        assert (kept.page_id, kept.stopping, kept.warning) == (lesson.pk, 1, 1)
        assert kept.findings == [
            ["link-vague", place, "hier"],
            ["capitals", place, "BITTE SOFORT LESEN"],
        ]
        assert inspected([course.pk, lesson.pk]) == {course.pk: (0, 0), lesson.pk: (1, 1)}


def test_a_draft_that_is_written_over_is_looked_at_again(lesson):
    with look(system("test")):
        lesson.body = json.dumps([block("text", VAGUE_HTML)])
        draft = lesson.save_revision()
        lesson.body = json.dumps([block("text", "<p>Gut.</p>")])
        lesson.save_revision(overwrite_revision=draft)
        assert inspected([lesson.pk]) == {lesson.pk: (0, 0)}
        draft.save(update_fields=["approved_go_live_at"])
        assert (
            Inspection.objects.filter(page=lesson.pk).count()
            == Revision.page_revisions.filter(object_id=str(lesson.pk)).count()
        )


def test_what_is_exempt_does_not_count(owner, lesson):
    with look(system("test")):
        lesson.body = json.dumps([block("text", f"{VAGUE_HTML}<h4>Zu tief</h4>")])
        lesson.save_revision()
        assert inspected([lesson.pk]) == {lesson.pk: (2, 0)}
        found = [f for f in queries.checked(lesson).stopping if f.rule == "link-vague"]
        exempt(lesson, found, reason="Darum geht es im Kurs.", by=owner)
        assert inspected([lesson.pk]) == {lesson.pk: (1, 0)}


def test_many_pages_are_asked_for_at_once(house, django_assert_num_queries):
    course = factories.make_course(house, lessons=3)
    with look(system("test")):
        pages = [course.pk, *course.lessons().values_list("pk", flat=True)]
        with django_assert_num_queries(1):
            assert set(inspected(pages).values()) == {(0, 0)}
        assert inspected([]) == {}


def test_next_door_sees_no_results(house, lesson):
    nextdoor = factories.make_provider("nachbar")
    with look(staff([nextdoor.pk])):
        assert inspected([lesson.pk]) == {}
    with look(staff([house.pk])):
        assert inspected([lesson.pk]) == {lesson.pk: (0, 0)}


def test_a_lost_file_stops_nobody_from_saving(house, lesson):
    written = BytesIO()
    PdfWriter().write(written)
    with look(system("test")):
        stored = document(house, "weg.pdf", written.getvalue())
        stored.file.storage.delete(stored.file.name)
        lesson.body = json.dumps([block("download", {"title": "Ein Blatt", "file": stored.pk})])
        lesson.save_revision()
        assert inspected([lesson.pk]) == {lesson.pk: (1, 0)}


def test_words_explained_in_the_lesson_are_not_rare(course):
    with look(system("test")):
        words = [
            block("text", "<p>Der Passkey ist gut.</p>"),
            block("term", {"term": "Passkey", "html": "<p>Ein Schlüssel.</p>"}),
        ]
        lesson = LessonPage(title="Schritt", slug="s", body=words, locale=course.locale)
        lesson.locale.language_code = "de-simple"
        assert [f.rule for f in queries.checked(lesson).warning] == []
        lesson.body = words[:1]
        assert [f.rule for f in queries.checked(lesson).warning] == ["word-rare"]


# --- the language of a passage ---


@pytest.mark.parametrize("code", PASSAGES)
def test_a_marked_passage_goes_through_the_editor_and_to_print(code):
    attributes = 'lang="ar" dir="rtl"' if code == "ar" else f'lang="{code}"'
    html = f'<p data-block-key="a">Das heißt <span {attributes}>Play Store</span>.</p>'
    converter = ContentstateConverter(TEXT_FEATURES)
    state = json.loads(converter.from_database_format(html))
    [marked] = state["blocks"][0]["inlineStyleRanges"]
    assert (marked["style"], marked["offset"], marked["length"]) == (f"LANG-{code.upper()}", 10, 10)
    again = converter.to_database_format(json.dumps(state))
    stored = {*again.partition("<span ")[2].partition(">")[0].split(" ")}
    assert stored == {*attributes.split(" ")}
    printed = rich(again)
    assert f'lang="{code}"' in printed
    assert ('dir="rtl"' in printed) == (code == "ar")
