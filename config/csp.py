"""Content-Security-Policy, with the setting name of Django 6 (`SECURE_CSP`), so that it can be dropped for Django's own."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

HEADER = "Content-Security-Policy"
DESK = "/redaktion/"
#: What people have uploaded lies below the desk, and brings no script of its own.
FILES = ("/redaktion/medien/", "/redaktion/dokumente/")
#: Browsers with the Reporting API take the second, all others the first (accounts.views.blocked).
REPORTS = "report-uri /meldungen/csp; report-to csp"
OTHER_HEADERS = {
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Reporting-Endpoints": 'csp="/meldungen/csp"',
}


def policy(directives: Mapping[str, Sequence[str]]) -> str:
    rules = [f"{name} {' '.join(sources)}" for name, sources in directives.items()]
    return "; ".join([*rules, REPORTS])


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    strict, desk = policy(settings.SECURE_CSP), policy(settings.SECURE_CSP_DESK)
    framed = policy(settings.SECURE_CSP_FRAMED)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if getattr(request, "is_dummy", False):
            return response  # a preview, rendered inside a request of the desk: that one's policy holds
        if getattr(response, "may_be_framed", False):
            response.headers[HEADER] = framed
            response.headers.pop("X-Frame-Options", None)
        if leads_to := getattr(response, "form_leads_to", ""):
            further = {"form-action": [*settings.SECURE_CSP["form-action"], leads_to]}
            response.headers[HEADER] = policy(settings.SECURE_CSP | further)
        at_desk = request.path.startswith(DESK) and not request.path.startswith(FILES)
        response.headers.setdefault(HEADER, desk if at_desk else strict)
        if at_desk:
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        for name, value in OTHER_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def locked_down(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For an answer that is given in front of Django's middleware: the same headers as behind it."""

    def give(_request: HttpRequest) -> HttpResponse:
        return response

    content_security_policy(give)(request)
    XFrameOptionsMiddleware(give).process_response(request, response)
    SecurityMiddleware(give).process_response(request, response)
    return response
