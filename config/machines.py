"""What machines and those who test them ask a site for: what search engines may read, and where weaknesses are reported."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

#: People's pages and their certificates are not in the catalogue. Open lessons are for everybody (others say "noindex").
CLOSED = ("/konto/", "/redaktion/", "/buero/", "/z/", "/pruefen/", "/anzeige/")
ROBOTS = (
    "User-agent: *\n"
    + "".join(f"Disallow: {path}\n" for path in CLOSED)
    + f"\nSitemap: {settings.PUBLIC_URL}/sitemap.xml\n"
)
GOOD_FOR = timedelta(days=180)  # RFC 9116, section 2.5.5: less than a year


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """RFC 9116. 404 where the operator has not said whom to tell (SECURITY_CONTACT)."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = (timezone.now() + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": until.isoformat(),
        "Preferred-Languages": "de, en",
        "Canonical": f"{settings.PUBLIC_URL}/.well-known/security.txt",
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
