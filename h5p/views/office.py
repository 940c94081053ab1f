"""The office looks after content types: it installs them for the whole city, judges them, and answers requests for more."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from h5p import actions, queries, tasks
from h5p.advice import as_problems, in_words
from h5p.forms import DeclineForm, LibrariesForm, OfficeWordsForm
from h5p.models import Upload
from h5p.queries import office
from h5p_lite import verdicts
from providers.decorators import needs
from providers.permissions import Right

AGAIN = "2"  # seconds until the page of a running upload looks again
RUNNING = (Upload.State.WAITING, Upload.State.RUNNING)


@require_http_methods(["GET", "POST"])
@needs(Right.LIBRARIES)
def libraries(request: HttpRequest) -> HttpResponse:
    """Everything that is installed. POST takes a package of libraries in."""
    form = LibrariesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        received = actions.receive_libraries(
            sent["file"], keeps_rights=sent["keeps_rights"], by=request.user
        )
        transaction.on_commit(partial(tasks.process.delay, received.pk), robust=True)
        return redirect("h5p_office:upload", received.pk)
    context = {"installed": office.installed_libraries(), "form": form}
    return render(request, "h5p/office/list.html", context, status=400 if form.errors else 200)


@require_GET
@needs(Right.LIBRARIES)
def upload(request: HttpRequest, upload: int) -> HttpResponse:
    """How far an upload is, and what came of it."""
    shown = office.office_upload(upload)
    if not shown:
        raise Http404
    context = shown_upload(shown) | {"brought": office.brought(shown)}
    response = render(request, "h5p/office/upload.html", context)
    if shown.state in RUNNING:
        response["Refresh"] = AGAIN
    return response


def shown_upload(upload: Upload) -> dict[str, Any]:
    """An upload in words, for this page and for the desk's."""
    done, total = cache.get(tasks.progress_key(upload.pk)) or (0, 0)
    return {
        "upload": upload,
        "running": upload.state in RUNNING,
        "done": done,
        "total": total,
        "problems": in_words(as_problems(upload.problems)),
    }


@require_http_methods(["GET", "POST"])
@needs(Right.LIBRARIES)
def library(request: HttpRequest, library: int) -> HttpResponse:
    """One content type: what it needs, who needs it, how accessible it is. POST keeps what the office says."""
    details = office.detail(library)
    if not details:
        raise Http404
    form = OfficeWordsForm(request.POST or None, instance=details.library)
    if request.method == "POST" and form.is_valid():
        actions.judge_library(library, by=request.user, **form.cleaned_data)
        messages.success(request, _("Gemerkt. Das gilt ab jetzt für alle Anbieter."))
        return redirect("h5p_office:library", library)
    context = {
        "detail": details,
        "library": details.library,
        "sources": verdicts.sources(details.library),
        "form": form,
    }
    return render(request, "h5p/office/library.html", context, status=400 if form.errors else 200)


@require_POST
@needs(Right.LIBRARIES)
def roll_back(request: HttpRequest, library: int) -> HttpResponse:
    """Use the former patch again."""
    former = actions.take_back_library(library, by=request.user)
    if not former:
        raise Http404
    text = _("Jetzt gilt wieder Version %(version)s.") % {"version": former.version}
    messages.success(request, text)
    return redirect("h5p_office:library", former.pk)


@require_POST
@needs(Right.LIBRARIES)
def test_again(request: HttpRequest, library: int) -> HttpResponse:
    """Have a browser look for barriers again."""
    if not queries.is_active(library):
        raise Http404
    transaction.on_commit(partial(tasks.test_for_barriers.delay, library), robust=True)
    messages.info(request, _("Die Prüfung läuft. Laden Sie die Seite in einer Minute neu."))
    return redirect("h5p_office:library", library)


@require_http_methods(["GET", "POST"])
@needs(Right.LIBRARIES)
def decline(request: HttpRequest, library_request: int) -> HttpResponse:
    """Say no to a request, with a reason."""
    asked = office.open_request(library_request)
    if not asked:
        raise Http404
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not actions.decline_request(library_request, by=request.user, **form.cleaned_data):
            raise Http404
        messages.success(request, _("Der Anbieter liest Ihre Antwort bei seinen Aktivitäten."))
        return redirect("h5p_office:list")
    context = {"library_request": asked, "form": form}
    return render(request, "h5p/office/decline.html", context, status=400 if form.errors else 200)
