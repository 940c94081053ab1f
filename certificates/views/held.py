"""A certificate by its number, for every door that shows one."""

from django.http import Http404, HttpResponse

from certificates import queries, tokens
from certificates.queries import Held
from tenancy.lens import bearer, look


def found(token: str) -> Held:
    """The certificate, looked up as whoever holds its number. 404 says nothing else about the number."""
    plain = tokens.read_token(token)
    if not plain:
        raise Http404
    with look(bearer(tokens.token_hash(plain))):
        held = queries.by_token(plain)
    if not held:
        raise Http404
    return held


def private(response: HttpResponse) -> HttpResponse:
    """For nobody's cache, index or log of referrers."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response
