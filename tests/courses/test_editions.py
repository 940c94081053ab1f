"""Corrections and new editions, history, archive, planned publishing; and learners who move on, or stay."""

import os
from datetime import timedelta

import psycopg
import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from certificates.actions import issue_certificate
from courses import actions, queries
from courses.models import CatalogueEntry, CoursePage, Edition, Issue, LessonPage, Printing
from courses.tasks import publish_scheduled
from learning.actions import move_to_newest
from learning.models import Enrolment
from tenancy.lens import look, system
from tests import factories
from tests.factories import rewrite, right_answer, single_choice
from tests.support.databases import at
from tests.support.records import recorded


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=2, title="Fotos ordnen")


@pytest.fixture
def lesson(course):
    with look(system("test")):
        return course.lessons().first()


def with_question(lesson):
    raw = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().body.raw_data
    return rewrite(lesson, body=[*(dict(b) for b in raw), single_choice()])


def drafts(*pages):
    return {p.pk: type(p).objects.get(pk=p.pk).latest_revision_id for p in pages}


def issue_of(course):
    entry = CatalogueEntry.objects.select_related("edition").get(course=course.translation_key)
    return entry.edition.number, entry.edition.printing


@pytest.fixture
def as_system(db):
    with look(system("test")):
        yield


# --- what is printed -------------------------------------------------------------------------------------------------


def test_words_are_a_correction_unless_a_new_edition_is_wanted(course, lesson, as_system):
    rewrite(lesson, title="Besserer Titel")
    assert not queries.propose(
        course, [lesson.get_latest_revision_as_object()]
    ).changes.asks_for_new
    done = actions.publish_drafts(course, drafts(lesson), by=None)
    assert (done.edition.number, done.edition.printing) == (1, 2)
    rewrite(lesson, title="Noch besser")
    actions.publish_drafts(course, drafts(lesson), by=None, issue=Issue.NEW, news="Alles neu.")
    assert issue_of(course) == (2, 1)
    assert Edition.objects.get(course=course.translation_key, number=2).news == "Alles neu."


def test_a_question_made_harder_is_a_new_edition_unless_a_correction_is_wanted(
    course, lesson, as_system
):
    def other_way_round():
        raw = [dict(b) for b in LessonPage.objects.get(pk=lesson.pk).body.raw_data]
        for choice in raw[1]["value"]["choices"]:
            choice["value"]["right"] = not choice["value"]["right"]
        rewrite(lesson, body=raw)

    other_way_round()
    actions.publish_drafts(course, drafts(lesson), by=None, issue=Issue.CORRECTION)
    assert issue_of(course) == (1, 2)
    other_way_round()
    actions.publish_drafts(course, drafts(lesson), by=None)
    assert issue_of(course) == (2, 1)


def test_a_correction_keeps_the_items_so_a_new_question_makes_a_new_edition_all_the_same(
    course, lesson, as_system
):
    with_question(lesson)
    actions.publish_drafts(course, drafts(lesson), by=None, issue=Issue.CORRECTION)
    assert issue_of(course) == (2, 1)


def test_several_drafts_are_one_issue(course, as_system):
    first, second = course.lessons()
    with_question(first)
    with_question(second)
    actions.publish_drafts(course, drafts(first, second), by=None)
    assert issue_of(course) == (2, 1)
    assert Printing.objects.filter(edition__course=course.translation_key).count() > 1


def test_whoever_comes_second_is_told_that_somebody_was_there(course, lesson, as_system):
    rewrite(lesson, title="Von Ada")
    seen = drafts(lesson)
    rewrite(lesson, title="Von Ben")
    with pytest.raises(actions.Changed) as told:
        actions.publish_drafts(course, seen, by=None)
    assert told.value.page.pk == lesson.pk
    assert issue_of(course) == (1, 1)


def test_a_second_publisher_waits_until_the_first_has_printed(course, lesson, as_system):
    rewrite(lesson, title="Von Ada")
    actions.publish_drafts(course, drafts(lesson), by=None)
    asks = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
    with psycopg.connect(_address()) as second:  # until Ada's transaction ends
        assert second.execute(asks, [str(course.translation_key)]).fetchone() == (False,)
        assert second.execute(asks, [str(lesson.translation_key)]).fetchone() == (True,)


def _address():
    return at(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])


def test_a_draft_that_a_colleague_has_locked_is_not_published(
    course, lesson, author, owner, as_system
):
    rewrite(lesson, title="Anders")
    LessonPage.objects.filter(pk=lesson.pk).update(locked=True, locked_by=author)
    with pytest.raises(actions.Locked):
        actions.publish_drafts(course, drafts(lesson), by=owner)


