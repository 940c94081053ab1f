"""What follows when somebody adds a factor, or proves their address for the first time."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import actions
from accounts.models import User
from accounts.queries import ADDED, FACTORS, proved_addresses


@receiver(authenticator_added)
def remember_factor(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type in FACTORS:
        request.session[ADDED] = True
    actions.settle_claim(authenticator.user_id)


@receiver(authenticator_removed)
def forget_factor(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    request.session.pop(ADDED, None)
    actions.settle_claim(authenticator.user_id)


@receiver(email_confirmed)
def prove_by_mail(request: HttpRequest, email_address: EmailAddress, **_kwargs: Any) -> None:
    """A link or a code, wherever it was typed: allauth tells of every proof of an address by this signal."""
    person = email_address.user
    if proved_addresses(person) != 1:
        return
    if person.key_cards.exists():
        _claim(person, email_address)
    else:
        _prove_first(request, email_address)


def _claim(person: User, address: EmailAddress) -> None:
    """An account by key card was made for them, not by a stranger under their address: nothing of it is void."""
    actions.settle_first_address(address)
    actions.settle_claim(person.pk)


@receiver(password_reset)
def prove_by_reset(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Anyone who got the mail to choose a new password holds the address. For allauth that is no proof, for us it is."""
    if proved_addresses(user):
        return
    address, _made = EmailAddress.objects.get_or_create(user=user, email=user.email)
    address.user = user
    if address.set_verified():
        _prove_first(request, address, keep_password=True)


def _prove_first(
    request: HttpRequest, address: EmailAddress, *, keep_password: bool = False
) -> None:
    """The one way by which an account that had none gets a proved address. Signing up makes accounts with one."""
    person = address.user
    actions.settle_first_address(address)
    gone = actions.void_what_came_before(
        person, keep_session=request.session.session_key or "", keep_password=keep_password
    )
    if any(gone):
        messages.warning(
            request,
            _(
                "Dieses Konto wurde angelegt, bevor Sie Ihre Adresse bestätigt haben. Was davor eingerichtet war, gilt "
                "nicht mehr: Passwort, Passkeys, Codes und Anmeldungen auf anderen Geräten."
            ),
        )
        get_adapter().send_mail("account/email/address_proved", address.email, gone._asdict())
