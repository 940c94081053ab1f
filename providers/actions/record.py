"""Adding to the record what was done under a lens that may not add to it, or in somebody else's name."""

from typing import Any

from django.db import models

from accounts.actions import record_event
from accounts.models import User
from tenancy.lens import look, system


def record_for(
    provider: int,
    action: str,
    *,
    by: User | None,
    thing: models.Model | None = None,
    name: str = "",
    **details: Any,
) -> None:
    """Like `record_event`, for the doors of the platform itself: `by` was found out by them, not by the lens.

    For example: a reviewer publishes what an author wrote; a learner's lens changes the second factor of a member.
    """
    with look(system("record an act")):
        record_event(action, by=by, provider=provider, thing=thing, name=name, **details)
