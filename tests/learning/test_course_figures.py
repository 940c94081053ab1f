"""How many learn in a course, as its house reads it: people, not enrolments."""

import pytest
from django.utils import timezone

from courses.queries import board
from learning.models import Enrolment
from learning.templatetags.course_figures import learners_of_courses
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.support.pages import text


@pytest.fixture
def world(db):
    house = factories.make_provider("haus")
    return house, factories.make_course(house)


def completed(enrolment, *, take=1):
    """That enrolment, or another one of the same person, done and over."""
    with look(system("test")):
        if take > 1:
            enrolment.pk, enrolment.take = None, take
        enrolment.completed_at = enrolment.closed_at = timezone.now()
        enrolment.save()
        assert Enrolment.objects.filter(learner=enrolment.learner).count() == take


def test_who_has_renewed_an_attestation_has_completed_the_course_once(client, world):
    house, course = world
    lena = factories.make_enrolment(course)
    completed(lena)
    completed(lena, take=2)
    factories.make_enrolment(course, factories.make_user("Erna"))

    with look(system("test")):
        [row] = board([house.pk])
        [figures] = learners_of_courses([row]).values()
    assert (figures.learners, figures.completed, figures.share) == (2, 1, 50)
    client.force_login(factories.make_member(house, Membership.Role.OWNER))
    assert "50 %" in text(client.get("/redaktion/kurse/"))
