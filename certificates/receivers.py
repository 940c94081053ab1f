from typing import Any

from django.dispatch import receiver

from certificates import tasks
from learning.signals import course_completed


@receiver(course_completed)
def on_course_completed(enrolment_id: int, **_: Any) -> None:
    tasks.issue.delay(enrolment_id)
