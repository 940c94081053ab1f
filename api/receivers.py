"""What ends sessions ends programs as well."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import sessions_ended
from api import actions


@receiver(sessions_ended)
def end_programs(user: User, **_: Any) -> None:
    """Whoever signs out everywhere, or whose account is no longer theirs, wants nobody to read on."""
    actions.end_consents(user)
