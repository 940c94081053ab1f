"""Groups: who may join, who sees whom, and what is written down. The walls hold against plain queries."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from accounts.actions import close_account
from accounts.exports import everything
from courses.models import CatalogueEntry
from learning import actions
from learning.actions import CannotJoin
from learning.models import Enrolment, Group, GroupMember, GroupTutor, TutorAct
from providers.actions import hand_over, leave
from providers.models import Membership
from providers.queries import seats, tutor_lens
from tenancy.lens import learner, look, public, staff, system
from tests import factories
from tests.support.records import recorded
from words.join_codes import written

Role = Membership.Role


@pytest.fixture
def tutor(house):
    return factories.make_member(house, Role.TUTOR, name="Tom Tutor")


@pytest.fixture
def course(house):
    return factories.make_course(house)


@pytest.fixture
def group(course, house, tutor):
    return made(house, course, by=tutor)


@pytest.fixture
def anna(db):
    with look(system("test")):
        return factories.make_user("Anna Arbeit")


def made(house, course, *, by, **fields):
    name = fields.pop("name", "Donnerstag, 14 Uhr")
    return actions.make_group(house.pk, course.translation_key, name=name, by=by, **fields)


def members(group):
    with look(system("test")):
        return [*GroupMember.objects.filter(group=group).values_list("learner__name", flat=True)]


def why_not(person, code):
    with pytest.raises(CannotJoin) as refused:
        actions.join_group(person, code)
    return refused.value.why


def change(group, **fields):
    with look(system("test")):
        Group.objects.filter(pk=group.pk).update(**fields)


def seen_by(person):
    """Groups, members and tutors as the tutor's door at "haus" shows them."""
    with look(learner(person.pk)):
        lens = tutor_lens(person, seats(person), "haus")
    with look(lens or public):
        return (Group.objects.count(), GroupMember.objects.count(), GroupTutor.objects.count())


# --- joining: each state a sentence ---

TODAY = timezone.localdate
STATES = {
    "no such code": ({}, "APFEL 000 000", "unknown"),
    "no code at all": ({}, "hallo", "unknown"),
    "closed": ({"closed_at": timezone.now()}, "", "closed"),
    "the day is past": ({"open_until": TODAY() - timedelta(days=1)}, "", "over"),
    "the last day": ({"open_until": TODAY()}, "", None),
    "full": ({"size": 1}, "", "full"),
    "one seat left": ({"size": 2}, "", None),
}


@pytest.mark.parametrize("state", STATES)
def test_joining_by_code(group, anna, state):
    fields, code, wanted = STATES[state]
    with look(system("test")):
        first = factories.make_user("Erste")
    actions.join_group(first, group.code)
    change(group, **fields)
    if wanted:
        assert why_not(anna, code or group.code) == wanted
        assert members(group) == ["Erste"]
        return
    joined = actions.join_group(anna, code or written(group.code).lower())
    assert (joined.new, members(group)) == (True, ["Erste", "Anna Arbeit"])


def test_joining_enrols_and_twice_is_once(group, anna, course):
    first, again = (actions.join_group(anna, group.code) for _ in range(2))
    assert (first.new, again.new) == (True, False)
    assert first.enrolment == again.enrolment
    assert first.enrolment.course == course.translation_key
    assert members(group) == ["Anna Arbeit"]


def test_who_learns_already_goes_on_where_she_is(group, anna, course):
    before = factories.make_enrolment(course, anna)
    assert actions.join_group(anna, group.code).enrolment == before


def test_who_is_in_a_group_stays_in_it_whatever_becomes_of_the_door(group, anna):
    actions.join_group(anna, group.code)
    change(group, closed_at=timezone.now(), size=1, open_until=TODAY() - timedelta(days=9))
    assert actions.join_group(anna, group.code).new is False


def test_who_has_finished_the_course_joins_with_what_she_has_done(group, anna, course):
    done = factories.make_enrolment(course, anna)
    with look(system("test")):
        Enrolment.objects.filter(pk=done.pk).update(completed_at=timezone.now())
    assert actions.join_group(anna, group.code).enrolment.completed_at


