"""Who was at a meeting: ticked by a tutor, taken back by unticking, as long as no certificate hangs on it."""

import uuid
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from learning.actions.settle import settle
from learning.actions.told import tutor_act
from learning.models import Attendance, Enrolment, TutorAct
from learning.queries.register import sittings_of, title_of
from providers.actions import record_for
from tenancy.lens import look, system

Ticks = set[tuple[int, int]]  # (enrolment, number of the meeting)


class AttendanceResult(NamedTuple):
    added: int
    removed: int
    fixed: int  # not taken back, because the learner has completed the course


def keep_attendance(
    provider: int, course: uuid.UUID, *, ticked: Ticks, shown: Ticks, by: User
) -> AttendanceResult:
    """Write down what `by` has changed: `ticked` now, against what was `shown` ticked. Others' ticks stay.

    Whether `by` teaches at `provider` is asked at the door. Where that fulfils the rule of the course, the course is completed.
    """
    with look(system("keep attendance")), transaction.atomic():
        enrolments = _locked(provider, course, {enrolment for enrolment, _n in ticked ^ shown})
        added = _add(enrolments, ticked - shown, by=by)
        removed, fixed = _remove(enrolments, shown - ticked, by=by)
        if added or removed:
            name = title_of(next(iter(enrolments.values())).edition)
            record_for(provider, "attendance.kept", by=by, name=name, added=added, removed=removed)
        for enrolment in enrolments.values():
            if not enrolment.completed_at:
                settle(enrolment)
    return AttendanceResult(added, removed, fixed)


def _locked(provider: int, course: uuid.UUID, wanted: set[int]) -> dict[int, Enrolment]:
    """Only what belongs to the course: a number in a form proves nothing."""
    enrolments = Enrolment.objects.filter(provider=provider, course=course, closed_at=None)
    rows = enrolments.filter(pk__in=wanted).select_related("edition", "pinned").order_by("pk")
    return {enrolment.pk: enrolment for enrolment in rows.select_for_update(of=("self",))}


def _add(enrolments: dict[int, Enrolment], ticks: Ticks, *, by: User) -> int:
    sittings = sittings_of(e.pinned or e.edition for e in enrolments.values())
    enrolled = {
        *Attendance.objects.filter(enrolment__in=enrolments).values_list("enrolment", "sitting")
    }
    new = [
        Attendance(
            learner_id=enrolment.learner_id,
            provider_id=enrolment.provider_id,
            enrolment=enrolment,
            sitting=number,
            confirmed_by=by.pk,
            confirmed_by_name=str(by)[:200],
        )
        for pk, number in sorted(ticks - enrolled)
        if (enrolment := enrolments.get(pk))
        and number in sittings[enrolment.pinned_id or enrolment.edition_id]
    ]
    _tell_learners([(one.enrolment, one.sitting) for one in new], TutorAct.Kind.THERE, by=by)
    return len(Attendance.objects.bulk_create(new))


def _remove(enrolments: dict[int, Enrolment], ticks: Ticks, *, by: User) -> tuple[int, int]:
    removed, fixed = [], 0
    for pk, number in sorted(ticks):
        enrolment = enrolments.get(pk)
        if enrolment and enrolment.completed_at:
            fixed += 1
        elif enrolment and Attendance.objects.filter(enrolment=pk, sitting=number).delete()[0]:
            removed.append((enrolment, number))
    _tell_learners(removed, TutorAct.Kind.NOT_THERE, by=by)
    return len(removed), fixed


def _tell_learners(sittings: list[tuple[Enrolment, int]], kind: str, *, by: User) -> None:
    acts = [tutor_act(enrolment, kind, by=by, number=number) for enrolment, number in sittings]
    TutorAct.objects.bulk_create(acts)
