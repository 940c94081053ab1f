"""A tutor's first page: the courses of one provider, how many learn, and who may be stuck."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import CatalogueEntry
from learning.models import Enrolment
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.support.pages import one_line
from tests.support.records import signed_in

PAGE = "/anbieter/haus/begleiten/"


@pytest.fixture
def tutor(house):
    return signed_in(factories.make_member(house, Membership.Role.TUTOR, name="Theo Tutor"))


@pytest.fixture
def course(house):
    return factories.make_course(house)


def enrol(course, *, days=0, done=False, name="Lea"):
    mine = factories.make_enrolment(course)
    now = timezone.now()
    with look(system("test")):
        Enrolment.objects.filter(pk=mine.pk).update(
            touched_at=now - timedelta(days=days), completed_at=now if done else None
        )
        type(mine.learner).objects.filter(pk=mine.learner_id).update(name=name)
    return mine


def test_a_house_without_courses_says_what_will_stand_here(tutor):
    page = one_line(tutor.get(PAGE))
    assert "0 Personen lernen gerade bei Ihnen" in page
    assert "Ihr Haus hat noch keinen Kurs im Katalog." in page


def test_everybody_is_counted_where_they_stand(tutor, course):
    enrol(course)
    enrol(course, days=20, name="Herbert M.")
    enrol(course, days=40, done=True)
    page = tutor.get(PAGE)
    [row] = page.context["courses"]
    assert (row["learning"], row["stuck"], row["finished"]) == (2, 1, 1)
    text = one_line(page)
    assert "1 Person kommt vielleicht nicht weiter" in text
    assert "Herbert M." in text
    assert "Seit 20 Tagen nicht da." in text


def test_who_has_left_is_not_counted(tutor, course):
    mine = enrol(course, days=20)
    with look(system("test")):
        Enrolment.objects.filter(pk=mine.pk).update(closed_at=timezone.now())
    [row] = tutor.get(PAGE).context["courses"]
    assert (row["learning"], row["stuck"]) == (0, 0)


def test_a_course_out_of_the_catalogue_stays_while_somebody_learns_it(tutor, course):
    enrol(course)
    with look(system("test")):
        CatalogueEntry.objects.filter(course=course.translation_key).delete()
    assert [row["learning"] for row in tutor.get(PAGE).context["courses"]] == [1]


def test_learners_of_another_provider_stay_there(tutor, course):
    other = factories.make_provider("nachbar")
    enrol(factories.make_course(other), days=20, name="Nora")
    assert "Nora" not in one_line(tutor.get(PAGE))
    assert tutor.get("/anbieter/nachbar/begleiten/").status_code == 404


def test_the_page_costs_the_same_for_thirty_learners(tutor, course, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as few:
        tutor.get(PAGE)
    asked = [query["sql"] for query in few if "FROM" in query["sql"]]
    assert len([sql for sql in asked if "accounts_session" not in sql]) <= 4, asked
    for number in range(30):
        enrol(course, days=20, name=f"Person {number}")
    with django_assert_max_num_queries(len(few) + 1):
        page = tutor.get(PAGE)
    assert "Und 20 weitere Personen" in one_line(page)
