"""Where courses come from and go to: another provider, a file; and what became of an original."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses import queries
from courses.actions import share
from courses.advice import in_words
from courses.forms import AdoptForm
from courses.h5p_questions import SET, question_set
from courses.models import CoursePage
from courses.packages import BadPackage
from courses.queries import sharing as shared
from courses.views.beginning import Key, say_what_stayed_behind
from courses.views.once import makes_one_course
from h5p.queries.packing import Packed, package_of
from h5p_lite.core.loading import names_in


@require_http_methods(["GET", "POST"])
@makes_one_course
def adopt(request: HttpRequest, *, key: Key) -> HttpResponse:
    """Courses of others under an open licence; POST takes one over."""
    index_pages = shared.index_pages_for(request.user)
    if not index_pages:
        raise Http404
    form = AdoptForm(request.POST or None, index_pages=index_pages)
    if request.method == "POST" and form.is_valid():
        try:
            arrived = share.adopt_course(
                form.cleaned_data["course"],
                form.cleaned_data["index_page"],
                by=request.user,
                key=key,
            )
        except share.NotShared:
            messages.error(request, _("Diesen Kurs kann man nicht mehr übernehmen."))
            return redirect("desk:adopt")
        messages.success(request, _("Übernommen, als Entwurf. Herkunft und Lizenz stehen dabei."))
        say_what_stayed_behind(request, arrived)
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
@makes_one_course
def original(request: HttpRequest, course_page: int, *, key: Key) -> HttpResponse:
    """What has become of the course this one was copied from. POST: seen, or a fresh copy beside it (`act=copy`)."""
    page = get_object_or_404(
        queries.courses_at_desk(request.user).exclude(origin={}), pk=course_page
    )
    if request.method == "POST":
        if request.POST.get("act") == "copy":
            return _copy_anew(request, page, key)
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


def _copy_anew(request: HttpRequest, page: CoursePage, key: Key) -> HttpResponse:
    index_page = page.get_parent().specific
    try:
        arrived = share.adopt_course(page.origin["course"], index_page, by=request.user, key=key)
    except share.NotShared:
        messages.error(request, _("Das Original kann man nicht mehr übernehmen."))
        return redirect("desk:original", page.pk)
    messages.success(request, _("Die neue Ausgabe liegt als eigener Entwurf daneben."))
    say_what_stayed_behind(request, arrived)
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
