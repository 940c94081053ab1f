"""The board says where each course stands, asks the database once, and prints the same stand once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses import actions, queries
from courses.models import CourseIndexPage, CoursePage, Issue, Review
from courses.templatetags.board import _printed
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.factories import rewrite
from tests.support.pages import text

DESK = "/redaktion/kurse/"


@pytest.fixture
def house(db):
    _printed.cache_clear()
    return factories.make_provider("haus")


@pytest.fixture
def course(house):
    return factories.make_course(house)


def only(house):
    with look(system("test")):
        [row] = queries.board([house.pk])
        one = queries.course_at_desk(CoursePage.objects.get(pk=row.pk))
    assert (row.title, row.edition, row.state, row.planned, row.stopping) == (
        one.title,
        one.edition,
        one.state,
        one.planned,
        one.stopping,
    )
    return row


def reviewed(course, state):
    closed = None if state in Review.OPEN else timezone.now()
    with look(system("test")):
        Review.objects.create(
            provider=course.provider, course=course, title=course.title, state=state,
            asked_by_name="Lena", closed_at=closed,
        )  # fmt: skip


def written(course):
    with look(system("test")):
        rewrite(course.lessons().first(), title="Neu")


def planned(course):
    with look(system("test")):
        lesson = course.lessons().first()
        rewrite(lesson, title="Später", go_live_at=timezone.now() + timedelta(hours=1))
        drafts = {lesson.pk: type(lesson).objects.get(pk=lesson.pk).latest_revision_id}
        actions.publish_drafts(course, drafts, by=None, issue=Issue.NEW)


def archived(course):
    owner = factories.make_member(course.provider, Membership.Role.OWNER)
    with look(system("test")):
        actions.archive_course(course, by=owner)


STANDS = {
    "printed": [],
    "changed": [written],
    "asked": [written, lambda course: reviewed(course, "asked")],
    "office": [written, lambda course: reviewed(course, "office")],
    "returned": [written, lambda course: reviewed(course, "returned")],
    "planned": [planned],
    "archived": [archived],
}


@pytest.mark.parametrize("state", STANDS)
def test_the_board_and_the_page_of_a_course_say_the_same_stand(house, course, state):
    for act in STANDS[state]:
        act(course)
    assert only(house).state == state


def test_a_course_that_was_never_printed_is_a_draft(house):
    with look(system("test")):
        index = CourseIndexPage.objects.get(provider=house, locale__language_code="de")
        index.add_child(instance=CoursePage(title="Nur ein Entwurf", slug="entwurf", live=False))
    row = only(house)
    assert (row.state, row.edition, row.lessons) == ("draft", None, 0)


def test_an_answered_review_of_what_is_printed_since_says_nothing(house, course):
    reviewed(course, "returned")
    reviewed(course, "approved")
    assert only(house).state == "printed"


def test_the_same_stand_is_printed_once_and_a_new_one_at_once(client, house, course):
    for name in ("Lena", "Erna"):
        client.force_login(factories.make_member(house, Membership.Role.AUTHOR, name=name))
        assert course.title in text(client.get(DESK))
    assert (_printed.cache_info().misses, _printed.cache_info().hits) == (1, 1)
    written(course)
    assert "mit neuem Entwurf" in text(client.get(DESK))


def test_who_may_read_learners_sees_their_number_and_an_author_beside_them_none(
    client, house, course
):
    factories.make_enrolment(course, factories.make_user("Omar"))
    seen = {}
    for role in (Membership.Role.OWNER, Membership.Role.AUTHOR):
        client.force_login(factories.make_member(house, role))
        seen[role] = "0 %" in text(client.get(DESK))
    assert seen == {Membership.Role.OWNER: True, Membership.Role.AUTHOR: False}


def test_twice_as_many_courses_ask_the_database_as_often(
    client, house, course, django_assert_max_num_queries
):
    factories.make_course(house, title="Noch einer")
    client.force_login(factories.make_member(house, Membership.Role.OWNER))
    client.get(DESK)
    with django_assert_max_num_queries(9):
        client.get(DESK)
