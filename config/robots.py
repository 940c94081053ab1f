"""What search engines may read: the catalogue, not people's pages and not their certificates."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

CLOSED = ("/konto/", "/lernen/", "/redaktion/", "/buero/", "/z/", "/pruefen/", "/anzeige/")
TEXT = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in CLOSED)


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(TEXT, content_type="text/plain")
