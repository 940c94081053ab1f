"""What the press costs: publishing a course of 20 lessons for the first time, as a correction, as a new edition.

In this process, under the system lens, drafts saved beforehand: the CPU time of this process and of its backend counts,
from the click to the commit. Nobody waits for it but the publisher.
"""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

LESSONS = 20
MOST = 4000.0  # CPU-ms: a publisher should not wait longer than a few seconds

Used = Callable[[int], float]


class Cost(NamedTuple):
    """CPU-ms of one publish."""

    first: float
    correction: float
    edition: float
    printed_lessons: int


def cost(used: Used) -> Cost:
    """Django is set up (`tests.bench.tenancy` has done it) and the city is running."""
    from courses import actions
    from courses.models import CoursePage, Issue, PrintedLesson
    from tenancy.lens import look, system
    from tests import factories

    provider = factories.make_provider("presse")
    course = factories.make_course(provider, lessons=LESSONS, title="Zwanzig Schritte")
    with look(system("bench")):
        pages = [CoursePage.objects.get(pk=course.pk), *course.lessons()]
        _unprint(course)

    def publish(changed: list[Any], issue: str) -> float:
        with look(system("bench")):
            for page in changed:
                fresh = type(page).objects.get(pk=page.pk)
                fresh.title += "."
                fresh.save_revision()
            drafts = {p.pk: type(p).objects.get(pk=p.pk).latest_revision_id for p in changed}
        started = _spent(used)
        with look(system("bench")):
            actions.publish_drafts(course, drafts, by=None, issue=issue)
        return _spent(used) - started

    first = publish(pages, "")
    correction = publish(pages[1:2], Issue.CORRECTION)
    edition = publish(pages[2:3], Issue.NEW)
    with look(system("bench")):
        printed_lessons = PrintedLesson.objects.filter(
            edition__course=course.translation_key, printing=1
        ).count()
    return Cost(first, correction, edition, printed_lessons // 2)


def _unprint(course: Any) -> None:
    """As if nothing of it had been printed yet."""
    from courses.models import CatalogueEntry, Edition

    CatalogueEntry.objects.filter(course=course.translation_key).delete()
    Edition.objects.filter(course=course.translation_key).delete()


def _spent(used: Used) -> float:
    from django.db import connection

    connection.ensure_connection()
    return time.process_time() * 1000 + used(connection.connection.info.backend_pid)


def tell(found: Cost) -> int:
    """One line; 1 when a publisher would wait too long."""
    late = max(found[:3]) > MOST
    print(
        f"press: {LESSONS} lessons, {found.printed_lessons} sheets: first edition {found.first:.0f} CPU-ms,"
        f" correction of one lesson {found.correction:.0f}, new edition {found.edition:.0f}"
        f" (<= {MOST:g}){'  over budget' if late else ''}"
    )
    return int(late)
