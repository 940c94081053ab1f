"""Background work of the outbox."""

import logging

from celery import shared_task
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from outbox import actions
from tenancy.lens import look, system

log = logging.getLogger(__name__)


@shared_task
def send() -> int:
    """Everything that is due, each in a transaction of its own; how many left. Runs after each mail and by the clock."""
    left = 0
    transport = get_connection(settings.EMAIL_TRANSPORT)
    try:
        while tried := _send_next(transport):
            left += not tried.fault
            if tried.fault:
                log.warning("mail %s was refused: %s, %s tries", *tried)
    except actions.Unreachable as wrong:
        log.warning("the mail server does not take mail: %s", wrong)
    return left


@shared_task
def forget() -> int:
    """What was given up is deleted after a while, and what nobody waits for any more is given up."""
    with look(system("forget mail that was given up")):
        actions.give_up_old()
        return actions.forget()


def _send_next(transport: BaseEmailBackend) -> actions.SendAttempt | None:
    with look(system("send mail")):
        return actions.send_next(transport)
