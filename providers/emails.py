"""Mails of this room, in the words and with the foot of all our mails."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.urls import reverse

from providers.actions.invitations import GOOD_FOR
from providers.models import Invitation


def send_invitation(invitation: Invitation, token: str) -> None:
    """`token` is nowhere but in this mail."""
    link = f"{settings.PUBLIC_URL}{reverse('providers:invitation', args=[token])}"
    get_adapter().send_mail(
        "providers/email/invitation",
        invitation.email,
        {"invitation": invitation, "link": link, "days": GOOD_FOR.days},
    )
