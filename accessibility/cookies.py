"""The cookie that holds how somebody likes to read."""

from django.conf import settings
from django.http import HttpResponse

YEAR = 60 * 60 * 24 * 365


def keep_in_browser(response: HttpResponse, cookie: str) -> None:
    """Only when they have chosen something: what everybody gets anyway needs no cookie."""
    if not cookie:
        response.delete_cookie(settings.READING_COOKIE, samesite="Lax")
        return
    response.set_cookie(
        settings.READING_COOKIE,
        cookie,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.HTTPS,
        httponly=True,
    )
