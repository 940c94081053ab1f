"""Writes about accounts."""

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from accounts.blocked import Blocked
from accounts.models import AuditEvent, BlockedLoad, SecurityEvent, Session, User
from accounts.signals import account_closing, sessions_ended
from tenancy.lens import CITY, as_system, look, system

LOG = logging.getLogger("accounts.security")
SECURITY_KEPT = timedelta(days=90)
#: Rows of a day; reports are free to invent, the table is not there to be filled.
BLOCKED_PER_DAY = 200
OTHER = Blocked("other", "other")


def close_account(user: User) -> None:
    """Delete the person and everything that is only theirs, in one transaction. Certificates stay verifiable, nameless.

    Runs under the system lens, because a cascade must meet every row, also those a learner cannot see.
    """
    with look(system("close an account")), transaction.atomic():
        person = User.objects.select_for_update().filter(pk=user.pk).first()
        if not person:
            return  # a second click: the first one has closed it
        account_closing.send(sender=User, user=user)
        end_sessions(person)
        person.delete()


def forget_second_factor(person: User) -> int:
    """Remove passkeys, app and emergency codes, and end all sessions; how many there were. For operators, recorded."""
    forgotten, _ = Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    record_event("factor.forgotten", by=None, provider=CITY, thing=person, count=forgotten)
    note("changed.factor.forgotten", person.pk)
    return forgotten


def open_account(email: str, name: str, *, password: str) -> User | None:
    """An account with a proved address; `password` as it is kept, not as it was typed. None: somebody was quicker."""
    try:
        with transaction.atomic():
            person = User.objects.create(email=email, name=name, password=password)
            EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    except IntegrityError:
        return None
    return person


def begin_anew(person: User, *, name: str, password: str) -> None:
    """What its first real holder has typed for an account that was there before them."""
    person.name, person.password = name or person.name, password
    person.save(update_fields=["name", "password"])


def end_sessions(person: User, *, keep: str = "", only: str = "") -> int:
    """End all sessions of `person` but that with the key `keep`, or the one with the key `only`; how many there were."""
    open_sessions = Session.objects.filter(account_id=person.pk).exclude(session_key=keep)
    with transaction.atomic():
        ended, _ = (open_sessions.filter(session_key=only) if only else open_sessions).delete()
        if not only:
            sessions_ended.send(sender=User, user=person)
    return ended


class Void(NamedTuple):
    """What had been set up before an address was proved, and is gone."""

    password: bool
    factors: int
    sessions: int


def settle_first_address(address: EmailAddress) -> None:
    """The first proved address of an account is its main one; those that nobody has proved are not its own."""
    if not address.primary:
        address.set_as_primary()
    EmailAddress.objects.filter(user=address.user, verified=False).delete()


def void_what_came_before(person: User, *, keep_session: str, keep_password: bool = False) -> Void:
    """The person who made the account did not hold its address: their password, factors and sessions are worth nothing.

    Changes `person` itself as well: signing in goes on with it. Recorded in the city's record if anything was there.
    """
    with look(system("void what came before")), transaction.atomic():
        password = person.has_usable_password() and not keep_password
        if password:
            person.set_unusable_password()
            person.save(update_fields=["password"])
        factors, _ = Authenticator.objects.filter(user=person).delete()
        gone = Void(password, factors, end_sessions(person, keep=keep_session))
        if any(gone):
            record_event("account.voided", by=None, provider=CITY, thing=person, **gone._asdict())
            note("changed.voided", person.pk)
    return gone


