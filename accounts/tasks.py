from celery import shared_task
from django.utils import timezone

from accounts import actions
from accounts.models import Session
from tenancy.lens import look, system


@shared_task
def forget_old_sessions() -> int:
    with look(system("forget old sessions")):
        return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


@shared_task
def forget_old_security_events() -> int:
    with look(system("forget old security events")):
        return actions.forget_security_events() + actions.forget_blocked()
