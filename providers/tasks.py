from celery import shared_task

from providers import actions
from tenancy.lens import look, system


@shared_task
def forget_old_invitations() -> int:
    with look(system("forget old invitations")):
        return actions.forget_old_invitations()


@shared_task
def forget_old_applications() -> int:
    with look(system("forget old applications")):
        return actions.forget_old_applications()


@shared_task
def close_due_providers() -> int:
    return actions.close_due_providers()
