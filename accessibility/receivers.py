from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accessibility.reading import DUE


@receiver(user_logged_in)
def ask_for_settings(request: HttpRequest, **_: Any) -> None:
    """The next page of theirs brings them: only behind the door can their rows be seen."""
    request.session[DUE] = True
