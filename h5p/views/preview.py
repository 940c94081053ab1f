"""An activity as learners will see it, in the same sandbox. What it reports is shown and not kept."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from h5p import actions
from h5p.actions.contents import Draft, draft_of, uses
from h5p.player import play
from h5p.queries import desk
from h5p.queries.upgrades import newer_versions
from h5p.views.content import own
from h5p_lite.core.upgrading import CannotUpgrade
from h5p_lite.models import Content, Library, Revision
from h5p_lite.player_page import PlayedRevision
from h5p_lite.queries.revisions import revision_of
from h5p_lite.queries.semantics import cleaned


@require_GET
def preview(request: HttpRequest, activity: int) -> HttpResponse:
    """`?stand=`: the number of a revision; without it, the newest."""
    content = own(request, activity)
    revision = _revision(request, content)
    newest = content.newest
    former = revision.number != newest.number
    address = reverse("activities:player", args=[content.pk])
    context = {
        "content": content,
        "revision": revision,
        "former": former,
        "address": f"{address}?stand={revision.number}" if former else address,
        "open": revision.metadata.get("open"),
        "judged": desk.judged(revision.uses, desk.installed()),
    }
    return render(request, "h5p/desk/preview.html", context)


@require_GET
def player(request: HttpRequest, activity: int) -> HttpResponse:
    """The page in the sandbox. `?stand=` as above; `?auf=`: as it would be with that newer library."""
    content = own(request, activity)
    revision = _revision(request, content)
    draft = draft_of(revision)
    if "auf" in request.GET:
        try:
            draft = actions.upgraded(revision, _newer(revision, request.GET["auf"]).name)
        except CannotUpgrade:
            raise Http404 from None
    return play(request, _played(content, revision, draft), one_by_one="one-by-one" in request.GET)


def _played(content: Content, revision: Revision, draft: Draft) -> PlayedRevision:
    """What is not complete yet is played as far as it goes."""
    params = dict(draft.params)
    if revision.metadata.get("open"):
        with suppress(LookupError):  # the player says so when its type is missing
            params = cleaned(draft.library, params, files=draft.files)
    return PlayedRevision(
        revision=revision.pk,
        library=str(draft.library),
        uses=uses(draft._replace(params=params)),
        params=params,
        metadata=dict(draft.metadata),
        title=content.title,
        language=content.language,
    )


@require_http_methods(["GET", "POST"])
def upgrade(request: HttpRequest, activity: int, library: int) -> HttpResponse:
    """What the activity would be with a newer version of its type. POST does it."""
    content = own(request, activity)
    newest = content.newest
    target = _newer(newest, str(library))
    reason = ""
    try:
        if request.method == "POST":
            actions.upgrade_content(content, target.name, by=request.user)
            text = _("Die Aktivität hat jetzt Version %(version)s.")
            messages.success(request, text % {"version": target.version})
            return redirect("activities:activity", content.pk)
        actions.upgraded(newest, target.name)
    except CannotUpgrade as wrong:
        reason = str(wrong)
    address = reverse("activities:player", args=[content.pk])
    context = {
        "content": content,
        "library": target,
        "reason": reason,
        "address": f"{address}?auf={target.pk}",
    }
    return render(request, "h5p/desk/upgrade.html", context)


def _revision(request: HttpRequest, content: Content) -> Revision:
    revision = revision_of(content, request.GET.get("stand", ""))
    if not revision:
        raise Http404
    return revision


def _newer(revision: Revision, pk: str) -> Library:
    for library in newer_versions(revision.library):
        if str(library.pk) == pk:
            return library
    raise Http404
