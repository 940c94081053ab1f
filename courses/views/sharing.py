"""Where courses come from and go to: a template, a file, another provider; and what became of an original."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from courses import actions, queries
from courses.actions import share
from courses.actions.handouts import begin_from_handout
from courses.advice import in_words, stayed_in_words
from courses.forms import EMPTY, AdoptForm, HandoutForm, NewCourseForm, PackageForm
from courses.h5p_questions import SET, question_set
from courses.handouts import Handout
from courses.models import CoursePage
from courses.packages import BadPackage, read
from courses.packages.provider_archive import is_provider_archive
from courses.queries import sharing as shared
from courses.starters import course_of
from h5p.queries.packing import Packed, package_of
from h5p_lite.core.loading import names_in


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
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
        return _start(request, starting.cleaned_data)
    if handing.is_valid() and (begun := _begin_from(request, handing)):
        return begun
    if arriving.is_valid() and (arrived := _receive(request, arriving)):
        return arrived
    context = {"starting": starting, "arriving": arriving, "handing": handing}
    status = 400 if request.method == "POST" else 200
    return render(request, "courses/desk/new.html", context, status=status)


def _start(request: HttpRequest, asked: dict[str, Any]) -> HttpResponse:
    index_page, title = asked["index_page"], asked["title"]
    if asked["template"] == EMPTY:
        course = actions.begin_course(index_page, title=title, by=request.user)
    else:
        course = share.open_template(
            course_of(asked["template"]), title, index_page, by=request.user
        )
    messages.success(
        request,
        _("Der Kurs ist angelegt, als Entwurf. Schreiben Sie die Angaben und den ersten Schritt."),
    )
    return redirect("desk:plan", course.pk)


def _begin_from(request: HttpRequest, form: HandoutForm) -> HttpResponse | None:
    handout = form.cleaned_data["file"]
    try:
        course = begin_from_handout(handout, form.cleaned_data["index_page"], by=request.user)
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


def _receive(request: HttpRequest, form: PackageForm) -> HttpResponse | None:
    file, index_page = BytesIO(form.cleaned_data["file"]), form.cleaned_data["index_page"]
    try:
        if is_provider_archive(file):
            return _said(request, actions.receive_provider(file, index_page, by=request.user))
        arrived = share.receive(read(file.getvalue()), index_page, by=request.user)
    except BadPackage as bad:
        for sentence in in_words(bad):
            form.add_error("file", sentence)
        return None
    messages.success(request, _("Der Kurs ist da, als Entwurf. Veröffentlicht ist nichts."))
    _say_what_stayed_behind(request, arrived)
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
        _say_what_stayed_behind(request, arrived)
    return redirect("desk:board")


def _say_what_stayed_behind(request: HttpRequest, arrived: share.ArrivedCourse) -> None:
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


@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest) -> HttpResponse:
    """Courses of others under an open licence; POST takes one over."""
    index_pages = shared.index_pages_for(request.user)
    if not index_pages:
        raise Http404
    form = AdoptForm(request.POST or None, index_pages=index_pages)
    if request.method == "POST" and form.is_valid():
        try:
            arrived = share.adopt_course(
                form.cleaned_data["course"], form.cleaned_data["index_page"], by=request.user
            )
        except share.NotShared:
            messages.error(request, _("Diesen Kurs kann man nicht mehr übernehmen."))
            return redirect("desk:adopt")
        messages.success(request, _("Übernommen, als Entwurf. Herkunft und Lizenz stehen dabei."))
        _say_what_stayed_behind(request, arrived)
        return redirect("desk:course", arrived.course.pk)
    q = request.GET.get("q", "").replace("\0", "")[:100]
    own = [index_page.provider_id for index_page in index_pages]
    context = {
        "q": q,
        "courses": shared.adoptable(own, q),
        "most": shared.AT_MOST,
        "form": form,
        "index_pages": index_pages,
    }
    return render(request, "courses/desk/adopt.html", context, status=400 if form.errors else 200)


@require_GET
def package(request: HttpRequest, course_page: int) -> HttpResponse:
    """The course as a file: what is published, or the drafts of one that never was."""
    page = get_object_or_404(queries.courses_at_desk(request.user), pk=course_page)
    try:
        content = share.export_course(page, drafts=not page.live)
    except BadPackage as bad:
        for sentence in in_words(bad):
            messages.error(request, sentence)
        return redirect("desk:course", page.pk)
    name = slugify(page.title) or "kurs"
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


@require_GET
def questions(request: HttpRequest, course_page: int) -> HttpResponse | FileResponse:
    """The course's questions as an H5P activity, for other platforms: as its drafts are."""
    page = get_object_or_404(queries.courses_at_desk(request.user), pk=course_page)
    questions_found = shared.questions_of(page)
    exported = question_set(questions_found)
    if not exported.params["questions"]:
        messages.error(request, _("Dieser Kurs hat keine Fragen, die es auch in H5P gibt."))
        return redirect("desk:course", page.pk)
    about = {"title": page.title, "language": page.locale.language_code, "license": "U"}
    uses = (*names_in(exported.params), SET)
    packed = Packed(SET, uses, exported.params, about, {})
    name = f"{slugify(page.title) or 'fragen'}.h5p"
    return FileResponse(package_of(packed), as_attachment=True, filename=name)


@require_http_methods(["GET", "POST"])
def original(request: HttpRequest, course_page: int) -> HttpResponse:
    """What has become of the course this one was copied from. POST: seen, or a fresh copy beside it (`act=copy`)."""
    page = get_object_or_404(
        queries.courses_at_desk(request.user).exclude(origin={}), pk=course_page
    )
    if request.method == "POST":
        if request.POST.get("act") == "copy":
            return _copy_anew(request, page)
        share.mark_original_seen(page, by=request.user)
        messages.success(
            request, _("Gemerkt. Wir sagen wieder Bescheid, wenn es etwas Neues gibt.")
        )
        return redirect("desk:original", page.pk)
    newest = shared.newest_edition(page)
    context = {
        "course": page,
        "origin": page.origin,
        "newest": newest,
        "is_new": newest and newest.number > page.origin["edition"],
        "difference": shared.difference(page),
    }
    return render(request, "courses/desk/original.html", context)


def _copy_anew(request: HttpRequest, page: CoursePage) -> HttpResponse:
    index_page = page.get_parent().specific
    try:
        arrived = share.adopt_course(page.origin["course"], index_page, by=request.user)
    except share.NotShared:
        messages.error(request, _("Das Original kann man nicht mehr übernehmen."))
        return redirect("desk:original", page.pk)
    messages.success(request, _("Die neue Ausgabe liegt als eigener Entwurf daneben."))
    _say_what_stayed_behind(request, arrived)
    return redirect("desk:course", arrived.course.pk)


@require_GET
def competences(request: HttpRequest) -> HttpResponse:
    """DigComp's learning outcomes, to look up what a level means."""
    asked = {
        "competence": request.GET.get("kompetenz", "")[:3],
        "level": request.GET.get("niveau", "")[:16],
        "q": request.GET.get("q", "").replace("\0", "")[:100],
    }
    context = {"found": queries.outcomes(**asked), **asked, **queries.outcome_choices()}
    return render(request, "courses/desk/competences.html", context)
