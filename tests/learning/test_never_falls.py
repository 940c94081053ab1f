"""The law of editions: whatever authors edit and publish, no learner's completed share falls, no certificate is lost.

Nor does a rule for the attestation get stricter for anyone who has begun. Random sequences of edits, publishes (as the press proposes, as a correction, as a new edition), answers and moves. The
model beside the database is small: what each learner has passed.
"""

import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from certificates.actions import issue_certificate
from certificates.models import Certificate
from courses.actions import one_printing
from courses.models import CoursePage, Edition, Issue, LessonPage, PrintedLesson
from learning.actions import answer_question, move_to_newest
from learning.models import Enrolment, Progress
from learning.queries import outcome
from tenancy.lens import look, system
from tests import factories
from tests.factories import block
from tests.support.laws import BUSY, examples

EDITS = ("add", "remove", "flip", "word", "new lesson", "swap", "withdraw")
RULES = ((100, 0), (50, 0), (100, 80), (60, 60), (100, 100))  # share, mark
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.sampled_from(EDITS), st.integers(0, 9)),
        st.tuples(st.just("ask"), st.just(""), st.integers(0, 9)),
        st.tuples(st.just("publish"), st.sampled_from(["", *Issue.values]), st.just(0)),
        st.tuples(st.just("answer"), st.sampled_from(["anna", "ben"]), st.integers(0, 9)),
        st.tuples(st.just("move"), st.sampled_from(["anna", "ben"]), st.just(0)),
    ),
    min_size=4,
    max_size=18,
)


def question(*, right=True):
    return block("true_false", {"statement": f"Stimmt {uuid.uuid4()}?", "right": right})


class City:
    """One course, two learners, and what must hold after every step."""

    def __init__(self, course, learners):
        self.course = course
        self.learners = learners
        self.share = dict.fromkeys(learners, (0, 1))
        self.certificates = set()
        self.stood = {}  # learner -> their rule, whether they had begun, when they completed

    def lessons(self):
        course = CoursePage.objects.get(pk=self.course.pk)
        return [lesson.get_latest_revision_as_object() for lesson in course.lessons()]

    def ask(self, _what, number):
        """The author writes another rule."""
        page = CoursePage.objects.get(pk=self.course.pk).get_latest_revision_as_object()
        page.required_share, page.pass_mark = RULES[number % len(RULES)]
        page.valid_months = number or None
        page.save_revision()

    def edit(self, what, number):
        lessons = self.lessons()
        lesson = lessons[number % len(lessons)]
        raw = [dict(b) for b in lesson.body.raw_data]
        asked = [b for b in raw if b["type"] == "true_false"]
        if what == "add":
            raw.append(question())
        elif what == "remove" and asked:
            raw.remove(asked[number % len(asked)])
        elif what == "flip" and asked:
            value = asked[number % len(asked)]["value"]
            value["right"] = not value["right"]
        elif what == "word":
            lesson.title = f"{lesson.title[:20]} {number}"
        elif what == "swap" and len(lessons) > 1:
            LessonPage.objects.get(pk=lessons[-1].pk).move(lessons[0], pos="left")
            return
        elif what == "withdraw" and sum(each.live for each in lessons) > 1:
            LessonPage.objects.get(pk=lesson.pk).unpublish()
            return
        elif what == "new lesson":
            new = LessonPage(title="Neu", slug=f"neu-{uuid.uuid4()}", live=False, body=[question()])
            self.course.refresh_from_db()
            CoursePage.objects.get(pk=self.course.pk).add_child(instance=new)
            new.save_revision()
            return
        lesson.body = lesson.body.stream_block.to_python(raw)
        lesson.save_revision()

    def publish(self, issue, _number):
        with one_printing(by=None, issue=issue):
            for lesson in self.lessons():
                lesson.get_latest_revision().publish()
            CoursePage.objects.get(pk=self.course.pk).get_latest_revision().publish()

    def answer(self, who, number):
        mine = Enrolment.objects.get(learner=self.learners[who])
        printed_lessons = PrintedLesson.objects.filter(
            edition=mine.edition, printing=mine.edition.printing, language="de", position__gt=0
        )
        items = [(s, item) for s in printed_lessons.order_by("position") for item in s.items]
        printed_lesson, item = items[number % len(items)]
        key = printed_lesson.answer_key.keys[item]
        given = {} if key["kind"] == "read" else {"choice": [str(key["right"]).lower()]}
        answered = answer_question(
            self.learners[who],
            address=mine.address,
            lesson=printed_lesson.slug,
            item=item,
            given=given,
            language="de",
        )
        assert answered.grade.right
        mine.refresh_from_db()
        if mine.completed_at:
            self.certificates.add(issue_certificate(mine).pk)

    def move(self, who, _number):
        move_to_newest(Enrolment.objects.get(learner=self.learners[who]))

    def look_around(self):
        for who, learner in self.learners.items():
            mine = Enrolment.objects.get(learner=learner)
            done, total = self.share[who]
            assert mine.done * total >= done * mine.total, f"{who} had {done}/{total}"
            self.share[who] = (mine.done, mine.total)
            passed = {str(p) for p in mine.progress.values_list("item", flat=True)}
            assert mine.done == len(passed - mine.extra.keys())
            readable = {item["id"] for item in mine.edition.items}
            left = readable - passed - mine.extra.keys()
            assert mine.done + len(left) == mine.total  # their goal can be reached
            self.look_at_the_rule(who, mine)
            places = {item["id"]: item["lesson"] for item in mine.edition.items}
            stands = Progress.objects.filter(enrolment=mine).values_list("item", "position")
            assert {str(i): p for i, p in stands} == {i: places.get(i, 0) for i in passed}
        assert {*Certificate.objects.values_list("pk", flat=True)} == self.certificates
        editions = Edition.objects.filter(course=self.course.translation_key)
        assert [e.number for e in editions.order_by("number")] == [*range(1, len(editions) + 1)]

    def look_at_the_rule(self, who, mine):
        """They complete by their rule, and never lose it; and their rule stays, or asks for less."""
        reached = outcome(mine)
        assert mine.needed == reached.rule.items_needed(mine.total)
        assert mine.judged is reached.rule.asks_more
        assert mine.completed_at or not reached.judged.complete
        rule, begun, completed_at = self.stood.get(who, (reached.rule, False, None))
        assert completed_at in (None, mine.completed_at)
        assert not (begun and reached.rule.is_stricter_than(rule))
        self.stood[who] = (reached.rule, mine.done > 0, mine.completed_at)


@pytest.fixture
def city(house):
    with look(system("test")):
        course = factories.make_course(house, lessons=1)
        for lesson in course.lessons():
            lesson.body = [question(), question()]
            lesson.save_revision().publish()
    learners = {}
    for name in ("anna", "ben"):
        learners[name] = factories.make_enrolment(course).learner
    return City(course, learners)


@examples(40, suppress_health_check=[*BUSY, HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_share_falls_and_no_certificate_is_lost(city, steps):
    share, certificates = dict(city.share), set(city.certificates)
    city.stood = {}
    with look(system("test")), transaction.atomic():
        for act, what, number in steps:
            getattr(city, act)(what, number)
            if what == "withdraw":
                city.publish("", 0)
            city.look_around()
        transaction.set_rollback(True)
    city.share, city.certificates = share, certificates
