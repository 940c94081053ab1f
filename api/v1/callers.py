"""Who asks: a program with the key of a house. The key stands in a header, never in an address."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import AuthorizationError, Throttled
from ninja.security import HttpBearer

from accounts.limits import allowed, household
from api.actions import note_use
from api.actions.keys import PREFIX, hash_of
from api.queries import KnownKey, key_at_door
from api.scopes import Scope
from api.v1.asking import PAUSE, WrongValue
from tenancy.lens import Lens, office, staff
from words.days import day

LONGEST = 200


class ProviderKey(HttpBearer):
    """A key that opens `scope`. One that is none costs whoever tries it, by address."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> KnownKey | None:
        today = day(timezone.now())
        known = token.startswith(PREFIX) and len(token) < LONGEST and token.isascii()
        key = key_at_door(hash_of(token), today) if known else None
        if not key:
            count("api", household(request))
            return None
        count("api_key", f"key {key.id}")
        if self.scope not in key.scopes:
            raise AuthorizationError(message=self.scope)
        if key.used_on != today:
            note_use(key.id, today)
        return key


def by_key(scope: Scope) -> dict[str, Any]:
    """For the decorator of a door. What is counted by key is not counted by address as well."""
    return {"auth": ProviderKey(scope), "throttle": [], "openapi_extra": {"x-scope": scope}}


def house_of(request: HttpRequest) -> int:
    key: KnownKey = request.auth
    return key.provider


def whole_house(request: HttpRequest) -> Lens:
    """What the head of the house who gave the key sees of those who take part: all runs, whoever leads them."""
    here = [house_of(request)]
    return staff([], tutored=here, owned=here)


def city_office(_request: HttpRequest) -> Lens:
    """Figures, and no person."""
    return office


def count(what: str, who: str) -> None:
    """Raises Throttled."""
    if not allowed(what, who):
        raise Throttled(wait=PAUSE)


def number_in(place: list[str | int] | None) -> int:
    """The last row's number; 0: at the beginning. Raises WrongValue."""
    if place is None:
        return 0
    if not isinstance(place[0], int):
        raise WrongValue("query.after", "cursor")
    return place[0]
