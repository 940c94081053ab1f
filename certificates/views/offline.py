"""One HTML file that checks the QR code of a paper certificate with no server: to keep, to host elsewhere, to hand on."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from certificates import queries
from certificates.paper import check_page
from certificates.paper.content import CHECK_PAGE
from tenancy.lens import look, public


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """A download: as a page of ours it could not run, our security policy allows no script in the text."""
    with look(public):
        issuers = queries.issuers_by_key()
    response = HttpResponse(check_page.page(get_language() or "de", issuers))
    response["Content-Disposition"] = f'attachment; filename="{CHECK_PAGE}"'
    response["Cache-Control"] = "public, max-age=300"
    return response
