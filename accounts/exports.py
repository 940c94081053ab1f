"""Taking everything along: each room registers what it knows about a person."""

from collections.abc import Callable
from typing import Any

from accounts.models import User

Part = Callable[[User], Any]
_parts: dict[str, Part] = {}


def part(name: str) -> Callable[[Part], Part]:
    """Register a function that tells, as JSON-ready values, what a room knows about one person."""

    def register(tell: Part) -> Part:
        _parts[name] = tell
        return tell

    return register


def everything(user: User) -> dict[str, Any]:
    return {name: tell(user) for name, tell in sorted(_parts.items())}


@part("sicherheit")
def _security(user: User) -> list[dict[str, Any]]:
    """Sign-ins, failures and changes of the last 90 days."""
    lines = user.security_events.order_by("at").values("at", "kind", "agent", "details")
    return [dict(line) for line in lines]


@part("schluessel_karten")
def _key_cards(user: User) -> list[dict[str, Any]]:
    """Nobody knows the words; the rest they may know."""
    facts = ("number", "name", "made_at", "made_by_name", "used_at", "claimed_at", "voided_at")
    return [dict(card) for card in user.key_cards.order_by("made_at").values(*facts)]


@part("konto")
def _account(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "name": user.name,
        "pseudonym": user.pseudonym,
        "age_band": user.age_band,
        "since": user.date_joined,
        "emails": list(user.emailaddress_set.values("email", "verified", "primary")),
        "news_off": user.news_off,
        "passkeys": user.authenticator_set.count(),
    }
