"""What there is, how something comes in (a package, or from nothing), and how it leaves or follows a newer type."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from h5p_lite.access import access
from h5p_lite.actions import begin_content, take_package, upgrade_content
from h5p_lite.actions.packages import LibrariesMissing
from h5p_lite.advice import in_words
from h5p_lite.core.carrying import Kind
from h5p_lite.core.package import Refused
from h5p_lite.core.upgrading import CannotUpgrade
from h5p_lite.forms import NewForm, UploadForm
from h5p_lite.queries.active import content_types, newer_version
from h5p_lite.queries.carrying import carried_copy
from h5p_lite.queries.packing import package_of, packed
from h5p_lite.queries.titles import titled


@require_GET
@login_required
def contents(request: HttpRequest) -> HttpResponse:
    visible = access().visible(request.user).filter(archived_at=None).order_by("-changed_at", "-pk")
    context = {"contents": visible, "may_create": access().may_create(request.user)}
    return render(request, "h5p_lite/contents.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Take in a package. Its libraries are installed for those who may install; others get the content alone."""
    if not access().may_create(request.user):
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            taken = take_package(
                file.file,
                file.name,
                owner=access().owner_of_new(request.user),
                with_libraries=access().may_install(request.user),
                by=request.user,
            )
        except Refused as refused:
            for sentence in in_words(refused.problems):
                form.add_error("file", sentence)
        except LibrariesMissing as missing:
            text = _("Content types are missing: %(names)s. Ask somebody who may install them.")
            form.add_error("file", text % {"names": ", ".join(map(str, missing.names))})
        else:
            return _taken(request, taken)
    context = {"form": form}
    return render(request, "h5p_lite/upload.html", context, status=400 if form.errors else 200)


def _taken(request: HttpRequest, taken: Any) -> HttpResponse:
    if taken.new:
        text = _("Installed: %(names)s")
        messages.success(request, text % {"names": ", ".join(map(str, taken.new))})
    if taken.content is None:
        return redirect("h5p_lite:contents")
    return redirect("h5p_lite:content", taken.content.pk)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """From nothing: type, title, language."""
    if not access().may_create(request.user):
        raise Http404
    types = {str(library.name): library for library in titled(content_types())}
    form = NewForm(
        request.POST or None,
        types=[(name, library.shown_title) for name, library in types.items()],
        initial={"language": (get_language() or "en").partition("-")[0]},
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        content = begin_content(
            access().owner_of_new(request.user),
            types[asked["type"]].name,
            title=asked["title"],
            language=asked["language"],
            by=request.user,
        )
        return redirect("h5p_lite:edit", content.pk)
    context = {"form": form, "types": types}
    return render(request, "h5p_lite/new.html", context, status=400 if form.errors else 200)


@require_GET
@login_required
def package(request: HttpRequest, content: int) -> FileResponse | HttpResponse:
    """The content with everything it needs, for other platforms and for keeping."""
    shown_content = get_object_or_404(access().visible(request.user), pk=content)
    if (
        not shown_content.reuse
        and not access().editable(request.user).filter(pk=shown_content.pk).exists()
    ):
        raise Http404
    kind = _asked(request)
    what = packed(shown_content.newest)
    try:
        made = carried_copy(what, kind) if kind else package_of(what)
    except Refused as refused:
        for sentence in in_words(refused.problems):
            messages.error(request, sentence)
        return redirect("h5p_lite:content", shown_content.pk)
    name = f"{slugify(shown_content.title) or 'content'}{kind.ending if kind else '.h5p'}"
    media_type = kind.media_type if kind else "application/zip"
    return FileResponse(made, as_attachment=True, filename=name, content_type=media_type)


def _asked(request: HttpRequest) -> Kind | None:
    """`?as=`; None: as a .h5p file. 404 for what there is not."""
    asked = request.GET.get("as", "")
    try:
        return Kind(asked) if asked else None
    except ValueError as wrong:
        raise Http404 from wrong


@require_POST
@login_required
def upgrade(request: HttpRequest, content: int) -> HttpResponse:
    """To the newest version of its type."""
    shown_content = get_object_or_404(access().editable(request.user), pk=content)
    newer = newer_version(shown_content.newest.library)
    if newer is None:
        raise Http404
    try:
        upgrade_content(shown_content, newer, by=request.user)
    except CannotUpgrade as wrong:
        text = _("This content could not be upgraded: %(reason)s")
        messages.error(request, text % {"reason": wrong})
    else:
        messages.success(request, _("Upgraded to %(name)s.") % {"name": newer})
    return redirect("h5p_lite:content", shown_content.pk)
