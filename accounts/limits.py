"""How often one address may ask. allauth limits sign-in, sign-up and mailed codes; this does the same for our own doors.

Counted in Valkey in one round trip (in the process's memory while it does not answer), per address of the network (of IPv6 the first half, which is what one household
has) and never written down: a counter ends with its minute.
"""

import hashlib
import ipaddress
import time
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from accounts.signals import limit_reached

View = Callable[..., HttpResponse]

PAUSE = 2.0  # seconds before Valkey is asked again
TIMEOUTS = {"socket_timeout": 1, "socket_connect_timeout": 1}  # seconds
_gone = {"until": 0.0}


def limited(what: str, *, sending: bool = False) -> Callable[[View], View]:
    """Answer with 429 beyond `settings.LIMITS[what]`, for example "60/minute"; `sending`: only what is sent costs.

    Counted per household; who is signed in counts for themselves.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if sending and request.method != "POST":
                return view(request, *args, **kwargs)
            if not allowed(what, _who(request)):
                return respond_429(request)
            return view(request, *args, **kwargs)

        return serve

    return decorate


def allowed(what: str, who: str) -> bool:
    """Count one more question of `who`, and whether it is within `settings.LIMITS[what]`."""
    limit = settings.LIMITS.get(what)
    within = not limit or _hit(limit, what, who)
    if not within:
        limit_reached.send(what)
    return within


def _hit(limit: str, what: str, who: str) -> bool:
    if time.monotonic() >= _gone["until"]:
        try:
            return _limiter().hit(_parsed(limit), what, who)
        except storage().base_exceptions:
            _gone["until"] = time.monotonic() + PAUSE
    return _in_memory().hit(_parsed(limit), what, who)


def allowed_here(what: str, request: HttpRequest) -> bool:
    """For doors that keep what was typed, and say themselves that it was too much."""
    return allowed(what, _who(request))


def may_be_mailed(form: str, address: str) -> bool:
    """Anyone who types somebody's address into a form does not fill their mailbox with it: per form and address."""
    return allowed(f"{form}_mail", hashlib.sha256(address.lower().encode()).hexdigest())


def _who(request: HttpRequest) -> str:
    """Themselves, if that is known already; looking for a session would make a public page personal."""
    person = getattr(request, "_cached_user", None)
    return f"account {person.pk}" if person and person.pk else household(request)


def household(request: HttpRequest) -> str:
    """Where it is asked from: an address of the network, of IPv6 its first half."""
    address = get_adapter().get_client_ip(request)
    try:
        network = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    wide = 64 if network.version == 6 else 32
    return str(ipaddress.ip_network((network, wide), strict=False).network_address)


@cache
def _parsed(limit: str) -> RateLimitItem:
    return parse(limit)


@cache
def _limiter() -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(storage())


@cache
def _in_memory() -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(MemoryStorage())


@cache
def storage() -> Storage:
    """Where the counters are; `settings.LIMITS_STORAGE` is an address as the package `limits` reads it."""
    options = {} if settings.LIMITS_STORAGE.startswith("memory") else TIMEOUTS
    store = storage_from_string(settings.LIMITS_STORAGE, **options)
    return cast("Storage", store)  # asynchronous ones are asked for by name
