from typing import Any

from accessibility.queries import kept_settings
from accessibility.reading import reading_settings
from accounts.exports import part
from accounts.models import User


@part("anzeige")
def settings(user: User) -> dict[str, Any] | None:
    kept = kept_settings(user.pk)
    return None if kept is None else reading_settings(kept)
