"""Mails of this room, in the words and with the foot of all our mails."""

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from accounts.news import send_news
from providers.actions import MailedLink
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


def send_to_applicant(about: str, mailed: MailedLink, **words: Any) -> None:
    """`about`: begun, again, asked, approved, declined. In the language they have begun in, no matter who writes."""
    application = mailed.application
    with override(application.language):
        way = reverse("providers:application", args=[mailed.token])
        words |= {"application": application, "link": f"{settings.PUBLIC_URL}{way}"}
        get_adapter().send_mail(f"providers/email/application_{about}", application.email, words)


def write_to_heads(people: Iterable[User], *, subject: str, text: str) -> int:
    """What the office says to all who lead a provider, each in a mail of their own; how many get one."""
    words = {"subject": subject, "text": text}
    return send_news("heads", "providers/email/heads", people, words)
