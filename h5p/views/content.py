"""One activity: what it is, what is said about it, what it said before, and taking it away or along."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from h5p import actions
from h5p.advice import as_problems, in_words
from h5p.forms import AboutForm, languages
from h5p.queries import desk
from h5p.queries.packing import Packed, carried_copy, package_of
from h5p.queries.upgrades import newer_versions
from h5p.views.outside import outside
from h5p_lite.core.carrying import Kind
from h5p_lite.core.package import Refused
from h5p_lite.core.spoken import UNKNOWN
from h5p_lite.models import Content, Revision
from words.numbers import whole_number

H5P_TYPE = "application/zip"  # .h5p has no type of its own
SAID = ("license", "licenseVersion", "source", "yearFrom")


def own(request: HttpRequest, activity: int) -> Content:
    """404 for an activity of a provider one does not write for."""
    return get_object_or_404(desk.activities_at_desk(request.user), pk=activity)


@require_GET
def activity(request: HttpRequest, activity: int) -> HttpResponse:
    """What it is, how accessible it is, where it is used, and what can be done with it."""
    content = own(request, activity)
    newest = content.newest
    libraries = desk.installed()
    context = {
        "content": content,
        "contents": [content],
        "revision": newest,
        "open": newest.metadata.get("open"),
        "language": dict(languages(content.language))[content.language],
        "type": libraries.get(newest.library),
        "judged": desk.judged(newest.uses, libraries),
        "counted": desk.counted(newest, libraries),
        "elsewhere": outside(content, newest),
        "problems": in_words(as_problems(desk.problems_of(content))),
        "newer": newer_versions(newest.library)[:1],
    }
    return render(request, "h5p/desk/activity.html", context)


@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, activity: int) -> HttpResponse:
    """Title, language, whose it is, and whether learners may take it along."""
    content = own(request, activity)
    newest = content.newest
    form = AboutForm(
        request.POST or None, language=content.language, initial=_said(content, newest)
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        metadata = {name: asked[name] for name in SAID}
        actions.change_content(
            content,
            title=asked["title"],
            language=asked["language"],
            reuse=asked["reuse"],
            by=request.user,
            metadata=metadata | {"authors": _authors(asked["authors"], newest)},
        )
        messages.success(request, _("Gespeichert."))
        return redirect("activities:activity", content.pk)
    context = {"content": content, "form": form}
    return render(request, "h5p/desk/about.html", context, status=400 if form.errors else 200)


def _said(content: Content, newest: Revision) -> dict[str, Any]:
    authors = [each.get("name", "") for each in newest.metadata.get("authors") or ()]
    return {
        "title": content.title,
        "language": "" if content.language == UNKNOWN else content.language,
        "reuse": content.reuse,
        "license": "U",
        "authors": "\n".join(authors),
        **{name: newest.metadata[name] for name in SAID if newest.metadata.get(name)},
    }


def _authors(lines: str, newest: Revision) -> list[dict[str, str]]:
    """Authors who were named before keep their role."""
    roles = {each.get("name"): each.get("role") for each in newest.metadata.get("authors") or ()}
    names = dict.fromkeys(line.strip()[:255] for line in lines.splitlines() if line.strip())
    return [{"name": name, "role": roles.get(name) or "Author"} for name in names]


@require_http_methods(["GET", "POST"])
def revisions(request: HttpRequest, activity: int) -> HttpResponse:
    """What it said before. POST brings the revision `stand` back as the newest one."""
    content = own(request, activity)
    if request.method == "POST":
        revision = get_object_or_404(
            content.revisions, number=whole_number(request.POST.get("stand")) or 0
        )
        actions.restore(content, revision, by=request.user)
        text = _("Stand %(number)s ist zurückgeholt.") % {"number": revision.number}
        messages.success(request, text)
        return redirect("activities:revisions", content.pk)
    all_of_them = content.revisions.defer("params", "files").order_by("-number")
    listed = all_of_them[:MOST]
    context = {"content": content, "revisions": listed, "more": all_of_them[MOST : MOST + 1]}
    return render(request, "h5p/desk/revisions.html", context)


MOST = 100  # revisions that are listed


@require_GET
def file(request: HttpRequest, activity: int) -> FileResponse | HttpResponse:
    """The activity with everything it needs, for other platforms and for keeping: a .h5p file, or by `?als=` of `Kind`."""
    content = own(request, activity)
    newest = content.newest
    judged = desk.judged(newest.uses, desk.installed())
    if judged.missing:
        text = _("Das geht gerade nicht. Es fehlt: %(names)s")
        messages.error(request, text % {"names": ", ".join(judged.missing)})
        return redirect("activities:activity", content.pk)
    uses = tuple(newest.library.parse(name) for name in newest.uses)
    what = Packed(newest.library, uses, newest.params, newest.metadata, newest.files)
    kind = _asked(request)
    try:
        packed = carried_copy(what, kind) if kind else package_of(what)
    except Refused as refused:
        for sentence in in_words(refused.problems):
            messages.error(request, sentence)
        return redirect("activities:activity", content.pk)
    name = f"{slugify(content.title) or 'aktivitaet'}{kind.ending if kind else '.h5p'}"
    media_type = kind.media_type if kind else H5P_TYPE
    return FileResponse(packed, as_attachment=True, filename=name, content_type=media_type)


def _asked(request: HttpRequest) -> Kind | None:
    """`?als=`; None: as a .h5p file. 404 for what there is not."""
    asked = request.GET.get("als", "")
    if not asked:
        return None
    try:
        return Kind(asked)
    except ValueError as wrong:
        raise Http404 from wrong


@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest, activity: int) -> HttpResponse:
    """Out of the way, or back."""
    content = own(request, activity)
    if request.method == "POST":
        away = not content.archived_at
        actions.archive(content, by=request.user, away=away)
        done = _("Die Aktivität liegt im Archiv."), _("Die Aktivität ist wieder da.")
        messages.success(request, done[0] if away else done[1])
        return redirect("activities:list")
    return render(request, "h5p/desk/archive.html", {"content": content, "contents": [content]})


@require_POST
def double(request: HttpRequest, activity: int) -> HttpResponse:
    """The same again, to make something else of it. Sent twice it is there twice: nobody can tell whether that was meant."""
    content = own(request, activity)
    title = _("%(title)s (Kopie)") % {"title": content.title[:240]}
    copy = actions.duplicate(content, title=title, by=request.user)
    messages.success(request, _("Das ist Ihre Kopie. Was Sie hier ändern, ändert nur sie."))
    return redirect("activities:edit", copy.pk)
