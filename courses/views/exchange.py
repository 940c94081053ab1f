"""The catalogue for machines of others. Everybody may read it, also from other people's pages."""

import json
from email.utils import parseaddr
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from courses.exchange import amb, moochub, oai
from courses.queries import exchange
from tenancy.lens import look, public
from tenancy.public_page import public_page

#: Courses of one page for portals, and the newest that a feed names.
EACH = 100
IN_FEED = 30
UTF8 = {"ensure_ascii": False}


@require_safe
def courses_moochub(request: HttpRequest) -> HttpResponse:
    """MOOChub: `?page=` counts from 1; a version we do not have is answered 406."""
    if not moochub.is_served(request.headers.get("Accept", "")):
        refused = JsonResponse(moochub.refusal(), status=406, content_type=moochub.CONTENT_TYPE)
        return _for_all(refused)
    return _for_all(_moochub(request))


@require_safe
def courses_amb(request: HttpRequest) -> HttpResponse:
    """All courses, a record a line."""
    return _for_all(_amb_lines(request))


@require_safe
def course_amb(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    return _for_all(_amb(request, provider, course))


@require_safe
def courses_rss(request: HttpRequest) -> HttpResponse:
    """What is new in the catalogue, for feed readers."""
    return _for_all(_rss(request))


@csrf_exempt  # it changes nothing; harvesters may ask by POST (OAI-PMH, § 3.1.1)
@require_http_methods(["GET", "HEAD", "POST"])
def courses_oai(request: HttpRequest) -> HttpResponse:
    """OAI-PMH: what is wrong with a request stands in the answer, whose status is 200 (§ 3.6)."""
    given = request.POST if request.method == "POST" else request.GET
    arguments = [(name, value) for name, values in given.lists() for value in values]
    with look(public), override("de"):
        repository = _repository()
        try:
            asked = oai.read(arguments)
            content, said = _answer(asked, repository), arguments
        except oai.Refused as reason:
            content = oai.refused(reason)
            said = [] if reason.code in ("badVerb", "badArgument") else arguments
    document = oai.document(content, repository, now=timezone.now(), arguments=said)
    return _for_all(HttpResponse(document, content_type=oai.CONTENT_TYPE))


def _for_all(response: HttpResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _moochub_page(request: HttpRequest) -> HttpResponse:
    pages = max(1, -(-exchange.courses_told() // EACH))
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 7 else 0
    if not 1 <= number <= pages:
        raise Http404
    with override("de"):
        told = exchange.courses_of_page(number, each=EACH)
        at = settings.PUBLIC_URL + reverse("courses:moochub")
    document = moochub.document(told, page=number, pages=pages, at=at)
    return JsonResponse(document, content_type=moochub.CONTENT_TYPE, json_dumps_params=UTF8)


_moochub = public_page(_moochub_page, reads=("page",))


@public_page
def _amb_lines(request: HttpRequest) -> HttpResponse:
    with override("de"):
        pages = -(-exchange.courses_told() // EACH)
        told = [
            course
            for number in range(pages)
            for course in exchange.courses_of_page(number + 1, each=EACH)
        ]
    lines = "".join(f"{json.dumps(amb.record(course), **UTF8)}\n" for course in told)
    return HttpResponse(lines, content_type=amb.LINES_TYPE)


@public_page
def _amb(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    with override("de"):
        found = exchange.shared_course_at(f"{provider}/{course}")
    if not found:
        raise Http404
    return JsonResponse(amb.record(found), content_type=amb.CONTENT_TYPE, json_dumps_params=UTF8)


@public_page
def _rss(request: HttpRequest) -> HttpResponse:
    with override("de"):
        told = exchange.newest_courses(IN_FEED)
        at, catalogue = reverse("courses:rss"), reverse("courses:catalogue")
        feed = Rss201rev2Feed(
            title=_("Neue Kurse: %(city)s")
            % {"city": f"{settings.CITY['title']} {settings.CITY['name']}"},
            link=settings.PUBLIC_URL + catalogue,
            description=_("Was neu im Katalog ist, und was sich geändert hat."),
            language="de",
            feed_url=settings.PUBLIC_URL + at,
        )
    for course in told:
        feed.add_item(
            title=course.facts["title"],
            link=course.url,
            description=course.facts["summary"],
            author_name=course.house.name,
            pubdate=course.changed,
            unique_id=course.lasting_url,
            unique_id_is_permalink=True,
            categories=course.keywords,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _repository() -> oai.Repository:
    return oai.Repository(
        name=f"{settings.CITY['title']} {settings.CITY['name']}",
        url=settings.PUBLIC_URL + reverse("courses:oai"),
        host=settings.PUBLIC_URL.partition("://")[2].partition(":")[0],
        mail=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        earliest=exchange.earliest_change(),
    )


def _answer(asked: oai.Request, repository: oai.Repository) -> ET.Element:
    if asked.verb == "Identify":
        return oai.identify(repository)
    if asked.verb == "ListSets":
        return oai.sets(exchange.houses())
    if asked.verb == "ListMetadataFormats" and not asked.identifier:
        return oai.formats()
    if asked.identifier:
        key = repository.key_in(asked.identifier)
        course = exchange.shared_course(key) if key else None
        if not course:
            raise oai.Refused("idDoesNotExist", "There is no such course.")
        if asked.verb == "ListMetadataFormats":
            return oai.formats()
        return oai.records(asked.verb, [course], repository)
    return _list(asked, repository)


def _list(asked: oai.Request, repository: oai.Repository) -> ET.Element:
    told = exchange.changed_courses(asked.selection, limit=oai.EACH + 1)
    if not told:
        raise oai.Refused("noRecordsMatch", "No course fits.")
    part, more = told[: oai.EACH], len(told) > oai.EACH
    going_on = bool(asked.selection.after)
    token = asked.selection.token(part[-1]) if more else ("" if going_on else None)
    return oai.records(asked.verb, part, repository, token)
