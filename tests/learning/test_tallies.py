"""The figures of a course are kept by the writes, and are what counting the enrolments gives."""

import random
from uuid import uuid4

import pytest
from django.db.models import Count, Q, Sum
from django.utils import timezone

from learning import actions
from learning.models import CourseTally, Enrolment
from learning.templatetags.course_figures import learners_of_courses
from tenancy.lens import learner, look, staff, system
from tests import factories


@pytest.fixture
def world(db):
    house, other = factories.make_provider("haus"), factories.make_provider("nachbar")
    courses = [factories.make_course(house), factories.make_course(other)]
    people = [factories.make_user(name) for name in ("Lena", "Erna", "Omar")]
    return courses, people


def kept():
    with look(system("test")):
        sums = CourseTally.objects.values("provider", "course").annotate(
            n=Sum("learners"), done=Sum("completed")
        )
        return {(s["provider"], s["course"]): (s["n"], s["done"]) for s in sums if s["n"]}


def counted():
    with look(system("test")):
        found = Enrolment.objects.values("provider", "course").annotate(
            n=Count("learner", distinct=True),
            done=Count("learner", distinct=True, filter=Q(completed_at__isnull=False)),
        )
        return {(f["provider"], f["course"]): (f["n"], f["done"]) for f in found}


def enrol(courses, people, chance):
    course, person = chance.choice(courses), chance.choice(people)
    with look(system("test")):
        open_ones = Enrolment.objects.filter(
            learner=person, course=course.translation_key, closed_at=None
        )
        if not open_ones.exists():
            factories.make_enrolment(course, person)


def change(chance, **fields):
    with look(system("test")):
        if rows := [*Enrolment.objects.order_by("pk")]:
            one = chance.choice(rows)
            for name, value in fields.items():
                setattr(one, name, value)
            one.save()


def leave(chance):
    """Somebody's account goes, with everything of theirs in one statement."""
    with look(system("test")):
        if people := [*Enrolment.objects.order_by("pk").values_list("learner", flat=True)]:
            Enrolment.objects.filter(learner=chance.choice(people)).delete()


@pytest.mark.parametrize("seed", range(6))
def test_what_the_writes_keep_is_what_counting_gives(world, seed):
    courses, people = world
    chance = random.Random(seed)
    acts = [
        lambda: enrol(courses, people, chance),
        lambda: enrol(courses, people, chance),
        lambda: change(chance, completed_at=timezone.now()),
        lambda: change(chance, completed_at=None),
        lambda: change(chance, closed_at=timezone.now()),
        lambda: change(chance, learner=chance.choice(people), closed_at=timezone.now()),
        lambda: leave(chance),
    ]
    for _ in range(25):
        chance.choice(acts)()
        assert kept() == counted()
    actions.tally_anew()
    assert kept() == counted()
    with look(system("test")):
        assert CourseTally.objects.count() == len(counted())


def test_an_answer_adds_no_row(world):
    courses, people = world
    enrolment = factories.make_enrolment(courses[0], people[0])
    with look(system("test")):
        before = CourseTally.objects.count()
        Enrolment.objects.filter(pk=enrolment.pk).update(touched_at=timezone.now(), position=2)
        assert (before, CourseTally.objects.count()) == (1, 1)


@pytest.mark.parametrize("tutored", [True, False])
def test_only_who_may_read_the_enrolments_reads_their_number(world, tutored):
    courses, people = world
    for course in courses:
        factories.make_enrolment(course, people[0])
    house = courses[0].provider_id
    with look(staff([house], tutored=[house] if tutored else [])):
        seen = [*CourseTally.objects.values_list("provider", flat=True)]
        assert seen == [*Enrolment.objects.values_list("provider", flat=True)] == [house] * tutored
    with look(learner(people[0].pk)):
        assert not CourseTally.objects.exists()


def test_a_course_nobody_learns_in_has_no_figures(world):
    row = type("Row", (), {"key": uuid4(), "provider": world[0][0].provider_id})
    with look(system("test")):
        assert learners_of_courses([row]) == {}
