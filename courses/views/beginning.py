"""A new course: empty, from a template, from a handout, or from a file of another Lernstadt."""

import uuid
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from courses import actions
from courses.actions import share
from courses.actions.handouts import begin_from_handout
from courses.advice import in_words, stayed_in_words
from courses.forms import EMPTY, HandoutForm, NewCourseForm, PackageForm
from courses.handouts import Handout
from courses.packages import BadPackage, read
from courses.packages.provider_archive import is_provider_archive
from courses.queries import sharing as shared
from courses.starters import course_of
from courses.views.once import makes_one_course

Key = uuid.UUID | None  # of the course that is made


@require_http_methods(["GET", "POST"])
@makes_one_course
def new(request: HttpRequest, *, key: Key) -> HttpResponse:
    """A new course: empty, from a template, from a handout (`act=handout`), or from a file (`act=file`)."""
    index_pages = shared.index_pages_for(request.user)
    if not index_pages:
        raise Http404
    act = request.POST.get("act")
    starting = NewCourseForm(request.POST if act == "start" else None, index_pages=index_pages)
    arriving = PackageForm(
        *([request.POST, request.FILES] if act == "file" else []),
        index_pages=index_pages,
        auto_id="datei_%s",
    )
    handing = HandoutForm(
        *([request.POST, request.FILES] if act == "handout" else []),
        index_pages=index_pages,
        auto_id="blatt_%s",
    )
    if starting.is_valid():
        return _start(request, starting.cleaned_data, key)
    if handing.is_valid() and (begun := _begin_from(request, handing, key)):
        return begun
    if arriving.is_valid() and (arrived := _receive(request, arriving, key)):
        return arrived
    context = {"starting": starting, "arriving": arriving, "handing": handing}
    status = 400 if request.method == "POST" else 200
    return render(request, "courses/desk/new.html", context, status=status)


def _start(request: HttpRequest, asked: dict[str, Any], key: Key) -> HttpResponse:
    index_page, title = asked["index_page"], asked["title"]
    if asked["template"] == EMPTY:
        course = actions.begin_course(index_page, title=title, by=request.user, key=key)
    else:
        course = share.open_template(
            course_of(asked["template"]), title, index_page, by=request.user, key=key
        )
    messages.success(
        request,
        _("Der Kurs ist angelegt, als Entwurf. Schreiben Sie die Angaben und den ersten Schritt."),
    )
    return redirect("desk:plan", course.pk)


def _begin_from(request: HttpRequest, form: HandoutForm, key: Key) -> HttpResponse | None:
    handout, index_page = form.cleaned_data["file"], form.cleaned_data["index_page"]
    try:
        course = begin_from_handout(handout, index_page, by=request.user, key=key)
    except BadPackage as bad:
        for sentence in in_words(bad):
            form.add_error("file", sentence)
        return None
    messages.success(request, _became(handout))
    if stayed := stayed_in_words(handout.stayed):
        messages.warning(request, " ".join([_("Nicht mitgekommen:"), *stayed]))
    return redirect("desk:plan", course.pk)


def _became(handout: Handout) -> str:
    counts = [
        ngettext("%(n)s Schritt", "%(n)s Schritte", n := len(handout.steps)) % {"n": n},
        *_counted(handout),
    ]
    says = _("Der Kurs ist angelegt, als Entwurf: %(what)s. Bitte lesen Sie jeden Schritt einmal.")
    return says % {"what": ", ".join(counts)}


def _counted(handout: Handout) -> Iterator[str]:
    if n := handout.count("image"):
        yield ngettext("%(n)s Bild", "%(n)s Bilder", n) % {"n": n}
    if n := handout.count("table"):
        yield ngettext("%(n)s Tabelle", "%(n)s Tabellen", n) % {"n": n}


def _receive(request: HttpRequest, form: PackageForm, key: Key) -> HttpResponse | None:
    file, index_page = BytesIO(form.cleaned_data["file"]), form.cleaned_data["index_page"]
    try:
        if is_provider_archive(file):
            arrived_all = actions.receive_provider(file, index_page, by=request.user, key=key)
            return _said(request, arrived_all)
        arrived = share.receive(read(file.getvalue()), index_page, by=request.user, key=key)
    except BadPackage as bad:
        for sentence in in_words(bad):
            form.add_error("file", sentence)
        return None
    messages.success(request, _("Der Kurs ist da, als Entwurf. Veröffentlicht ist nichts."))
    say_what_stayed_behind(request, arrived)
    return redirect("desk:course", arrived.course.pk)


def _said(request: HttpRequest, courses: list[share.ArrivedCourse]) -> HttpResponse:
    """All courses of a provider have come at once."""
    text = ngettext(
        "%(count)s Kurs ist da, als Entwurf. Veröffentlicht ist nichts.",
        "%(count)s Kurse sind da, als Entwürfe. Veröffentlicht ist nichts.",
        len(courses),
    )
    messages.success(request, text % {"count": len(courses)})
    for arrived in courses:
        say_what_stayed_behind(request, arrived)
    return redirect("desk:board")


def say_what_stayed_behind(request: HttpRequest, arrived: share.ArrivedCourse) -> None:
    if arrived.withheld:
        text = ngettext(
            "Eine Datei durften wir nicht übernehmen, sie war nur für das Original erlaubt: %(names)s",
            "%(count)s Dateien durften wir nicht übernehmen, sie waren nur für das Original erlaubt: %(names)s",
            len(arrived.withheld),
        )
        names = {"count": len(arrived.withheld), "names": ", ".join(arrived.withheld)}
        messages.warning(request, text % names)
    if arrived.left_out:
        text = _("Diese Sprachen gibt es hier nicht, sie fehlen: %(codes)s")
        messages.info(request, text % {"codes": ", ".join(arrived.left_out)})
