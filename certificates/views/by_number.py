"""A certificate by its number, for every door that shows one."""

from django.http import Http404, HttpResponse

from certificates import queries, tokens
from certificates.queries import CertificateRecord
from tenancy.lens import bearer, look


def certificate_by_number(token: str) -> CertificateRecord:
    """The certificate, looked up as a person who holds its number. 404 says nothing else about the number."""
    plain = tokens.read_token(token)
    if not plain:
        raise Http404
    with look(bearer(tokens.token_hash(plain))):
        record = queries.by_token(plain)
    if not record:
        raise Http404
    return record


def private(response: HttpResponse) -> HttpResponse:
    """For nobody's cache, index or log of referrers."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response
