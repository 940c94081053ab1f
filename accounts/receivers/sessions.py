"""A session that somebody signs in with remembers its device; a new password ends all the others."""

import time
from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import actions, joining, shared
from accounts.models import User
from accounts.security import agent_of
from accounts.sessions import DEVICE


@receiver(user_logged_in)
def remember_device(request: HttpRequest, **_: Any) -> None:
    request.session[DEVICE] = [agent_of(request), time.time()]
    joining.forget(request)
    if shared.is_shared(request):
        shared.begin(request)


@receiver([password_changed, password_set, password_reset])
def end_the_others(request: HttpRequest, user: User, **_: Any) -> None:
    """They are worth nothing any more (`accounts.session_lens`); so they do not stand in their list of devices either."""
    actions.end_sessions(user, keep=request.session.session_key or "")
