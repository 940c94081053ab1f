"""The front page, and the city's pages of plain words."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from courses import queries
from courses.models import HomePage
from courses.press.covers import ART
from courses.topics import topics
from tenancy.public_page import public_page


@require_GET
@public_page
def home(request: HttpRequest) -> HttpResponse:
    language = get_language() or "de"
    pages = HomePage.objects.live().filter(locale__language_code__in=[language, "de"])
    texts = sorted(pages.select_related("locale"), key=lambda p: p.locale.language_code != language)
    counts = queries.areas()
    index_pages = queries.providers()
    context = {
        "home": texts[0] if texts else None,
        "areas": [
            {
                "code": code,
                "art": ART[code],
                "title": title,
                "url": f"{reverse('courses:catalogue')}?thema={code}",
                "count": counts.get(code, 0),
            }
            for code, title in topics().items()
        ],
        "cards": queries.newest(language=language, limit=6),
        "total": sum(counts.values()),
        "providers": index_pages,
        "simple_courses": queries.courses_in("de-simple"),
    }
    return render(request, "courses/home.html", context)


def _plain(template: str) -> Callable[[HttpRequest], HttpResponse]:
    @require_GET
    @public_page
    def view(request: HttpRequest) -> HttpResponse:
        return render(request, template)

    return view


help_page = _plain("courses/help.html")
imprint = _plain("courses/imprint.html")
privacy = _plain("courses/privacy.html")
