"""Groups: made and kept by tutors, joined by code, left at will. Whether `by` may is asked at the door."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.models import CatalogueEntry
from learning.actions.enrol import OtherSchool, enrol
from learning.actions.told import tell_learner
from learning.models import Enrolment, Group, GroupMember, GroupTutor, TutorAct
from providers.actions import record_for
from providers.models import Membership
from providers.permissions import Right, roles_with
from tenancy.lens import as_system
from words.join_codes import new_code, read


class CannotJoin(Exception):
    """`why`: "unknown", "renewed" (there is a new code), "closed", "over", "full", "gone" (the course, from the catalogue) or
    "school" (a pupil of another one).
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Joined(NamedTuple):
    group: Group
    enrolment: Enrolment
    new: bool  # False: they were in it already


@as_system("make a group")
@transaction.atomic
def make_group(  # noqa: PLR0913 -- what its form asks
    provider: int,
    course: uuid.UUID,
    *,
    name: str,
    by: User,
    open_until: date | None = None,
    size: int | None = None,
    tutors: Iterable[int] = (),
) -> Group:
    """A group of learners of `course`. Its tutors are those of `tutors` who teach at `provider`, or `by`."""
    group = Group.objects.create(
        provider_id=provider,
        course=course,
        name=name,
        code=_fresh_code(),
        open_until=open_until,
        size=size,
    )
    _set_tutors(group, tutors, by=by)
    record_for(provider, "group.made", by=by, thing=group)
    return group


@as_system("change a group")
@transaction.atomic
def change_group(
    group: Group,
    *,
    name: str,
    open_until: date | None,
    size: int | None,
    tutors: Iterable[int],
    by: User,
) -> None:
    """A later day lets people in again; fewer seats than members put nobody out."""
    mine = Group.objects.select_for_update().get(pk=group.pk)
    mine.name, mine.open_until, mine.size = name, open_until, size
    mine.save(update_fields=["name", "open_until", "size"])
    _set_tutors(mine, tutors, by=by)
    until = open_until.isoformat() if open_until else ""
    record_for(group.provider_id, "group.changed", by=by, thing=mine, until=until)


@as_system("renew the code of a group")
@transaction.atomic
def renew_code(group: Group, *, by: User) -> str:
    """The old code says from now on that there is a new one."""
    mine = Group.objects.select_for_update().get(pk=group.pk)
    mine.former_codes = [*mine.former_codes, mine.code]
    mine.code = _fresh_code()
    mine.save(update_fields=["code", "former_codes"])
    record_for(group.provider_id, "group.code_renewed", by=by, thing=mine)
    return mine.code


@as_system("close a group")
@transaction.atomic
def close_group(group: Group, *, by: User, closed: bool = True) -> None:
    """Nobody joins a closed group any more; its members stay. `closed=False` opens it again."""
    changing = Group.objects.filter(pk=group.pk, closed_at__isnull=closed)
    if changing.update(closed_at=timezone.now() if closed else None):
        action = "group.closed" if closed else "group.opened"
        record_for(group.provider_id, action, by=by, thing=group)


@as_system("join a group")
@transaction.atomic
def join_group(learner: User, code: str) -> Joined:
    """By the code, as it was typed. Enrols them in the course where they are not. Raises CannotJoin."""
    plain = read(code)
    group = Group.objects.select_for_update().filter(code=plain).first() if plain else None
    if not group:
        renewed = plain and Group.objects.filter(former_codes__contains=[plain]).exists()
        raise CannotJoin("renewed" if renewed else "unknown")
    return _take_in(group, learner)


@as_system("put somebody into a group")
@transaction.atomic
def put_in_group(group: Group, learner: User, *, by: User) -> Joined:
    """Like `join_group`, by a tutor; the last day to join does not hold them up. Raises CannotJoin."""
    mine = Group.objects.select_for_update().get(pk=group.pk)
    joined = _take_in(mine, learner, by_tutor=True)
    if joined.new:
        tell_learner(joined.enrolment, TutorAct.Kind.PUT_IN, by=by, about=mine.name)
        record_for(mine.provider_id, "group.put_in", by=by, thing=mine)
    return joined


