"""A provider's own host name: the same site, with that provider's page first. Certificates and accounts keep their address.

The operator names them in PROVIDER_HOSTS, because a name needs an entry in the DNS and a certificate of the proxy.
Signing in, learning and working happen at the city's host alone: cookies and passkeys are bound to one name.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

Handler = Callable[[HttpRequest], HttpResponse]

#: First parts of addresses (after the language) that a provider's host answers itself: what is the same for everybody.
ANSWERED = {
    *("", "kurse", "anbieter", "hilfe", "impressum", "datenschutz", "barrierefreiheit"),
    *("barriere-melden", "anzeige", "druck", "farben", "static", "health", "robots.txt"),
}
#: Below `/anbieter/<slug>/`: the provider's own house, and that of its tutors.
HOUSES = {"verwalten", "begleiten"}
LANGUAGES = {code for code, _name in settings.LANGUAGES}


def provider_hosts(get_response: Handler) -> Handler:
    """Middleware. At a provider's host `/` is that provider's page; what needs an account leads to the city's host."""

    def middleware(request: HttpRequest) -> HttpResponse:
        slug = settings.PROVIDER_HOSTS.get(urlsplit(f"//{request.get_host()}").hostname or "")
        if not slug:
            return get_response(request)
        language, parts = _parts(request.path_info)
        if parts == [""]:
            request.path_info = request.path = f"{language}/anbieter/{slug}/"
        elif parts[0] not in ANSWERED or (
            parts[0] == "anbieter" and HOUSES.intersection(parts[2:3])
        ):
            return HttpResponseRedirect(f"{settings.PUBLIC_URL}{request.get_full_path()}")
        return get_response(request)

    return middleware


def _parts(path: str) -> tuple[str, list[str]]:
    """`/en/kurse/` -> "/en", ["kurse", ""]; `/` -> "", [""]."""
    parts = path.split("/")[1:]
    if parts[0] in LANGUAGES:
        return f"/{parts[0]}", parts[1:] or [""]
    return "", parts
