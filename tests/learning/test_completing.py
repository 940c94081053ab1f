"""Completing by a rule: when it is done, what is said when it is not enough, taking a course once more, and moving."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.actions import one_printing
from courses.models import CatalogueEntry, CoursePage
from learning.actions import NotAgain, enrol, leave, move_to_newest, retake
from learning.models import Enrolment
from learning.queries import outcome
from learning.signals import course_completed
from tenancy.lens import look, system
from tests import factories
from tests.factories import block


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=2)


def change(course, **fields):
    """The course's page is edited and published."""
    with look(system("test")):
        page = CoursePage.objects.get(pk=course.pk)
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision()
        with one_printing(by=None):
            page.get_latest_revision().publish()


@pytest.fixture
def told():
    """Enrolments whose completion was told."""
    heard = []

    def hear(enrolment_id, **_):
        heard.append(enrolment_id)

    course_completed.connect(hear)
    yield heard
    course_completed.disconnect(hear)


@pytest.fixture
def say(client, django_capture_on_commit_callbacks):
    """say(enrolment, lesson number, right=…): an answer in their browser; what comes back."""

    def answer(enrolment, number, *, right=True, **headers):
        with look(system("test")):
            course = CoursePage.objects.get(translation_key=enrolment.course)
            lesson = list(course.lessons())[number - 1]
        given = factories.right_answer(lesson) if right else factories.wrong_answer(lesson)
        client.force_login(enrolment.learner)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(
                f"/lernen/{enrolment.address}/schritt-{number}/antwort/", given, headers=headers
            )

    return answer


def now(enrolment):
    with look(system("test")):
        return Enrolment.objects.get(pk=enrolment.pk)


def test_with_half_of_the_items_she_completes_at_half_and_is_told_once(house, say, told):
    course = factories.make_course(house, lessons=4)
    change(course, required_share=50)
    mine = factories.make_enrolment(course)
    say(mine, 1)
    assert (now(mine).completed_at, told) == (None, [])
    say(mine, 2)
    first = now(mine).completed_at
    assert first is not None
    say(mine, 3)
    say(mine, 4)
    assert (now(mine).completed_at, now(mine).done, told) == (first, 4, [mine.pk])


def test_a_result_that_is_enough_completes(course, say, told):
    change(course, pass_mark=50)
    mine = factories.make_enrolment(course)
    say(mine, 1, right=False)
    say(mine, 1)
    say(mine, 2)
    assert told == [mine.pk]
    with look(system("test")):
        reached = outcome(now(mine))
    assert (reached.result, reached.done, reached.total, reached.units) == (50, 2, 2, 0)
    assert reached.judged == (True, True, [])


def test_a_result_that_is_not_enough_does_not_complete_and_offers_a_retake(
    course, say, told, client
):
    change(course, pass_mark=80)
    mine = factories.make_enrolment(course)
    say(mine, 1, right=False)
    say(mine, 1)
    part = say(mine, 2, **{"HX-Request": "true"}).content.decode()
    lesson = client.get(f"/lernen/haus/{course.slug}/schritt-1/").content.decode()
    board = client.get("/lernen/").content.decode()
    for page in (part, lesson, board):
        assert "Ihr Ergebnis: 50 %. Zum Bestehen brauchen Sie 80 %." in page
        assert f'action="/lernen/haus/{course.slug}/noch-einmal/"' in page
    assert (now(mine).done, now(mine).completed_at, told) == (2, None, [])
    again = say(mine, 1, right=False, **{"HX-Request": "true"}).content.decode()
    assert "Ihr Ergebnis: 50 %." in again


def test_before_the_items_are_done_nothing_is_said_about_a_result(course, say, client):
    change(course, pass_mark=80)
    mine = factories.make_enrolment(course)
    page = say(mine, 1, right=False, **{"HX-Request": "true"}).content.decode()
    assert "Ihr Ergebnis" not in page + client.get("/lernen/").content.decode()


@pytest.mark.parametrize("rule", [{}, {"required_share": 80}, {"pass_mark": 80}])
def test_an_answer_on_the_way_asks_two_statements_whatever_the_rule(house, say, rule):
    course = factories.make_course(house, lessons=3)
    change(course, **rule)
    mine = factories.make_enrolment(course)
    say(mine, 1)  # sign in
    with CaptureQueriesContext(connection) as asked:
        say(mine, 2)
    hers = [q["sql"] for q in asked.captured_queries if "learning_" in q["sql"]]
    assert len(hers) == 2


def test_reading_does_not_count_for_the_result(house, say):
    course = factories.make_course(house, lessons=2)
    with look(system("test")):
        lesson = list(course.lessons())[1]
        lesson.body = [block("text", "<p>Nur lesen.</p>")]
        lesson.save_revision().publish()
    change(course, pass_mark=100)
    mine = factories.make_enrolment(course)
    with look(system("test")):
        assert [item["kind"] for item in mine.edition.items] == ["single_choice", "read"]
        assert outcome(mine).result == 0
    say(mine, 1)
    with look(system("test")):
        assert outcome(now(mine)).result == 100


# --- retakes -------------------------------------------------------------------------------------------------------


@pytest.fixture
def failed(course, say):
    """Somebody whose result is 50 of 80 per cent."""

    def fail(mine):
        say(mine, 1, right=False)
        say(mine, 1)
        say(mine, 2)
        return now(mine)

    return fail


