from typing import Any

from accessibility.queries import kept_settings
from accessibility.reading import reading_settings
from accounts.exports import part
from accounts.models import User


@part("anzeige")
def settings(user: User) -> dict[str, Any] | None:
    settings_kept = kept_settings(user.pk)
    return None if settings_kept is None else reading_settings(settings_kept)
