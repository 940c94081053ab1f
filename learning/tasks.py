from celery import shared_task

from learning.emails import tell_learners


@shared_task
def tell_of_closing() -> int:
    return tell_learners()
