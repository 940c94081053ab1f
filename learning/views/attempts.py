"""What is said of attempts at an activity: before it is opened, and when none was left."""

import re

from django.template.loader import render_to_string

from learning.queries import LessonForLearner
from learning.queries.attempts import (
    Attempts,
    CourseAttempts,
    attempts_for_anybody,
    my_attempts,
)

ACTIVITY = re.compile(r'<section[^>]*data-activity="([0-9a-f-]{36})"')
#: What is printed right before the place in which an activity plays.
STAGE = '<div class="ls-activity__stage"'


def with_my_attempts(html: str, mine: LessonForLearner) -> str:
    """Asks only where the step has an activity."""
    return _filled(html, my_attempts(int(mine.order))) if ACTIVITY.search(html) else html


def with_open_attempts(html: str, address: str) -> str:
    return _filled(html, attempts_for_anybody(address)) if ACTIVITY.search(html) else html


def _filled(html: str, attempts: CourseAttempts | None) -> str:
    if not attempts:
        return html
    for item in ACTIVITY.findall(html):
        head, here, rest = html.partition(f'id="b-{item}"')
        html = head + here + rest.replace(STAGE, attempts_words(attempts.of(item)) + STAGE, 1)
    return html


def attempts_words(attempts: Attempts) -> str:
    return render_to_string("learning/attempts.html", {"attempts": attempts})


def attempts_now(enrolment: int, item: str) -> str:
    """After an attempt; empty where the course has no rule."""
    attempts = my_attempts(enrolment)
    return attempts_words(attempts.of(item)) if attempts else ""


def spent_words() -> str:
    return render_to_string("learning/spent.html")
