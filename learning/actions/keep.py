"""Answers that were given before somebody signed in or enrolled go into their account: graded anew, counted once."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from accounts.models import User
from courses.models import CatalogueEntry, CourseAddress
from courses.quizzes import Given
from learning.actions.activity import answer_item, record_result, report_in
from learning.actions.enrol import OtherSchool, enrol


class Unsaved(NamedTuple):
    """One answer, as their browser has kept it. `right` is what they were told, and counts for nothing."""

    address: str
    lesson: str
    item: str
    given: Given
    right: bool


def keep_answers(learner: User, answers: Iterable[Unsaved], *, language: str) -> int:
    """Enrol them where they are not and store what they have answered; how many are stored now.

    What is incomplete, gone or belongs to no question of the course is left out.
    """
    stored = 0
    enrolled: dict[str, bool] = {}
    for answer in answers:
        if answer.address not in enrolled:
            enrolled[answer.address] = _enrol(learner, answer.address)
        if not enrolled[answer.address]:
            continue
        stored += _store(learner, answer, language)
    return stored


def _store(learner: User, answer: Unsaved, language: str) -> bool:
    """What an activity has reported is kept as it would have been: with its statement."""
    where: dict[str, Any] = {
        "address": answer.address,
        "lesson": answer.lesson,
        "item": answer.item,
    }
    reported = report_in(answer.given)
    result = record_result(learner, **reported, language=language, **where) if reported else None
    if result:
        return bool(result.answered and result.answered.grade.complete)
    answered = answer_item(learner, given=answer.given, **where, language=language)
    return bool(answered and answered.grade.complete and not answered.spent)


def _enrol(learner: User, address: str) -> bool:
    ever = CourseAddress.objects.filter(path=address).values(
        "course"
    )  # they may have begun before it moved
    entry = CatalogueEntry.objects.select_related("edition").filter(course__in=ever).first()
    if not entry:
        return False
    try:
        enrol(learner, entry)
    except OtherSchool:
        return False
    return True
