"""The one walk that must never break: an answer becomes progress, a certificate, a number."""

import pytest
from django.utils import timezone

from certificates import tokens
from certificates.models import Certificate, Recipient
from certificates.tasks import issue_missing
from figures.actions import publish
from figures.frames import Frame, Period, month_of
from figures.models import CountedEvent, ProtectedFigure
from learning.models import Attempt, Enrolment, Progress
from tenancy.lens import look, office, system
from tests import factories


@pytest.fixture
def world(db):
    provider = factories.make_provider("haus")
    course = factories.make_course(provider, lessons=2)
    enrolment = factories.make_enrolment(course)
    return course, enrolment


def answer(client, course, number, data):
    url = f"/lernen/haus/{course.slug}/schritt-{number}/antwort/"
    return client.post(url, data)


def lessons(course):
    with look(system("test")):
        return list(course.lessons())


def test_right_answers_become_a_certificate_and_a_number(
    client, world, django_capture_on_commit_callbacks
):
    course, enrolment = world
    first, second = lessons(course)
    client.force_login(enrolment.learner)
    with django_capture_on_commit_callbacks(execute=True):
        response = answer(client, course, 1, factories.right_answer(first))
    assert response.status_code == 302
    with look(system("test")):
        assert Enrolment.objects.get(pk=enrolment.pk).done == 1
        assert Certificate.objects.count() == 0

    with django_capture_on_commit_callbacks(execute=True):
        answer(client, course, 2, factories.right_answer(second))

    with look(system("test")):
        done = Enrolment.objects.get(pk=enrolment.pk)
        assert (done.done, done.total) == (2, 2)
        assert done.completed_at is not None
        token = Recipient.objects.get(certificate__enrolment=enrolment).token
    client.logout()
    page = client.get(f"/z/{tokens.grouped(token)}")
    assert page.status_code == 200
    assert page.context["verdict"] == "valid"
    with look(system("test")):
        assert sorted(CountedEvent.objects.values_list("measure", flat=True)) == [1, 2, 3]
    now = Period(Frame.MONTH, month_of(timezone.now()))
    publish(now)
    with look(office):  # one person: hardly ever a number, and never a small one
        assert not ProtectedFigure.objects.filter(shown__lt=5).exists()
    assert client.get("/offene-daten/anbieter.json").status_code == 410


def test_a_wrong_answer_completes_nothing_and_is_remembered(client, world):
    course, enrolment = world
    first, _ = lessons(course)
    client.force_login(enrolment.learner)
    answer(client, course, 1, factories.wrong_answer(first))
    with look(system("test")):
        assert Progress.objects.count() == 0
        assert [a.right for a in Attempt.objects.all()] == [False]
    page = client.get(f"/lernen/haus/{course.slug}/schritt-1/")
    assert "Das errät jeder." in page.content.decode()
    assert "Ja, lang ist gut." not in page.content.decode()


def test_the_same_right_answer_counts_once(client, world):
    course, enrolment = world
    first, _ = lessons(course)
    client.force_login(enrolment.learner)
    for _ in range(3):
        answer(client, course, 1, factories.right_answer(first))
    with look(system("test")):
        assert Enrolment.objects.get(pk=enrolment.pk).done == 1
        assert Attempt.objects.count() == 1  # the same answer is the same attempt


def test_the_sweep_issues_what_the_signal_missed(client, world):
    course, enrolment = world
    client.force_login(enrolment.learner)
    for number, lesson in enumerate(lessons(course), 1):
        answer(client, course, number, factories.right_answer(lesson))  # on_commit never runs here
    with look(system("test")):
        assert Certificate.objects.count() == 0
    assert issue_missing() == 1
    assert issue_missing() == 0


def test_a_visitor_is_graded_and_nothing_is_stored(client, world):
    course, _ = world
    first, _second = lessons(course)
    response = answer(client, course, 1, factories.right_answer(first))
    assert response.status_code == 200
    assert "Ja, lang ist gut." in response.content.decode()
    assert [*client.cookies] == ["antworten"]  # their own browser keeps it, until it is closed
    assert client.cookies["antworten"]["max-age"] == client.cookies["antworten"]["expires"] == ""
    with look(system("test")):
        assert Attempt.objects.count() == 0


def test_a_visitor_cannot_have_a_closed_lesson_graded(client, world):
    course, _ = world
    _first, second = lessons(course)
    response = answer(client, course, 2, factories.right_answer(second))
    assert "Bitte anmelden" in response.content.decode()
    assert "Ja, lang ist gut." not in response.content.decode()


def test_she_resumes_where_she_was(client, world):
    course, enrolment = world
    client.force_login(enrolment.learner)
    client.get(f"/lernen/haus/{course.slug}/schritt-2/")
    response = client.get(f"/lernen/haus/{course.slug}/")
    assert response.headers["Location"] == f"/lernen/haus/{course.slug}/schritt-2/#weiter"