def test_a_draft_with_a_barrier_is_not_published(course, lesson, as_system):
    rewrite(
        lesson, body=[factories.block("text", '<p>Mehr <a href="https://a.example">hier</a>.</p>')]
    )
    with pytest.raises(actions.Barred):
        actions.publish_drafts(course, drafts(lesson), by=None)
    assert issue_of(course) == (1, 1)


# --- later -----------------------------------------------------------------------------------------------------------


def test_what_is_planned_is_printed_in_its_hour_as_it_was_decided(course, as_system, owner):
    first, second = course.lessons()
    soon = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    rewrite(first, title="Später", go_live_at=soon)
    rewrite(second, title="Auch später", go_live_at=soon)
    done = actions.publish_drafts(course, drafts(first, second), by=owner, issue=Issue.NEW)
    assert [page.pk for page in done.planned] == [first.pk, second.pk]
    assert issue_of(course) == (1, 1)
    [row] = [c for c in queries.board([course.provider_id]) if c.pk == course.pk]
    assert (row.state, row.planned) == ("planned", soon)
    for page in (first, second):
        revision = LessonPage.objects.get(pk=page.pk).latest_revision
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
        revision.user = owner
        revision.save()
    publish_scheduled()
    assert issue_of(course) == (2, 1)
    printed = Printing.objects.get(edition__course=course.translation_key, edition__number=2)
    assert printed.by_name == str(owner)


