"""What a tutor may do in somebody's course: confirm a step, give new attempts. The learner reads both."""

import pytest

from courses.models import CoursePage
from learning import actions
from learning.actions import CannotHelp, answer_question
from learning.models import Attempt, Attendance, Enrolment, TutorAct
from learning.queries import my_lesson, outcome
from providers.models import Membership
from tenancy.lens import learner, look, system
from tests import factories
from tests.support.records import recorded


@pytest.fixture
def tutor(house):
    return factories.make_member(house, Membership.Role.TUTOR, name="Tom Tutor")


@pytest.fixture
def course(house):
    return factories.make_course(house)


@pytest.fixture
def anna(course):
    with look(system("test")):
        person = factories.make_user("Anna Arbeit")
    return factories.make_enrolment(course, person)


def again(enrolment):
    with look(system("test")):
        return Enrolment.objects.get(pk=enrolment.pk)


def answer(enrolment, course, number, *, right):
    with look(system("test")):
        lesson = list(course.lessons())[number - 1]
    data = factories.right_answer(lesson) if right else factories.wrong_answer(lesson)
    where = {"address": f"haus/{course.slug}", "lesson": lesson.slug, "language": "de"}
    with look(learner(enrolment.learner_id)):
        return answer_question(
            enrolment.learner, item=data["item"], given={"choice": [data["choice"]]}, **where
        )


def result_of(enrolment):
    with look(learner(enrolment.learner_id)):
        return outcome(again(enrolment)).result


def lesson_of(enrolment, course, number):
    with look(learner(enrolment.learner_id)):
        return my_lesson(
            enrolment.learner,
            address=f"haus/{course.slug}",
            lesson=f"schritt-{number}",
            language="de",
        )


def ask_for_a_result(course, pass_mark=100):
    with look(system("test")):
        page = CoursePage.objects.get(pk=course.pk)
        page.pass_mark = pass_mark
        page.save_revision().publish()


def acts_of(enrolment):
    with look(learner(enrolment.learner_id)):
        return [*TutorAct.objects.values_list("kind", "number", "about", "reason", "by_name")]


def why_not(action, *args, **kwargs):
    with pytest.raises(CannotHelp) as refused:
        action(*args, **kwargs)
    return refused.value.why


def test_a_confirmed_step_is_done_and_says_by_whom_and_why(anna, tutor):
    reason = "Hat es im Café am Tablet gezeigt."
    assert actions.confirm_step(anna.pk, 2, reason=reason, by=tutor) == 1
    assert again(anna).done == 1
    assert acts_of(anna) == [("confirmed", 2, "Schritt 2", reason, "Tom Tutor")]
    [line] = recorded("step.confirmed")
    assert (line.who, line.details) == ("Tom Tutor", {"step": 2})
    assert "Anna" not in str(line)
    assert reason not in str(line)


def test_the_last_confirmed_step_completes_the_course(anna, tutor):
    for number in (1, 2):
        actions.confirm_step(anna.pk, number, reason="Gesehen.", by=tutor)
    assert again(anna).completed_at
    assert why_not(actions.confirm_step, anna.pk, 1, reason="x", by=tutor) == "completed"


def test_a_confirmed_step_is_no_passed_test(course, tutor):
    ask_for_a_result(course)
    anna = factories.make_enrolment(course)
    for number in (1, 2):
        actions.confirm_step(anna.pk, number, reason="Gesehen.", by=tutor)
    assert again(anna).completed_at is None
    answer(anna, course, 1, right=True)
    assert again(anna).completed_at is None
    answer(anna, course, 2, right=True)
    assert again(anna).completed_at


@pytest.mark.parametrize(
    ("state", "wanted"),
    [("done", "nothing"), ("no such step", "nothing"), ("no reason", "reason"), ("left", "left")],
)
def test_what_cannot_be_confirmed_says_why(anna, course, tutor, state, wanted):
    if state == "done":
        answer(anna, course, 1, right=True)
    if state == "left":
        with look(learner(anna.learner_id)):
            actions.leave(again(anna))
    number = 9 if state == "no such step" else 1
    reason = " " if state == "no reason" else "Gesehen."
    assert why_not(actions.confirm_step, anna.pk, number, reason=reason, by=tutor) == wanted
    assert acts_of(anna) == []


def test_new_attempts_let_the_next_answer_count(course, tutor):
    ask_for_a_result(course)
    anna = factories.make_enrolment(course)
    for right in (False, True):
        answer(anna, course, 1, right=right)
    answer(anna, course, 2, right=True)
    assert result_of(anna) == 50
    assert actions.give_new_attempts(anna.pk, 1, by=tutor) == 1
    seen = lesson_of(anna, course, 1)
    assert (seen.attempts, seen.done) == ({}, 2)  # the question is blank, what was done stays done
    answered = answer(anna, course, 1, right=True)  # the very same answer as the last one
    assert answered.completed_at
    assert result_of(anna) == 100
    assert acts_of(anna) == [("reset", 1, "Schritt 1", "", "Tom Tutor")]
    with look(system("test")):
        assert Attempt.objects.filter(enrolment=anna).count() == 4


def test_what_was_right_at_first_stays_right(anna, course, tutor):
    answer(anna, course, 1, right=True)
    assert why_not(actions.give_new_attempts, anna.pk, 1, by=tutor) == "nothing"
    answer(anna, course, 2, right=False)
    assert actions.give_new_attempts(anna.pk, 2, by=tutor) == 1
    assert why_not(actions.give_new_attempts, anna.pk, 2, by=tutor) == "nothing"  # a second click
    assert len(recorded("attempts.given")) == 1


def test_meetings_that_were_ticked_are_told(house, course, tutor):
    with look(system("test")):
        page = CoursePage.objects.get(pk=course.pk)
        page.sittings, page.required_sittings = 2, 1
        page.save_revision().publish()
    anna = factories.make_enrolment(course)
    tick = {(anna.pk, 1)}
    keep = {"provider": house.pk, "course": course.translation_key, "by": tutor}
    actions.keep_attendance(**keep, ticked=tick, shown=set())
    actions.keep_attendance(**keep, ticked=set(), shown=tick)
    actions.keep_attendance(**keep, ticked=set(), shown=tick)
    assert [act[:2] for act in acts_of(anna)] == [("not_there", 1), ("there", 1)]
    with look(system("test")):
        assert Attendance.objects.count() == 0
