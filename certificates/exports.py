"""What this room knows about a person (see `accounts.exports`)."""

import base64
from typing import Any

from accounts.exports import part
from accounts.models import User
from certificates import tokens
from certificates.models import Autograph, Owed, Recipient


@part("nachweise")
def _certificates(user: User) -> list[dict[str, Any]]:
    """Every certificate with its number and the signed credential, which verifies without us."""
    recipients = Recipient.objects.filter(learner=user).select_related("certificate").order_by("pk")
    return [
        {
            "number": tokens.grouped(recipient.token),
            "name": recipient.name,
            "issued_at": recipient.certificate.issued_at,
            "achievement": recipient.certificate.achievement,
            "credential": recipient.certificate.credential,
        }
        for recipient in recipients
    ]


@part("nachweise_offen")
def _owed(user: User) -> list[dict[str, Any]]:
    """What could not be issued yet, and why."""
    waits = Owed.objects.filter(learner=user).order_by("pk")
    columns = ("since", "letters", "fault", "tries", "next_at", "told_at")
    return [{name: getattr(each, name) for name in columns} for each in waits]


@part("unterschriften")
def _autographs(user: User) -> list[dict[str, Any]]:
    """How they sign papers as a head, with the picture."""
    placed = Autograph.objects.filter(head=user).select_related("provider").order_by("pk")
    return [
        {
            "provider": each.provider.name,
            "name": each.name,
            "made_at": each.made_at,
            "ended_at": each.ended_at,
            "image": base64.b64encode(each.image).decode(),
        }
        for each in placed
    ]