def test_what_expires_leaves_the_catalogue(course, as_system):
    CoursePage.objects.filter(pk=course.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    publish_scheduled()
    assert not CatalogueEntry.objects.filter(course=course.translation_key).exists()


def test_a_second_click_archives_nothing_twice_and_brings_nothing_back(course, desk):
    door = reverse("desk:archive", args=[course.pk])
    for _click in range(2):
        assert desk.post(door).status_code == 302
    assert [line[1] for line in recorded("course.archived", "course.reopened")] == [
        "course.archived"
    ]
    for _click in range(2):
        desk.post(door, {"holen": "1"})
    assert [line[1] for line in recorded("course.reopened")] == ["course.reopened"]


def test_a_course_in_the_archive_is_read_to_its_end_and_may_come_back(course, owner, as_system):
    mine = factories.make_enrolment(course)
    actions.archive_course(course, by=owner)
    assert not CatalogueEntry.objects.filter(course=course.translation_key).exists()
    [row] = queries.board([course.provider_id])
    assert row.state == "archived"
    rewrite(course.lessons().first(), title="Geht nicht")
    with pytest.raises(actions.Archived):
        actions.publish_drafts(course, drafts(course.lessons().first()), by=owner)
    assert Enrolment.objects.get(pk=mine.pk).edition.printed_lessons.exists()
    actions.reopen_course(course, by=owner)
    actions.publish_drafts(CoursePage.objects.get(pk=course.pk), drafts(course), by=owner)
    assert CatalogueEntry.objects.filter(course=course.translation_key).exists()


# --- history ---------------------------------------------------------------------------------------------------------


def test_a_former_printing_comes_back_as_a_draft(course, lesson, owner, as_system):
    rewrite(lesson, title="Zweiter Titel")
    actions.publish_drafts(course, drafts(lesson), by=owner)
    extra = LessonPage(title="Dritter Schritt", slug="dritter", live=False, body=[single_choice()])
    CoursePage.objects.get(pk=course.pk).add_child(instance=extra)
    first = queries.printings(course).last()
    restored = actions.restore_printing(first, course, by=owner)
    assert LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().title == "Schritt 1"
    assert LessonPage.objects.get(pk=lesson.pk).title == "Zweiter Titel"  # still in print
    assert [page.title for page in restored.younger] == ["Dritter Schritt"]
    assert restored.gone == 0
    course.lessons().last().delete()
    assert issue_of(course) == (1, 2)


def test_two_printings_are_compared_lesson_by_lesson(course, lesson, as_system):
    raw = [dict(b) for b in lesson.body.raw_data]
    raw[0] |= {"value": "<p>Geheimer Text 1 von allen.</p>"}
    rewrite(lesson, body=raw)
    actions.publish_drafts(course, drafts(lesson), by=None)
    new, *_, old = queries.printings(course)
    first, second = queries.differences(old, new)
    assert (first.state, second.state) == ("changed", "same")
    assert ("deletion", "haus") in first.changes
    assert ("addition", "allen") in first.changes


# --- learners --------------------------------------------------------------------------------------------------------


@pytest.fixture
def mine(course, client, lesson):
    """Somebody who has passed one of two items."""
    enrolment = factories.make_enrolment(course)
    client.force_login(enrolment.learner)
    client.post(f"/lernen/haus/{course.slug}/schritt-1/antwort/", right_answer(lesson))
    return enrolment


@pytest.fixture
def newer(course, lesson, mine):
    """A new edition: one question more in the first lesson, and a third lesson."""
    with look(system("test")):
        with_question(lesson)
        third = LessonPage(title="Mehr davon", slug="mehr", live=False, body=[single_choice()])
        CoursePage.objects.get(pk=course.pk).add_child(instance=third)
        third.save_revision()
        pages = drafts(lesson, third)
        actions.publish_drafts(course, pages, by=None, issue=Issue.NEW, news="Jetzt mit Wolke.")
    return reverse("learning:newer", args=["haus", course.slug])


def test_who_has_started_stays_and_is_offered_the_new_edition(client, course, newer, mine):
    for page in ("/lernen/", f"/lernen/haus/{course.slug}/schritt-1/"):
        assert f'href="{newer}"' in client.get(page).text
    page = client.get(newer)
    told = page.context["newer"]
    assert (told.number, told.news, told.gone, told.same) == (2, "Jetzt mit Wolke.", 0, False)
    assert [tuple(n) for n in told.lessons] == [("Schritt 1", 1, False), ("Mehr davon", 1, True)]
    assert "Jetzt mit Wolke." in page.text


def test_who_moves_loses_nothing_and_what_is_new_is_free(client, course, newer, mine):
    assert client.post(newer).url == f"/lernen/haus/{course.slug}/"
    with look(system("test")):
        moved = Enrolment.objects.get(pk=mine.pk)
        assert (moved.edition.number, moved.pinned.number) == (2, 1)
        assert (moved.done, moved.total, len(moved.extra)) == (1, 2, 2)
    page = client.get(f"/lernen/haus/{course.slug}/schritt-1/")
    assert page.context["lesson"]["done"]
    assert page.text.count("zählt für Sie nicht mit") == 1
    assert [step["state"] for step in page.context["steps"]] == ["done", "open", "extra"]
    dashboard = client.get("/lernen/")
    assert dashboard.context["now"]["count"] == 3
    assert newer not in dashboard.text
    assert client.get(newer).url == f"/lernen/haus/{course.slug}/"


def test_what_is_new_can_be_answered_and_completes_nothing(client, course, newer, mine):
    client.post(newer)
    with look(system("test")):
        third = LessonPage.objects.get(slug="mehr")
        second = LessonPage.objects.get(
            slug="schritt-2", translation_key__isnull=False, path__startswith=course.path
        )
    client.post(f"/lernen/haus/{course.slug}/mehr/antwort/", right_answer(third))
    with look(system("test")):
        assert (Enrolment.objects.get(pk=mine.pk).done, mine.progress.count()) == (1, 2)
    client.post(f"/lernen/haus/{course.slug}/schritt-2/antwort/", right_answer(second))
    with look(system("test")):
        done = Enrolment.objects.get(pk=mine.pk)
        assert done.completed_at
        certificate = issue_certificate(done)
        assert certificate.achievement["edition"] == 1  # the one whose items counted
        assert certificate.achievement["contents"] == ["Schritt 1", "Schritt 2"]


def test_what_was_taken_out_counts_no_more_and_may_complete_the_course(client, course, mine):
    with look(system("test")):
        LessonPage.objects.get(slug="schritt-2", path__startswith=course.path).unpublish()
        moved = move_to_newest(Enrolment.objects.get(pk=mine.pk))
        assert (moved.done, moved.total, moved.pinned) == (1, 1, None)
        assert moved.completed_at


def test_who_has_done_nothing_yet_begins_the_new_edition_as_it_is(course, lesson, as_system):
    fresh = factories.make_enrolment(course)
    with_question(lesson)
    actions.publish_drafts(course, drafts(lesson), by=None)
    moved = move_to_newest(fresh)
    assert (moved.done, moved.total, moved.extra, moved.pinned) == (0, 3, {}, None)
    assert move_to_newest(moved) == moved


def test_the_offer_is_for_whoever_is_enrolled(client, course, newer):
    client.logout()
    assert client.get(newer).status_code == 302
    with look(system("test")):
        stranger = factories.make_user()
    client.force_login(stranger)
    assert client.get(newer).status_code == 404
    assert client.post(newer).status_code == 404
    assert not mail.outbox
