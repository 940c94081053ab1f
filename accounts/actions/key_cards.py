"""Making, opening, replacing and voiding key cards.

The platform's own work (system lens), because an account is opened for somebody who is nobody yet. Who may ask is for
the door: a helper's lens shows them the cards of their house and no others.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions.account import end_sessions, note, record_event
from accounts.audit import FAILED
from accounts.models import KeyCard, User
from tenancy.lens import as_system
from words import cards
from words.cards import Written


class MadeTwice(Exception):
    """The same form was sent before: its cards are there, and nobody knows their words any more."""


class OtherCard(Exception):
    """The card was voided or replaced meanwhile."""


class ClaimedCard(Exception):
    """Its account has an address or a passkey by now: with a new card a helper could get into what is theirs alone."""


class CannotVoid(Exception):
    """It is their only way into the account."""


class MadeCard(NamedTuple):
    """A card and what must be printed on it now, because nothing of it is kept."""

    card: KeyCard
    written: Written


class OpenedCard(NamedTuple):
    """Whom a number and words lead to, and which house made the card. `why`: "wrong" or "void", when nobody."""

    person: User | None
    why: str = ""
    provider: int = 0


@as_system("make key cards")
def make_cards(
    provider: int,
    names: Sequence[str],
    *,
    by: User,
    form: UUID,
    age_band: str = "",
    pupils_until: date | None = None,
) -> list[MadeCard]:
    """An account without an address for each name, and a card for it. `form` is the one page that was sent. Raises MadeTwice.

    `pupils_until`: they are pupils of the school `provider`, which keeps their accounts until that day.
    """
    kind: dict[str, Any] = {"age_band": age_band}
    if pupils_until:
        kind |= {"school": provider, "school_until": pupils_until}
    try:
        with transaction.atomic():
            made = [
                _made(User(pseudonym=name, **kind), provider, by, form, place)
                for place, name in enumerate(names)
            ]
            record_event("card.made", by=by, provider=provider, count=len(made))
    except IntegrityError as known:
        if KeyCard.objects.filter(form=form).exists():
            raise MadeTwice from known
        raise
    return made


def _made(person: User, provider: int, by: User, form: UUID | None, place: int = 0) -> MadeCard:
    if person.pk is None:
        person.set_unusable_password()
        person.save()
    written = cards.drawn()
    while KeyCard.objects.filter(number=written.number).exists():
        written = cards.drawn()
    card = KeyCard.objects.create(
        account=person,
        provider_id=provider,
        name=person.pseudonym,
        number=written.number,
        words=make_password(written.words),
        made_by_id=by.pk,
        made_by_name=str(by)[:200],
        form=form,
        place=place,
    )
    return MadeCard(card, written)


@as_system("open a key card")
def open_card(number: str, words: Sequence[str], *, agent: str = "") -> OpenedCard:
    """Whose account number and words open. As many hashes for a number that no card has; a void card is said to be one only
    to somebody who knows its words. A wrong try stands in the log of its holder.
    """
    card = KeyCard.objects.select_related("account").filter(number=number).first()
    said = " ".join(words)
    if not card:
        make_password(said)
        note(FAILED, None, agent=agent, how="card")
        return OpenedCard(None, "wrong")
    right = check_password(said, card.words)
    if not right or card.voided_at:
        note(FAILED, card.account_id, agent=agent, how="card")
        return OpenedCard(None, "void" if right else "wrong")
    KeyCard.objects.filter(pk=card.pk).update(used_at=timezone.now())
    return OpenedCard(card.account, provider=card.provider_id)


@as_system("learn beside somebody")
def begin_company(person: int, *, provider: int, by: int) -> User | None:
    """A helper sits beside them from now on; it stands in the record of the house and in their own log. None: nobody is there."""
    holder = User.objects.filter(pk=person, is_active=True).first()
    helper = User.objects.filter(pk=by).first()
    if not holder or not helper:
        return None
    record_event("companion.begun", by=helper, provider=provider, name=holder.called)
    note("companion.begun", holder.pk, who=str(helper))
    return holder


@as_system("stop learning beside somebody")
def end_company(person: int, *, provider: int, by: int) -> None:
    """Once, no matter which of them pressed the button, or whether the time was over."""
    holder = User.objects.filter(pk=person).first()
    helper = User.objects.filter(pk=by).first()
    if holder and helper:
        record_event("companion.ended", by=helper, provider=provider, name=holder.called)
        note("companion.ended", holder.pk, who=str(helper))


@as_system("replace a key card")
def replace_card(card: KeyCard, *, by: User) -> MadeCard:
    """A new card for the same account; the old one, and every sign-in with it, is void. Raises OtherCard, ClaimedCard.

    Of two who replace the same card at once the second learns that it is another one now.
    """
    locked = _good(card)
    if locked.claimed_at:
        raise ClaimedCard
    _void(locked, KeyCard.Why.REPLACED)
    made = _made(locked.account, locked.provider_id, by, None)
    record_event("card.replaced", by=by, provider=locked.provider_id, name=locked.name)
    note("changed.card.replaced", locked.account_id)
    return made


@as_system("void a key card")
def void_card(card: KeyCard, *, by: User) -> None:
    """A helper's: lost, and no new one is wanted now. The account stays. Raises OtherCard."""
    locked = _good(card)
    _void(locked, KeyCard.Why.LOST)
    record_event("card.voided", by=by, provider=locked.provider_id, name=locked.name)
    note("changed.card.voided", locked.account_id)


@as_system("void a key card for its holder")
def void_own_card(person: User) -> None:
    """Theirs, once they have another way in. Raises CannotVoid; without a card nothing happens."""
    card = KeyCard.objects.select_for_update().filter(account=person.pk, voided_at=None).first()
    if not card:
        return
    if not card.claimed_at:
        raise CannotVoid
    card.voided_at, card.voided_why = timezone.now(), KeyCard.Why.CLAIMED
    card.save(update_fields=["voided_at", "voided_why"])
    note("changed.card.voided", person.pk)


@as_system("see whether a key card is still the only way in")
def settle_claim(person: int) -> None:
    """After an address was proved, or a passkey came or went: what holds for their cards now. Twice is once."""
    passkeys = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    proved = EmailAddress.objects.filter(user=person, verified=True)
    cards = KeyCard.objects.filter(account=person, voided_at=None)
    if passkeys.exists() or proved.exists():
        cards.filter(claimed_at=None).update(claimed_at=timezone.now())
    else:
        cards.update(claimed_at=None)


def _good(card: KeyCard) -> KeyCard:
    locked = KeyCard.objects.select_for_update(of=("self",)).select_related("account")
    found = locked.filter(pk=card.pk, voided_at=None).first()
    if not found:
        raise OtherCard
    return found


def _void(card: KeyCard, why: KeyCard.Why) -> None:
    """Anyone who found it may sit in the account just now, so every sign-in ends."""
    card.voided_at, card.voided_why = timezone.now(), why
    card.save(update_fields=["voided_at", "voided_why"])
    end_sessions(card.account)
