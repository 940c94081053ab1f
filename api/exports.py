"""What this room knows about a person (see `accounts.exports`)."""

from typing import Any

from accounts.exports import part
from accounts.models import User
from api.queries import consents_of


@part("programme")
def _programs(user: User) -> list[dict[str, Any]]:
    """The programs that may read their record, since when, and when they last did."""
    return [
        {
            "program": one.program.name,
            "scopes": one.scopes,
            "given_at": one.given_at,
            "used_on": one.used_on,
        }
        for one in consents_of(user)
    ]
