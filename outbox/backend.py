"""Django's door for mail: a message is stored with what it tells, and leaves when that is stored."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from outbox import actions, tasks


class Outbox(BaseEmailBackend):
    """`EMAIL_BACKEND`. What really sends is `EMAIL_TRANSPORT`; nobody waits for it, and nobody hears when it is down."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        count = actions.write_down(email_messages)
        if count:
            transaction.on_commit(tasks.send.delay, robust=True)  # if it is lost, the clock sends
        return count
