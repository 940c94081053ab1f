"""Doors of an account that stay shut for some."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]


def not_for_pupils(view: View) -> View:
    """A pupil's account has a card and nothing else: no address, no passkey, no app. Their school answers for it."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and request.user.school is not None:
            messages.info(
                request, _("Das geht mit einem Schul-Konto nicht. Fragen Sie Ihre Schule.")
            )
            return redirect("accounts:settings")
        return view(request, *args, **kwargs)

    return serve
