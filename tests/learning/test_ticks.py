"""A tick of the learner's own: stored once, theirs alone, and no item of the step."""

import re

import pytest
from django.test import Client

from courses.models import LessonPage, PrintedLesson
from learning.actions import Unsaved, keep_answers
from learning.models import Attempt, Enrolment, Progress
from tenancy.lens import learner, look, system
from tests import factories
from tests.factories import block, single_choice

SAYS = "Ich habe das auf meinem Handy ausprobiert"
OPEN, TICKED = (False, True, False), (True, False, True)


class TickedStep:
    """An open step with a question and a tick, in a course somebody may be enrolled in."""

    def __init__(self, provider):
        self.tick = block("tried", {"statement": SAYS})
        self.course = factories.make_course(provider, lessons=1)
        with look(system("test")):
            lesson = LessonPage.objects.get(pk=self.course.lessons().get().pk)
            lesson.open = True
            lesson.body = [self.tick, single_choice()]
            lesson.save_revision().publish()
        self.page = f"/lernen/{provider.slug}/{self.course.slug}/{lesson.slug}/"

    def send(self, client, done="1", **headers):
        data = {"item": self.tick["id"], "done": done}
        return client.post(f"{self.page}antwort/", data, headers=headers)

    def shown(self, client):
        """Whether it is ticked, whether it can be, and whether it can be taken back."""
        html = client.get(self.page).content.decode()
        section = re.search(rf'<section[^>]*id="b-{self.tick["id"]}".*?</section>', html, re.DOTALL)
        return tuple(
            words in section[0] for words in ("data-made", ">Abhaken<", ">Haken wegnehmen<")
        )


@pytest.fixture
def step(house):
    return TickedStep(house)


def stored():
    with look(system("test")):
        return (
            Attempt.objects.count(),
            Progress.objects.count(),
            [*Enrolment.objects.values_list("done", "total", "completed_at")],
        )


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
def test_it_is_stored_once_and_nothing_is_done_by_it(client, step, headers):
    mine = factories.make_enrolment(step.course)
    client.force_login(mine.learner)
    assert step.shown(client) == OPEN
    for _tab in range(2):
        assert step.send(client, **headers).status_code in (200, 302)
    assert step.shown(client) == TICKED
    assert stored() == (1, 0, [(0, 1, None)])
    assert "Erledigt" not in client.get(step.page).text


def test_it_is_no_item_and_a_step_with_nothing_else_is_read(house, step):
    with look(system("test")):
        sheets = PrintedLesson.objects.filter(
            edition__course=step.course.translation_key, position=1
        )
        sheet = sheets.latest("pk")
        assert step.tick["id"] not in sheet.items
        lesson = LessonPage.objects.get(pk=step.course.lessons().get().pk)
        lesson.body = [step.tick]
        lesson.save_revision().publish()
        newest = sheets.latest("pk")
    assert newest.items == [str(lesson.translation_key)]


def test_a_visitor_reads_that_it_stays_in_their_browser(client, step):
    said = step.send(client)
    assert "Diese Antwort bleibt vorerst in diesem Browser." in said.text
    assert step.shown(client) == TICKED
    assert stored() == (0, 0, [])


def test_whoever_is_signed_in_and_not_enrolled_reads_the_way_there(client, step):
    client.force_login(factories.make_user())
    assert "Zum Kurs anmelden" in step.send(client).text
    assert stored() == (0, 0, [])


def test_nobody_elses_tick_is_seen(client, step):
    mine, other = factories.make_enrolment(step.course), factories.make_enrolment(step.course)
    client.force_login(mine.learner)
    step.send(client)
    client.force_login(other.learner)
    assert step.shown(client) == OPEN


def test_what_a_visitor_ticked_is_theirs_once_they_are_enrolled(client, step):
    person = factories.make_user()
    _empty, _learn, provider, course, slug, _end = step.page.split("/")
    kept = Unsaved(f"{provider}/{course}", slug, step.tick["id"], {"done": ["1"]}, True)
    with look(learner(person.pk, answers=True)):
        assert keep_answers(person, [kept], language="de") == 1
    client.force_login(person)
    assert step.shown(client) == TICKED
    assert stored() == (1, 0, [(0, 1, None)])


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
def test_it_is_taken_back_and_set_again(client, step, headers):
    mine = factories.make_enrolment(step.course)
    client.force_login(mine.learner)
    step.send(client, **headers)
    for _tab in range(2):
        back = step.send(client, done="0", **headers)
        assert back.status_code in (200, 302)
        assert ("Der Haken ist wieder weg." in back.text) is bool(headers)
    assert step.shown(client) == OPEN
    assert "Der Haken ist wieder weg." not in client.get(step.page).text
    step.send(client, **headers)
    assert step.shown(client) == TICKED
    assert stored() == (3, 0, [(0, 1, None)])


def test_a_visitor_takes_it_back_too(client, step):
    step.send(client)
    assert "Der Haken ist wieder weg." in step.send(client, done="0").text
    assert step.shown(client) == OPEN
    step.send(client)
    assert step.shown(client) == TICKED


def test_of_two_windows_the_later_one_says_how_it_is(client, step):
    mine = factories.make_enrolment(step.course)
    first, second = client, Client()
    for window in (first, second):
        window.force_login(mine.learner)
    step.send(first)
    step.send(second)  # had not seen it
    step.send(first, done="0")
    assert (step.shown(first), step.shown(second)) == (OPEN, OPEN)
