"""Two people take the last seat of a group at the same moment, each with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from courses.models import CoursePage
from learning.actions import CannotJoin, join_group, make_group
from learning.models import GroupMember
from tenancy.lens import look, system
from tests import factories
from tests.isolation.canaries import TUTOR


def test_the_last_seat_is_taken_once(place):
    tutor = place.town.callers[TUTOR]
    with look(system("test")):
        course = CoursePage.objects.filter(provider=place.town.here, live=True).first()
        people = [factories.make_user(f"Person {number}") for number in range(4)]
    key = course.translation_key
    group = make_group(place.town.here.pk, key, name="Voll", size=1, by=tutor)
    barrier = Barrier(len(people))

    def join(person):
        barrier.wait(30)
        try:
            return join_group(person, group.code).new
        except CannotJoin as refused:
            return refused.why
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        said = [*pool.map(join, people)]
    with look(system("test")):
        members = GroupMember.objects.filter(group=group).count()
    place.ledger.undo()
    assert sorted(map(str, said)) == ["True", "full", "full", "full"]
    assert members == 1