def test_who_left_the_group_comes_back_and_who_left_the_course_learns_it_again(group, anna):
    actions.join_group(anna, group.code)
    assert actions.leave_group(anna, group.pk) is True
    assert actions.leave_group(anna, group.pk) is False
    assert members(group) == []
    joined = actions.join_group(anna, group.code)
    with look(learner(anna.pk)):
        actions.leave(Enrolment.objects.get(pk=joined.enrolment.pk))
    back = actions.join_group(anna, group.code)
    assert (joined.new, back.new, back.enrolment.closed_at) == (True, False, None)


def test_a_course_out_of_the_catalogue_takes_in_only_who_learns_it(group, anna, course):
    with look(system("test")):
        ben = factories.make_user("Ben")
    factories.make_enrolment(course, anna)
    with look(system("test")):
        CatalogueEntry.objects.filter(course=course.translation_key).delete()
    assert actions.join_group(anna, group.code).new
    assert why_not(ben, group.code) == "gone"
    assert members(group) == ["Anna Arbeit"]


def test_an_old_code_says_so_and_is_never_given_again(group, anna, tutor, monkeypatch):
    old = group.code
    new = actions.renew_code(group, by=tutor)
    assert why_not(anna, old) == "renewed"
    assert actions.join_group(anna, new).new
    drawn = iter([old, new, "IGEL000001"])
    monkeypatch.setattr("learning.actions.groups.new_code", lambda: next(drawn))
    assert actions.renew_code(group, by=tutor) == "IGEL000001"


def test_a_tutor_puts_somebody_in_who_then_reads_it(group, anna, tutor):
    change(group, open_until=TODAY() - timedelta(days=1))
    assert actions.put_in_group(group, anna, by=tutor).new
    assert not actions.put_in_group(group, anna, by=tutor).new
    assert actions.take_out(group, anna.pk, by=tutor)
    assert not actions.take_out(group, anna.pk, by=tutor)
    with look(learner(anna.pk)):
        acts = [*TutorAct.objects.values_list("kind", "about", "by_name")]
    assert acts == [
        ("taken_out", "Donnerstag, 14 Uhr", "Tom Tutor"),
        ("put_in", "Donnerstag, 14 Uhr", "Tom Tutor"),
    ]
    lines = recorded("group.made", "group.put_in", "group.taken_out")
    assert [(line.who, line.action, line.on) for line in lines] == [
        ("Tom Tutor", action, "Donnerstag, 14 Uhr")
        for action in ("group.made", "group.put_in", "group.taken_out")
    ]
    assert "Anna" not in str(lines)


def test_a_full_group_is_full_for_its_tutor_too(group, anna, tutor):
    change(group, size=1)
    with look(system("test")):
        ben = factories.make_user("Ben")
    actions.put_in_group(group, anna, by=tutor)
    with pytest.raises(CannotJoin):
        actions.put_in_group(group, ben, by=tutor)


def test_closing_and_opening_is_recorded_once_each(group, tutor):
    for closed in (True, True, False, False):
        actions.close_group(group, by=tutor, closed=closed)
    lines = recorded("group.closed", "group.opened")
    assert [line.action for line in lines] == ["group.closed", "group.opened"]


# --- who looks after it ---


def test_tutors_are_people_who_teach_there(house, course, tutor, author, owner):
    nextdoor = factories.make_member(factories.make_provider("nachbar"), Role.TUTOR)
    chosen = [owner.pk, author.pk, nextdoor.pk, 10**12]
    group = made(house, course, by=tutor, tutors=chosen)
    with look(system("test")):
        assert [*group.tutors.values_list("person", flat=True)] == [owner.pk]
    actions.change_group(group, name="Freitag", open_until=None, size=3, tutors=[], by=tutor)
    with look(system("test")):
        group.refresh_from_db()
        assert [*group.tutors.values_list("person", flat=True)] == [tutor.pk]
    assert (group.name, group.size) == ("Freitag", 3)


