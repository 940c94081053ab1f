"""The authors' desk for activities: what there is, what is on its way in, and how a new one begins."""

from functools import partial

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from h5p import actions, tasks
from h5p.actions.contents import begin_content
from h5p.forms import ActivityFileForm, NewActivityForm
from h5p.models import Upload
from h5p.queries import desk
from h5p.views.office import AGAIN, shown_upload

MOST_WORDS = 100  # letters of what is looked for


@require_GET
def activities(request: HttpRequest) -> HttpResponse:
    """All activities of the providers somebody writes for."""
    providers = desk.providers_of(request.user)
    pks = [provider.pk for provider in providers]
    rows = desk.activities(pks)
    context = {
        "providers": providers,
        "activities": [one for one in rows if not one.content.archived_at],
        "contents": [one.content for one in rows],
        "archive": [one for one in rows if one.content.archived_at],
        "uploads": [shown_upload(one) for one in desk.uploads_on_their_way(pks)],
        "requests": desk.answered_requests(pks),
    }
    return render(request, "h5p/desk/list.html", context)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take an activity from a file."""
    providers = desk.providers_of(request.user)
    form = ActivityFileForm(request.POST or None, request.FILES or None, providers=providers)
    if request.method == "POST" and form.is_valid():
        received = actions.receive(
            form.chosen,
            form.cleaned_data["file"],
            purpose=Upload.Purpose.CONTENT,
            by=request.user,
        )
        transaction.on_commit(partial(tasks.process.delay, received.pk), robust=True)
        return redirect("activities:uploaded", received.pk)
    context = {"form": form}
    return render(request, "h5p/desk/upload.html", context, status=400 if form.errors else 200)


@require_GET
def uploaded(request: HttpRequest, upload: int) -> HttpResponse:
    """How far it is. Once it is there, the activity itself."""
    providers = desk.providers_of(request.user)
    mine = Upload.objects.filter(provider__in=providers, purpose=Upload.Purpose.CONTENT)
    own_upload = get_object_or_404(mine, pk=upload)
    if own_upload.content_id:
        return redirect("activities:activity", own_upload.content_id)
    shown = shown_upload(own_upload)
    response = render(request, "h5p/desk/uploaded.html", shown)
    if shown["running"]:
        response["Refresh"] = AGAIN
    return response


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """An activity from nothing: its type, its title, its language."""
    types = desk.types()
    by_name = {str(one.name): one for one in types}
    form = NewActivityForm(
        request.POST or None,
        providers=desk.providers_of(request.user),
        types=[(name, one.library.shown_title) for name, one in by_name.items()],
        initial={"language": "de"},
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        content = begin_content(
            form.chosen,
            by_name[asked["type"]].name,
            title=asked["title"],
            language=asked["language"],
            by=request.user,
        )
        return redirect("activities:edit", content.pk)
    if request.method == "POST" and not types:
        raise Http404
    words = request.GET.get("q", "")[:MOST_WORDS].strip()
    shelves = desk.type_shelves(types, words)
    context = {"form": form, "types": types, "shelves": shelves, "q": words}
    return render(request, "h5p/desk/new.html", context, status=400 if form.errors else 200)
