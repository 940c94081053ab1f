"""Whoever has just added a second factor has shown it."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.queries import ADDED, FACTORS


@receiver(authenticator_added)
def remember_factor(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type in FACTORS:
        request.session[ADDED] = True


@receiver(authenticator_removed)
def forget_factor(request: HttpRequest, **_: Any) -> None:
    request.session.pop(ADDED, None)
