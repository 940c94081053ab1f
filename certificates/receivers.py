from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_closing
from certificates import actions, tasks
from learning.signals import course_completed
from providers.signals import provider_founded


@receiver(course_completed)
def on_course_completed(enrolment_id: int, **_: Any) -> None:
    tasks.issue.delay(enrolment_id)


@receiver(provider_founded)
def on_provider_founded(number: int, **_: Any) -> None:
    tasks.make_first_key.delay(number)


@receiver(account_closing)
def on_account_closing(user: User, **_: Any) -> None:
    actions.erase_holder(user)
    actions.forget_autographs(user)
