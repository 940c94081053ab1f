"""Rooms inside a house that not everybody may enter who was let in at its front door (`providers.middleware`)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse

from providers.permissions import Right
from providers.places import seats_of
from providers.queries import where
from tenancy.lens import CITY

View = Callable[..., HttpResponse]


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Browsers name the sending site on every POST; a form on somebody else's site is refused where no cookie protects it."""
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()


def needs(right: Right) -> Callable[[View], View]:
    """For views of the office: anyone who lacks `right` at the city finds nothing there, as with any closed door."""

    def decorate(view: View) -> View:
        @wraps(view)
        def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if CITY not in where(seats_of(request), right):
                raise Http404
            return view(request, *args, **kwargs)

        return serve

    return decorate