def take_back_address(person_id: int, *, former: str, new: str) -> bool:
    """Put the former address in place of the new one. False: that was done, or is no longer possible.

    The person who changed it knew a way in, so password, factors and sessions are void as well.
    """
    with look(system("take a change of address back")), transaction.atomic():
        person = User.objects.select_for_update().filter(pk=person_id).first()
        elsewhere = EmailAddress.objects.filter(email=former, verified=True).exclude(user=person_id)
        if not person or person.email != new or elsewhere.exists():
            return False
        address, _made = EmailAddress.objects.get_or_create(user=person, email=former)
        address.user, address.verified = person, True
        address.set_as_primary()
        EmailAddress.objects.filter(user=person, email=new).delete()
        record_event("address.taken_back", by=None, provider=CITY, thing=person)
        note("changed.address.taken_back", person.pk, address=former)
        void_what_came_before(person, keep_session="")
    return True


def note(kind: str, account: int | None, *, agent: str = "", **details: str | int) -> None:
    """Add a line to somebody's own security log (`accounts.audit.SECURITY`); None: to nobody's.

    The operator's log gets it without a word about them: the number of their account.
    """
    SecurityEvent.objects.create(account_id=account, kind=kind, agent=agent, details=details)
    LOG.info("%s, account %s", kind, account or "unknown")


def forget_security_events(older: timedelta = SECURITY_KEPT) -> int:
    """Under the system lens; how many."""
    return SecurityEvent.objects.filter(at__lt=timezone.now() - older).delete()[0]


def wants_news(person: int, kind: str) -> bool | None:
    """Whether they get such mails; None: their account is closed. For anyone who holds a link of theirs, hence the system lens."""
    with look(system("who wants news")):
        account = User.objects.filter(pk=person).first()
    return kind not in account.news_off if account else None


def want_news(person: int, kind: str, *, wanted: bool) -> bool | None:
    """From now on, or no longer; what holds then. None: their account is closed."""
    with look(system("who wants news")), transaction.atomic():
        account = User.objects.select_for_update().filter(pk=person).first()
        if not account:
            return None
        others = [each for each in account.news_off if each != kind]
        account.news_off = others if wanted else [*others, kind]
        account.save(update_fields=["news_off"])
    return wanted


def set_first_place(person: User, key: str) -> None:
    """What comes first when they sign in, as `providers.places` names it; "": the page with all places."""
    User.objects.filter(pk=person.pk).update(first_place=key)
    person.first_place = key


@as_system("count what a policy has stopped")
def count_blocked(reports: Iterable[Blocked]) -> None:
    """Under the system lens. Beyond so many different ones a day all further ones are "other"."""
    today = timezone.localdate()
    for blocked in reports:
        if _counted(today, blocked):
            continue
        full = BlockedLoad.objects.filter(day=today).count() >= BLOCKED_PER_DAY
        if full and _counted(today, OTHER):
            continue
        counted = OTHER if full else blocked
        try:
            with transaction.atomic():
                BlockedLoad.objects.create(day=today, **counted._asdict())
        except IntegrityError:  # somebody else's report was quicker
            _counted(today, counted)


def _counted(day: date, blocked: Blocked) -> bool:
    """Once more; False: there is none of it yet."""
    same = BlockedLoad.objects.filter(day=day, **blocked._asdict())
    return bool(same.update(times=F("times") + 1))


def forget_blocked(older: timedelta = SECURITY_KEPT) -> int:
    """Under the system lens; how many rows."""
    return BlockedLoad.objects.filter(day__lt=timezone.localdate() - older).delete()[0]


def record_event(
    action: str,
    *,
    by: User | None,
    provider: int,
    thing: models.Model | None = None,
    name: str = "",
    **details: Any,
) -> None:
    """Add a line to the record of `provider` (the city's for actions of the office); `by` None is the platform itself.

    In the transaction of the action: what was not recorded did not happen. `action` is a key of `accounts.audit`. Details are
    JSON values, and never hold what a learner did.
    """
    AuditEvent.objects.create(
        action=action,
        actor_id=by.pk if by else None,
        actor_name=str(by)[:200] if by else "",
        provider_id=provider,
        thing=thing._meta.label if thing else "",
        thing_id=str(thing.pk) if thing else "",
        thing_name=(name or str(thing or ""))[:200],
        details=details,
    )