def knock(client, course):
    page = client.post(f"/lernen/haus/{course.slug}/noch-einmal/", follow=True)
    return page.content.decode()


def test_a_retake_begins_anew_and_keeps_what_was(course, failed, client):
    change(course, pass_mark=80, retakes=1)
    first = failed(factories.make_enrolment(course))
    assert "Sie fangen den Kurs noch einmal an." in knock(client, course)
    with look(system("test")):
        second = Enrolment.objects.get(learner=first.learner, closed_at=None)
    assert now(first).closed_at is not None
    assert (second.done, second.take, second.judged) == (0, 2, True)
    assert "erst, wenn Ihr Ergebnis nicht reicht" in knock(client, course)  # they are in the middle
    failed(second)
    board = client.get("/lernen/").content.decode()
    assert "noch-einmal" not in board
    assert "Sie haben diesen Kurs schon so oft wiederholt, wie es möglich ist." in board
    assert "so oft wiederholt, wie es möglich ist" in knock(client, course)
    with look(system("test")):
        assert Enrolment.objects.filter(learner=first.learner).count() == 2


def test_a_retake_that_is_passed_completes(course, failed, client, say, told):
    change(course, pass_mark=80)
    first = failed(factories.make_enrolment(course))
    knock(client, course)
    with look(system("test")):
        second = Enrolment.objects.get(learner=first.learner, closed_at=None)
    say(second, 1)
    say(second, 2)
    assert told == [second.pk]
    with look(system("test")):
        leave(now(second))
        entry = CatalogueEntry.objects.select_related("edition").get(course=course.translation_key)
        assert enrol(second.learner, entry).pk > second.pk  # not the one they have failed


def test_there_is_no_retake_of_a_course_that_left_the_catalogue(course, failed, client):
    change(course, pass_mark=80)
    failed(factories.make_enrolment(course))
    with look(system("test")):
        CoursePage.objects.get(pk=course.pk).unpublish()
    assert "gibt es nicht mehr im Katalog" in knock(client, course)


def finished(course, on):
    mine = factories.make_enrolment(course)
    with look(system("test")):
        Enrolment.objects.filter(pk=mine.pk).update(done=2, completed_at=on)
    return mine


def test_a_course_that_is_done_is_taken_anew_only_when_its_attestation_ends(course, client):
    change(course, valid_months=12)
    mine = finished(course, datetime.now(UTC))
    client.force_login(mine.learner)
    assert "noch-einmal" not in client.get("/lernen/").content.decode()
    assert "Ihr Nachweis gilt." in knock(client, course)
    long_ago = finished(course, datetime(2025, 11, 1, tzinfo=UTC))
    client.force_login(long_ago.learner)
    board = client.get("/lernen/").content.decode()
    assert "Ihr Nachweis galt bis 1. November 2026." in board
    assert "Sie fangen den Kurs noch einmal an." in knock(client, course)
    with look(system("test")):
        assert Enrolment.objects.get(learner=long_ago.learner, closed_at=None).take == 1


def test_nobody_retakes_what_is_closed(course):
    mine = factories.make_enrolment(course)
    with look(system("test")):
        leave(mine)
        with pytest.raises(NotAgain, match="running"):
            retake(mine)


# --- moving to a new edition ---------------------------------------------------------------------------------------


def test_who_has_begun_keeps_her_rule_in_a_stricter_edition(course, say, told):
    mine = factories.make_enrolment(course)
    say(mine, 1, right=False)
    say(mine, 1)
    change(course, pass_mark=100)
    moved = move_to_newest(now(mine))
    assert (moved.pinned_id, moved.judged) == (mine.edition_id, False)
    say(mine, 2)
    assert told == [mine.pk]


def test_who_has_done_nothing_begins_with_the_new_rule(course):
    mine = factories.make_enrolment(course)
    change(course, pass_mark=100)
    moved = move_to_newest(now(mine))
    assert (moved.pinned_id, moved.judged) == (None, True)


def test_an_easier_rule_completes_at_once(course, say, told, django_capture_on_commit_callbacks):
    change(course, pass_mark=80)
    mine = factories.make_enrolment(course)
    say(mine, 1, right=False)
    say(mine, 1)
    say(mine, 2)
    change(course, pass_mark=50)
    with django_capture_on_commit_callbacks(execute=True):
        moved = move_to_newest(now(mine))
    assert moved.completed_at is not None
    assert told == [mine.pk]


def test_what_came_later_counts_neither_for_her_share_nor_for_her_result(course, say):
    change(course, pass_mark=50)
    mine = factories.make_enrolment(course)
    say(mine, 1)
    with look(system("test")):
        lesson = list(course.lessons())[1]
        lesson.body = [*lesson.body.raw_data, factories.single_choice()]
        lesson.save_revision().publish()
    moved = move_to_newest(now(mine))
    with look(system("test")):
        reached = outcome(moved)
    assert (moved.total, moved.needed, reached.result) == (2, 2, 50)


def test_old_rows_without_a_count_need_everything(course, say, told):
    mine = factories.make_enrolment(course)
    with look(system("test")):
        Enrolment.objects.filter(pk=mine.pk).update(needed=None)
    say(mine, 1)
    assert told == []
    say(mine, 2)
    assert told == [mine.pk]
