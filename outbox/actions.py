"""Writing mail down, letting it leave, and what happens when it does not."""

import base64
import smtplib
from collections.abc import Iterable
from datetime import timedelta
from email.utils import formatdate, make_msgid, parseaddr
from typing import Any, NamedTuple
from uuid import UUID

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi

from outbox.letters import paragraphs
from outbox.models import OutgoingMail
from outbox.queries import due

#: Minutes until the next try when the mail server refuses one mail; the last one again and again.
PAUSES = (1, 2, 5, 15, 30, 60, 120, 240)
GOOD_FOR = timedelta(days=3)  # later nobody waits for it any more, and its code or link is over
KEPT = timedelta(days=30)  # what could not be delivered, for the operator
#: One machine told another; neither answers by itself (RFC 3834, section 5).
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


class SendAttempt(NamedTuple):
    """What became of one mail."""

    number: UUID
    fault: str  # empty when the mail server took it
    tries: int  # that were in vain


class Unreachable(OSError):
    """The mail server is not there or does not let us in: no mail can leave now, and none is to blame."""


def write_down(messages: Iterable[EmailMessage]) -> int:
    """Store the messages in the transaction that is open, with HTML beside the text; how many have somebody to go to."""
    mails = [_mail(message) for message in messages if message.recipients()]
    OutgoingMail.objects.bulk_create(mails)
    return len(mails)


def send_next(transport: BaseEmailBackend) -> SendAttempt | None:
    """Let the mail leave that is due first; None when none is. Under the system lens, in its transaction.

    Raises Unreachable, and then all of them wait as they are.
    Its row is locked and skipped by others, so no two workers send it. A worker that is killed after the mail server
    took it sends it again, with the same Message-ID, by which mailboxes know it.
    """
    mail = due().select_for_update(skip_locked=True).first()
    if mail is None:
        return None
    try:
        transport.send_messages([_message(mail)])
    except Exception as wrong:
        if _nobody_there(wrong):
            raise Unreachable(_fault(wrong)) from wrong
        _put_off(mail, wrong)
        return SendAttempt(mail.pk, mail.fault, mail.tries)
    number = mail.pk
    mail.delete()
    return SendAttempt(number, "", mail.tries)


@transaction.atomic
def give_up_old() -> int:
    """Mail that has waited too long; how many. Under the system lens."""
    now = timezone.now()
    old = OutgoingMail.objects.filter(given_up_at__isnull=True, written_at__lte=now - GOOD_FOR)
    return old.update(given_up_at=now)


@transaction.atomic
def try_again() -> int:
    """What was given up and what waits is due now, as if it had just been written; how many. Under the system lens."""
    now = timezone.now()
    return OutgoingMail.objects.update(due_at=now, written_at=now, tries=0, given_up_at=None)


@transaction.atomic
def forget(older: timedelta = KEPT) -> int:
    """Delete what was given up longer ago than `older`; how many. Under the system lens."""
    gone = OutgoingMail.objects.filter(given_up_at__lte=timezone.now() - older)
    return gone.delete()[0]


def _put_off(mail: OutgoingMail, wrong: Exception) -> None:
    mail.tries += 1
    mail.fault = _fault(wrong)
    if _is_final(wrong):
        mail.given_up_at = timezone.now()
    minutes = PAUSES[min(mail.tries, len(PAUSES)) - 1]
    mail.due_at = timezone.now() + timedelta(minutes=minutes)
    mail.save(update_fields=["tries", "fault", "due_at", "given_up_at"])


def _is_final(wrong: Exception) -> bool:
    """The mail server has said that it will never take this mail (RFC 5321, section 4.2.1: codes from 500)."""
    if isinstance(wrong, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in wrong.recipients.values())
    return isinstance(wrong, smtplib.SMTPDataError | smtplib.SMTPSenderRefused) and (
        wrong.smtp_code >= 500
    )


def _nobody_there(wrong: Exception) -> bool:
    """The line broke or was never there, or the mail server does not know us."""
    refused = smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException
    return isinstance(wrong, smtplib.SMTPAuthenticationError) or (
        isinstance(wrong, OSError) and not isinstance(wrong, refused)
    )


def _fault(wrong: Exception) -> str:
    """What goes into a log: the kind and the code. What a mail server says has the address in it."""
    if isinstance(wrong, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _words in wrong.recipients.values()})
        return f"{type(wrong).__name__} {codes}"
    if isinstance(wrong, smtplib.SMTPResponseException):
        return f"{type(wrong).__name__} {wrong.smtp_code}"
    return f"{type(wrong).__name__}: {getattr(wrong, 'strerror', None) or ''}".rstrip(": ")


def _mail(message: EmailMessage) -> OutgoingMail:
    domain = parseaddr(message.from_email)[1].rpartition("@")[2]
    stamps = {"Message-ID": make_msgid(domain=domain), "Date": formatdate(usegmt=True)}
    return OutgoingMail(
        sender=message.from_email,
        to=message.recipients(),
        subject=message.subject,
        text=message.body,
        html=_html_of(message),
        headers=stamps | AUTOMATIC | message.extra_headers,
        attachments=[_attachment(each) for each in message.attachments],
    )


def _html_of(message: EmailMessage) -> str:
    for content, media_type in getattr(message, "alternatives", []):
        if media_type == "text/html":
            return str(content)
    context: dict[str, Any] = {
        "subject": message.subject,
        "paragraphs": paragraphs(str(message.body)),
        "lang": get_language() or "de",
        "dir": "rtl" if get_language_bidi() else "ltr",
    }
    return render_to_string("outbox/mail.html", context)


def _attachment(attached: Any) -> list[str]:
    name, content, media_type = attached
    raw = content if isinstance(content, bytes) else str(content).encode()
    return [name, base64.b64encode(raw).decode(), media_type or "application/octet-stream"]


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        mail.subject, mail.text, mail.sender, mail.to, headers=mail.headers
    )
    message.attach_alternative(mail.html, "text/html")
    for name, content, media_type in mail.attachments:
        message.attach(name, base64.b64decode(content), media_type)
    return message
