"""What this room knows about a person (see `accounts.exports`)."""

from typing import Any

from accounts.exports import part
from accounts.models import User


@part("mitarbeit")
def _work(user: User) -> list[dict[str, Any]]:
    """Where they work, in which roles. Read through their own lens. Their acts are in the records of those they work for."""
    return [
        {"provider": name, "role": role}
        for name, role in user.memberships.values_list("provider__name", "role")
    ]
