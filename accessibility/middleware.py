"""What somebody has chosen once holds from the first page on: plain German first, and their own settings after signing in."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import is_valid_path
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, override

from accessibility import actions, queries
from accessibility.addresses import in_language
from accessibility.cookies import keep_in_browser
from accessibility.reading import DUE, as_cookie, reading_settings

Handler = Callable[[HttpRequest], HttpResponse]

PLAIN = "de-simple"
OWN_PAGES = ("/lernen/", "/konto/")  # where they look at their own rows (providers.middleware)
DESK = "/redaktion/"


def plain_german_first(get_response: Handler) -> Handler:
    """Middleware: anyone who wants that and comes from elsewhere goes to the page in plain German."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not wants_plain_german(request):
            return get_response(request)
        response = HttpResponseRedirect(in_language(PLAIN, request.get_full_path()))
        response.headers["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer


def wants_plain_german(request: HttpRequest) -> bool:
    """From one of our pages they have chosen German themselves, so only ways from elsewhere count."""
    cookie = request.COOKIES.get(settings.READING_COOKIE, "")
    if request.method != "GET" or reading_settings(cookie)["simple"] == "0":
        return False
    if get_language() != "de" or request.path_info.startswith(DESK) or _from_our_page(request):
        return False
    with override(PLAIN):
        return bool(is_valid_path(in_language(PLAIN, request.path_info)))


def _from_our_page(request: HttpRequest) -> bool:
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()


def settings_of_account(get_response: Handler) -> Handler:
    """Middleware: on their first page after signing in this browser shows what their account says.

    An account that says nothing yet learns what was chosen here.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        stored_settings = _brought(request)
        if stored_settings is None:
            return get_response(request)
        request.COOKIES[settings.READING_COOKIE] = stored_settings
        response = get_response(request)
        keep_in_browser(response, stored_settings)
        return response

    return answer


def _brought(request: HttpRequest) -> str | None:
    """None: nothing is to be changed in this browser."""
    own_page = request.method == "GET" and request.path_info.endswith("/") and _on_own_page(request)
    if not own_page or not request.session.get(DUE) or not request.user.is_authenticated:
        return None
    del request.session[DUE]
    stored_settings = queries.kept_settings(request.user.pk)
    here = request.COOKIES.get(settings.READING_COOKIE, "")
    if stored_settings is None and here:
        actions.keep_settings(request.user, as_cookie(reading_settings(here)))
    return None if stored_settings in (None, here) else stored_settings


def _on_own_page(request: HttpRequest) -> bool:
    path = request.path_info
    return settings.SESSION_COOKIE_NAME in request.COOKIES and any(
        page in path for page in OWN_PAGES
    )
