"""The steps of a course change their places, or their course. Both are printed with the next publish of what readers see."""

from django.db import transaction
from wagtail.actions.move_page import MovePageAction

from accounts.models import User
from courses.actions.publish import Locked
from courses.models import CoursePage, LessonPage
from providers.models import BasePage


class HasVariants(Exception):
    """The step is written in other languages as well: they would stay behind."""


@transaction.atomic
def move_step(
    course: CoursePage, step: int, *, at: int, places: int, by: User
) -> LessonPage | None:
    """`places` down or up, if it still stands at the place `at` (from 1); None: it does not, so nothing is done.

    So the same form does it once. Raises Locked, LessonPage.DoesNotExist.
    """
    steps = _steps(course, by)
    moved = next((one for one in steps if one.pk == step), None)
    if moved is None:
        raise LessonPage.DoesNotExist
    place = steps.index(moved)
    to = max(0, min(len(steps) - 1, place + places))
    if place + 1 != at or to == place:
        return None
    MovePageAction(moved, steps[to], pos="right" if to > place else "left", user=by).execute(
        skip_permission_checks=True  # who may write the course; readers get the order with the next publish
    )
    return moved


@transaction.atomic
def send_step(course: CoursePage, step: int, *, to: CoursePage, by: User) -> LessonPage | None:
    """To the end of another course of the same provider; None: it is not here any more. Raises Locked, HasVariants."""
    moved = next((one for one in _steps(course, by) if one.pk == step), None)
    if moved is None:
        return None
    variants = LessonPage.objects.filter(translation_key=moved.translation_key)
    if variants.exclude(pk=moved.pk).exists():
        raise HasVariants
    moved.move(to, pos="last-child", user=by)
    return moved


def _steps(course: CoursePage, by: User) -> list[LessonPage]:
    """In their order, which nobody else changes now."""
    stored = BasePage.objects.select_for_update(of=("self",)).get(pk=course.pk)
    lock = stored.get_lock()
    if lock and lock.for_user(by):
        raise Locked(stored)
    return [*course.lessons()]