def test_who_sees_a_group_and_its_members(group, house, anna, tutor, owner):
    actions.join_group(anna, group.code)
    roles = (Role.TUTOR, Role.AUTHOR, Role.REVIEWER)
    colleagues = [factories.make_member(house, role) for role in roles]
    nextdoor = factories.make_provider("nachbar")
    others = [factories.make_member(nextdoor, role) for role in (Role.TUTOR, Role.OWNER)]
    assert {who: seen_by(who) for who in (tutor, owner)} == dict.fromkeys((tutor, owner), (1, 1, 1))
    nobody = (*colleagues, *others, anna)
    assert {who: seen_by(who) for who in nobody} == dict.fromkeys(nobody, (0, 0, 0))


def test_a_learner_sees_her_groups_and_of_the_members_only_herself(
    group, anna, house, course, tutor
):
    made(house, course, by=tutor, name="Eine andere")
    with look(system("test")):
        ben = factories.make_user("Ben")
    for person in (anna, ben):
        actions.join_group(person, group.code)
    with look(learner(anna.pk)):
        assert [*Group.objects.values_list("name", flat=True)] == ["Donnerstag, 14 Uhr"]
        assert [*GroupMember.objects.values_list("learner", flat=True)] == [anna.pk]
    actions.leave_group(anna, group.pk)
    with look(learner(anna.pk)):
        assert (Group.objects.count(), GroupTutor.objects.count()) == (0, 0)
    with look(staff([house.pk], tutored=[house.pk])):  # nobody in particular
        assert Group.objects.count() == 0


@pytest.mark.parametrize("table", ["group", "grouptutor", "groupmember", "tutoract"])
def test_only_the_platform_writes(group, anna, tutor, house, table):
    actions.put_in_group(group, anna, by=tutor)
    lenses = (learner(anna.pk), staff([], tutored=[house.pk], owned=[house.pk], actor=tutor.pk))
    for lens in lenses:
        with look(lens), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM learning_{table}")  # noqa: S608 -- of the list above
            assert cursor.rowcount == 0
    values = {"group": group, "provider": house, "learner_id": anna.pk}
    with pytest.raises(ProgrammingError), look(learner(anna.pk)), transaction.atomic():
        GroupMember.objects.bulk_create([GroupMember(**values)])


def test_a_member_belongs_to_the_provider_of_her_group(group, anna):
    other = factories.make_provider("nachbar")
    with pytest.raises(IntegrityError), look(system("test")), transaction.atomic():
        GroupMember.objects.create(group=group, provider=other, learner=anna)
        connection.check_constraints()


# --- somebody leaves ---


def test_work_that_is_handed_over_takes_the_groups_along(group, house, course, tutor, owner):
    successor = factories.make_member(house, Role.TUTOR, name="Nora Neu")
    shared = made(house, course, by=tutor, name="Beide", tutors=[tutor.pk, successor.pk])
    hand_over(tutor, house, successor, by=owner)
    with look(system("test")):
        tutors = {g.name: [t.person_id for t in g.tutors.all()] for g in (group, shared)}
    assert tutors == {"Donnerstag, 14 Uhr": [successor.pk], "Beide": [successor.pk]}


def test_who_teaches_no_more_sees_no_group(group, house, tutor):
    assert seen_by(tutor)[0] == 1
    with look(system("test")):
        leave(tutor, house, Role.TUTOR)
    assert seen_by(tutor) == (0, 0, 0)


def test_a_closed_account_leaves_its_groups(group, anna, tutor):
    actions.put_in_group(group, anna, by=tutor)
    close_account(anna)
    assert members(group) == []
    with look(system("test")):
        assert TutorAct.objects.count() == 0


def test_a_tutor_who_closes_her_account_leaves_the_group_to_the_heads(group, tutor, owner):
    close_account(tutor)
    assert seen_by(owner) == (1, 0, 0)


def test_what_she_takes_along_names_her_groups(group, anna, tutor):
    actions.put_in_group(group, anna, by=tutor)
    with look(learner(anna.pk)):
        taken = everything(anna)
    assert [one["group__name"] for one in taken["gruppen"]] == ["Donnerstag, 14 Uhr"]
    [act] = taken["lernen"][0]["tutor_acts"]
    assert (act["kind"], act["by_name"]) == ("put_in", "Tom Tutor")
