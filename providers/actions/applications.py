"""An organisation asks to become a provider, and the office answers. Founding itself is `courses.actions`.

Anyone who asks has no account: they act through the link in their mail, the platform writes. The words of a mail are the
door's business; the token of its link is stored nowhere but as a hash.
"""

import secrets
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User
from providers.models import Application, ApplicationEntry, ApplicationLink, Provider
from providers.queries import token_hash
from tenancy.lens import CITY, as_system

State, Kind = Application.State, ApplicationEntry.Kind

#: An address that was never proved is forgotten after that, with what was written.
UNPROVED = timedelta(days=14)
LINK_GOOD_FOR = timedelta(days=60)
#: What is closed, or was never sent, is forgotten after half a year; the audit log keeps the line.
KEPT_FOR = timedelta(days=183)


class MailedLink(NamedTuple):
    """What the next mail to an applicant is about. No token: that mail has been sent already."""

    application: Application
    token: str


class CannotDecide(Exception):
    """The application is no longer as it was read: carries its state, or "changed", or "gone"."""


@as_system("an organisation begins an application")
@transaction.atomic
def begin_application(fields: dict[str, Any], *, form: str, language: str) -> MailedLink:
    """Once for each filled-in form (`form`: its token and what was typed); the address is still to be proved."""
    application, new = Application.objects.get_or_create(
        form_hash=token_hash(form), defaults={**fields, "language": language}
    )
    return MailedLink(application, _link(application, good_for=UNPROVED) if new else "")


@as_system("mail an applicant a new link")
@transaction.atomic
def link_again(number: int) -> MailedLink | None:
    """A further link to the same address. None: the application is gone."""
    application = Application.objects.filter(pk=number).first()
    return MailedLink(application, _link(application)) if application else None


@as_system("an applicant proves her address")
@transaction.atomic
def prove_address(application: Application) -> None:
    locked = _locked(application)
    if locked.state == State.BEGUN:
        locked.state, locked.proved_at = State.WRITING, timezone.now()
        locked.save()
        locked.links.update(expires_at=timezone.now() + LINK_GOOD_FOR)


@as_system("an applicant writes")
@transaction.atomic
def write_application(application: Application, fields: dict[str, Any]) -> bool:
    """What they typed on one page; whether it was kept. What lies at the office stays as it was sent."""
    locked = _locked(application)
    if locked.state not in Application.OPEN:
        return False
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save()
    return True


@as_system("an application is sent")
@transaction.atomic
def send_application(application: Application) -> bool:
    """To the office; whether it was this time. The caller has seen that nothing is missing."""
    locked = _locked(application)
    if locked.state != State.WRITING:
        return False
    _enter(locked, State.SENT, Kind.SENT)
    return True


@as_system("an applicant answers")
@transaction.atomic
def answer_question(application: Application, text: str) -> bool:
    """The office has it again, and as many days as before; whether it was this time."""
    locked = _locked(application)
    if locked.state != State.ASKED:
        return False
    _enter(locked, State.SENT, Kind.ANSWERED, text=text)
    return True


@as_system("an applicant withdraws")
@transaction.atomic
def withdraw_application(application: Application) -> bool:
    """Whether it was this time. What is closed stays as it is."""
    locked = _locked(application)
    if locked.state in Application.CLOSED or locked.state == State.BEGUN:
        return False
    _enter(locked, State.WITHDRAWN, Kind.WITHDRAWN)
    return True


@as_system("the office asks an applicant")
@transaction.atomic
def ask_applicant(application: Application, text: str, *, by: User, seen: str = "") -> MailedLink:
    """The question stands on the applicant's page, and they may change what they wrote. Raises CannotDecide."""
    locked = _waiting(application, seen, only=State.SENT)
    _enter(locked, State.ASKED, Kind.ASKED, text=text, by=by)
    return MailedLink(locked, _link(locked))


@as_system("the office declines an application")
@transaction.atomic
def decline_application(
    application: Application, text: str, *, by: User, seen: str = ""
) -> MailedLink:
    """With a reason that the applicant reads. Raises CannotDecide."""
    locked = _waiting(application, seen)
    _enter(locked, State.DECLINED, Kind.DECLINED, text=text, by=by)
    return MailedLink(locked, _link(locked))


def hold_application(application: Application, *, seen: str = "") -> Application:
    """Locked until the end of the transaction, for anyone who founds a provider of it: of two the second waits.

    Under the system lens. Raises CannotDecide.
    """
    return _waiting(application, seen)


def approve_application(locked: Application, provider: Provider, *, by: User) -> MailedLink:
    """It became `provider`. Under the system lens, in the transaction that holds it (`hold_application`)."""
    locked.provider = provider
    _enter(locked, State.APPROVED, Kind.APPROVED, by=by)
    return MailedLink(locked, _link(locked))


@transaction.atomic
def forget_old_applications() -> int:
    """How many were forgotten. What the office has not answered stays. Under the system lens."""
    now = timezone.now()
    unproved = Application.objects.filter(state=State.BEGUN, begun_at__lt=now - UNPROVED)
    unsent = Application.objects.filter(state=State.WRITING, changed_at__lt=now - KEPT_FOR)
    closed = Application.objects.filter(closed_at__lt=now - KEPT_FOR)
    gone = [*(unproved | unsent | closed).values_list("pk", flat=True)]
    Application.objects.filter(pk__in=gone).delete()
    return len(gone)


def _locked(application: Application) -> Application:
    locked = Application.objects.select_for_update(of=("self",)).filter(pk=application.pk).first()
    if not locked:
        raise CannotDecide("gone")
    return locked


def _waiting(application: Application, seen: str, *, only: str = "") -> Application:
    locked = _locked(application)
    if locked.state not in Application.WAITING or (only and locked.state != only):
        raise CannotDecide(locked.state)
    if seen not in ("", locked.stamp):
        raise CannotDecide("changed")
    return locked


def _enter(
    locked: Application, state: State, kind: Kind, *, text: str = "", by: User | None = None
) -> None:
    """The new state, the line both sides read, and the one in the city's record."""
    now = timezone.now()
    locked.state = state
    locked.waits_since = now if state == State.SENT else locked.waits_since
    locked.closed_at = now if state in Application.CLOSED else None
    locked.save()
    name = str(by)[:200] if by else ""
    ApplicationEntry.objects.create(application=locked, kind=kind, text=text, by_name=name, at=now)
    record_event(f"application.{kind}", by=by, provider=CITY, thing=locked)


def _link(application: Application, *, good_for: timedelta = LINK_GOOD_FOR) -> str:
    token = secrets.token_urlsafe(32)
    ApplicationLink.objects.create(
        application=application,
        token_hash=token_hash(token),
        expires_at=timezone.now() + good_for,
    )
    return token