@as_system("leave a group")
def leave_group(learner: User, group: int) -> bool:
    """False: they are not in it (any more). Their course goes on."""
    return bool(GroupMember.objects.filter(group=group, learner=learner).delete()[0])


@as_system("leave the groups of a course")
def leave_groups_of(learner: User, course: uuid.UUID) -> None:
    """With the course, anyone who leaves it leaves its groups: nobody should call them because they are away."""
    GroupMember.objects.filter(group__course=course, learner=learner).delete()


@as_system("take somebody out of a group")
@transaction.atomic
def take_out(group: Group, learner: int, *, by: User) -> bool:
    """By a tutor: somebody who has come in by mistake. Their course goes on. False: they are not in it (any more)."""
    gone, _rows = GroupMember.objects.filter(group=group, learner=learner).delete()
    if gone:
        if enrolment := enrolment_in(group, learner):
            tell_learner(enrolment, TutorAct.Kind.TAKEN_OUT, by=by, about=group.name)
        record_for(group.provider_id, "group.taken_out", by=by, thing=group)
    return bool(gone)


def enrolment_in(group: Group, learner: int) -> Enrolment | None:
    """Their open enrolment in the course of the group, or else their last one."""
    of_learner = Enrolment.objects.filter(learner=learner, provider=group.provider_id)
    found: Enrolment | None = (
        of_learner.filter(course=group.course).order_by("-closed_at", "-pk").first()
    )  # nulls come first
    return found


def _take_in(group: Group, learner: User, *, by_tutor: bool = False) -> Joined:
    """With the group's row locked, so that the last seat is taken once."""
    members = GroupMember.objects.filter(group=group)
    new = not members.filter(learner=learner).exists()
    if new:
        _has_room(group, members.count(), by_tutor=by_tutor)
    running = enrolment_in(group, learner.pk)
    enrolment = running if running and not running.closed_at else _enrol(group, learner)
    if new:
        GroupMember.objects.create(group=group, provider_id=group.provider_id, learner=learner)
    return Joined(group, enrolment, new)


def _has_room(group: Group, members: int, *, by_tutor: bool) -> None:
    """Raises CannotJoin."""
    if group.closed_at:
        raise CannotJoin("closed")
    if group.is_over and not by_tutor:
        raise CannotJoin("over")
    if group.size is not None and members >= group.size:
        raise CannotJoin("full")


def _enrol(group: Group, learner: User) -> Enrolment:
    entry = CatalogueEntry.objects.select_related("edition").filter(course=group.course).first()
    if not entry:
        raise CannotJoin("gone")
    try:
        return enrol(learner, entry)
    except OtherSchool as other:
        raise CannotJoin("school") from other


def _fresh_code() -> str:
    """Never one that another group has or had: an old sheet of paper must not lead into somebody else's group."""
    while True:
        code = new_code()
        known = Group.objects.filter(code=code) | Group.objects.filter(
            former_codes__contains=[code]
        )
        if not known.exists():
            return code


def _set_tutors(group: Group, tutors: Iterable[int], *, by: User) -> None:
    """Only of those who teach there; a group without any is looked after by the person who has just saved it."""
    teaching = {
        *Membership.objects.filter(
            provider=group.provider_id, role__in=roles_with(Right.LEARNERS)
        ).values_list("person", flat=True)
    }
    wanted = teaching & {*tutors} or teaching & {by.pk}
    group.tutors.exclude(person__in=wanted).delete()
    there = {*group.tutors.values_list("person", flat=True)}
    GroupTutor.objects.bulk_create(
        GroupTutor(group=group, provider_id=group.provider_id, person_id=person)
        for person in sorted(wanted - there)
    )
