"""Sitemaps (sitemaps.org 0.9): an index and its files, each address with its other languages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from accessibility.addresses import in_language
from courses.queries.sitemap import Known, files, known_pages
from tenancy.public_page import public_page

#: Pages that are always there, first in the first file.
FIXED = ("home", "courses:catalogue", "courses:today", "providers:list", "courses:help")
XML = "application/xml; charset=utf-8"


@require_safe
@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index: one file for every ten thousand addresses."""
    pages = [
        f"{settings.PUBLIC_URL}{reverse('sitemap_file', args=[number + 1])}"
        for number in range(files())
    ]
    return render(request, "courses/sitemap_index.xml", {"files": pages}, content_type=XML)


@require_safe
@public_page
def sitemap_file(request: HttpRequest, number: int) -> HttpResponse:
    known = known_pages(number)
    if not known and number != 1:
        raise Http404
    with override("de"):
        fixed = [(reverse(name), None) for name in FIXED] if number == 1 else []
        paths = [*fixed, *((_path(each), each.changed) for each in known)]
    pages = [
        {"url": _url("de", path), "changed": at, "others": _others(path)} for path, at in paths
    ]
    return render(request, "courses/sitemap.xml", {"pages": pages}, content_type=XML)


def _path(each: Known) -> str:
    if each.kind == "provider":
        return reverse("providers:provider", args=[each.address])
    if each.kind == "date":
        return reverse("learning:date", args=[each.address])
    where = each.address.split("/", 1)
    if each.kind == "lesson":
        return reverse("learning:lesson", args=[*where, each.lesson])
    return reverse("courses:course", args=where)


def _url(language: str, path: str) -> str:
    return f"{settings.PUBLIC_URL}{in_language(language, path)}"


def _others(path: str) -> list[dict[str, str]]:
    """In every language with a code that search engines know."""
    codes = [code for code, _name in settings.LANGUAGES if code != "de-simple"]
    return [{"lang": code, "url": _url(code, path)} for code in codes]
