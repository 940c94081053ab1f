"""A list that somebody keeps on their device without network ends with their session."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.shared import LIST_COOKIE

Handler = Callable[[HttpRequest], HttpResponse]


def list_ends_with_session(get_response: Handler) -> Handler:
    """Outside of the session's own middleware: signing out, signing in and a session that has ended change its cookie."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        session = response.cookies.get(settings.SESSION_COOKIE_NAME)
        before = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if LIST_COOKIE in request.COOKIES and session is not None and session.value != before:
            response.delete_cookie(LIST_COOKIE, samesite="Strict")
        return response

    return middleware
