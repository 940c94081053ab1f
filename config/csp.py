"""Content-Security-Policy, with the setting name of Django 6 (`SECURE_CSP`), so that it can be dropped for Django's own."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "Content-Security-Policy"
DESK = "/redaktion/"
OTHER_HEADERS = {
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy(directives: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    strict, desk = policy(settings.SECURE_CSP), policy(settings.SECURE_CSP_DESK)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if getattr(request, "is_dummy", False):
            return response  # a preview, rendered inside a request of the desk: that one's policy holds
        at_desk = request.path.startswith(DESK)
        response.headers.setdefault(HEADER, desk if at_desk else strict)
        if at_desk:
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        for name, value in OTHER_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
