"""Playing a content: the page around it, the page in the sandbox, and what comes back."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from h5p_lite.access import access
from h5p_lite.models import Content
from h5p_lite.player_page import PlayedRevision, player_page
from h5p_lite.queries.active import newer_version
from h5p_lite.results.actions import TooMuch, save_state, saved_state, store_result
from h5p_lite.results.models import Attempt

MOST = 512 * 1024  # bytes of one report


@require_GET
@login_required
def content(request: HttpRequest, content: int) -> HttpResponse:
    """The content in its frame, what was reached, and what may be done with it."""
    played_content = get_object_or_404(access().visible(request.user), pk=content)
    mine = access().editable(request.user).filter(pk=played_content.pk).exists()
    context = {
        "content": played_content,
        "revision": played_content.newest,
        "open": played_content.newest.metadata.get("open"),
        "attempt": Attempt.objects.filter(content=played_content, user=request.user).first(),
        "may_edit": mine,
        "may_download": mine or played_content.reuse,
        "newer": newer_version(played_content.newest.library) if mine else None,
    }
    return render(request, "h5p_lite/content.html", context)


@require_GET
@login_required
def page(request: HttpRequest, content: int) -> HttpResponse:
    """The page in the sandbox. `?one-by-one`: every script by itself."""
    played_content = get_object_or_404(access().visible(request.user), pk=content)
    return player_page(
        request, played(played_content, user=request.user), one_by_one="one-by-one" in request.GET
    )


def played(content: Content, *, user: Any) -> PlayedRevision:
    newest = content.newest
    return PlayedRevision(
        revision=newest.pk,
        library=str(newest.library),
        uses=newest.uses,
        params=newest.params,
        metadata=newest.metadata,
        title=content.title,
        language=content.language,
        state=saved_state(content, user=user),
    )


@require_POST
@login_required
def state(request: HttpRequest, content: int) -> HttpResponse:
    """Where somebody stopped: {"revision": number, "state": …}."""
    played_content = get_object_or_404(access().visible(request.user), pk=content)
    sent = _sent(request)
    revision = get_object_or_404(played_content.revisions, number=_number(sent.get("revision")))
    try:
        save_state(played_content, revision, user=request.user, state=sent.get("state"))
    except TooMuch:
        return HttpResponse(status=413)
    return HttpResponse(status=204)


@require_POST
@login_required
def result(request: HttpRequest, content: int) -> HttpResponse:
    """What came out: {"revision": number, "statement": …, "parts": …}. Answered with the score that was counted here."""
    played_content = get_object_or_404(access().visible(request.user), pk=content)
    sent = _sent(request)
    revision = get_object_or_404(played_content.revisions, number=_number(sent.get("revision")))
    if not isinstance(sent.get("statement"), dict):
        raise Http404
    attempt = store_result(
        played_content,
        revision,
        user=request.user,
        result={"statement": sent["statement"], "parts": sent.get("parts")},
    )
    return JsonResponse({"score": attempt.score, "most": attempt.most})


def _number(sent: Any) -> int:
    whole = isinstance(sent, int) and not isinstance(sent, bool)
    return sent if whole and 0 < sent < 2**31 else 0


def _sent(request: HttpRequest) -> dict[str, Any]:
    """The body as JSON that a database can store. Anything else was not sent by a page of ours."""
    if len(request.body) > MOST:
        raise Http404
    try:
        parsed = json.loads(request.body)
        text = json.dumps(parsed, allow_nan=False, ensure_ascii=False)
        text.encode()  # half of a surrogate pair is nothing that a database stores
    except (ValueError, RecursionError) as wrong:
        raise Http404 from wrong
    if not isinstance(parsed, dict) or "\\u0000" in text:
        raise Http404
    return parsed
