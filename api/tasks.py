from celery import shared_task

from api import actions
from tenancy.lens import look, system


@shared_task
def forget_old_tokens() -> int:
    with look(system("forget old tokens")):
        return actions.forget_tokens()
