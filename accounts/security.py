"""The security log of a person: written at the doors, with the device; read by themselves alone."""

from django.http import HttpRequest

from accounts import actions
from accounts.devices import LONGEST
from accounts.models import User


def agent_of(request: HttpRequest) -> str:
    """As the browser calls itself, without what no table takes."""
    agent = request.META.get("HTTP_USER_AGENT", "")[:LONGEST]
    return "".join(sign for sign in agent if sign.isprintable())


def note(request: HttpRequest, kind: str, person: User | None, **details: str | int) -> None:
    """`person` None: there is no such account. The line is written all the same, so that it takes as long."""
    actions.note(kind, person.pk if person else None, agent=agent_of(request), **details)
