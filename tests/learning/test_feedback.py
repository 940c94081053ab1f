"""Whether a course has helped: asked on the page of a finished course, read by its tutors, hung on nobody."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from learning.models import CourseFeedback, Enrolment
from learning.queries.feedback import SHOWN_FROM
from providers.models import Membership, Provider
from tenancy.lens import learner as learner_lens
from tenancy.lens import look, system
from tests import factories

pytestmark = pytest.mark.django_db
KIND = {"helped": "yes", "text": "Danke, Frau Test!"}


@pytest.fixture
def course():
    return factories.make_course(factories.make_provider("haus"))


def enrolled(client, course, *, finished=True):
    learner = factories.make_user()
    client.force_login(learner)
    client.post(reverse("learning:enrol", args=["haus", course.slug]))
    if finished:
        with look(system("test")):
            Enrolment.objects.filter(learner=learner).update(completed_at="2026-11-01T10:00:00Z")
    return learner


def door(course):
    return reverse("learning:finished", args=["haus", course.slug])


def results(client, course, role=Membership.Role.TUTOR):
    with look(system("test")):
        client.force_login(factories.make_member(Provider.objects.get(slug="haus"), role))
    return client.get(reverse("learning:results", args=["haus", course.slug]))


def stored():
    with look(system("test")):
        return list(CourseFeedback.objects.values("helped", "text", "course", "provider__slug"))


def test_it_is_stored_once_and_without_her(client, course):
    enrolled(client, course)
    assert "Hat Ihnen der Kurs geholfen?" in client.get(door(course)).content.decode()
    said = client.post(door(course), KIND, follow=True).content.decode()
    assert "Danke. Ihre Antwort ist angekommen." in said
    assert "Hat Ihnen der Kurs geholfen?" not in said
    again = client.post(door(course), {"helped": "no"}, follow=True).content.decode()
    assert "Sie haben uns schon geantwortet." in again
    [row] = stored()
    assert (row["helped"], row["text"], row["provider__slug"]) == ("yes", KIND["text"], "haus")
    columns = {field.name for field in CourseFeedback._meta.get_fields()}
    assert columns == {"id", "provider", "course", "helped", "text"}


def test_nothing_chosen_says_so_and_keeps_the_words(client, course):
    enrolled(client, course)
    page = client.post(door(course), {"text": "Ein Rat"}).content.decode()
    assert "Bitte wählen Sie eine Antwort aus." in page
    assert "Ein Rat</textarea>" in page
    assert stored() == []


def test_whoever_is_in_the_middle_of_it_is_led_back(client, course):
    enrolled(client, course, finished=False)
    assert client.post(door(course), KIND).url == reverse("learning:start", args=["haus", course.slug])  # fmt: skip
    assert stored() == []


def test_tutors_read_it_once_three_have_answered(client, course):
    for n in range(SHOWN_FROM):
        page = results(client, course).content.decode()
        assert "Antworten zeigen wir ab 3" in page
        assert KIND["text"].replace("!", "") not in page
        enrolled(client, course)
        client.post(door(course), KIND if n else {"helped": "some"})
    page = results(client, course).content.decode()
    assert "Ja: <strong>2</strong>" in page
    assert "Ein bisschen: <strong>1</strong>" in page
    assert page.count("Danke, Frau Test!") == 2


def test_the_wall(client, course):
    """Written only by anyone who has finished the course there, read only by its tutors and owners."""
    learner = enrolled(client, course)
    client.post(door(course), KIND)
    other = factories.make_user()
    with look(learner_lens(learner.pk)):
        assert not CourseFeedback.objects.exists()
    [row] = stored()
    with look(system("test")):
        house = Provider.objects.get(slug="haus").pk
    with pytest.raises(DatabaseError), transaction.atomic(), look(learner_lens(other.pk)):
        CourseFeedback.objects.create(provider_id=house, course=row["course"], helped="no")
