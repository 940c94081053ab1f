"""The writing desk of one step: the sheet as learners get it, one block in the making, and the older states."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses import actions, block_forms, queries
from courses.actions import at_the_desk, write
from courses.models import CoursePage, LessonPage
from courses.queries import writing as desk
from courses.views import plan_parts, writing_files
from courses.views.writing_captions import take_captions
from courses.views.writing_origins import take_origins
from courses.views.writing_parts import (
    DeskBlock,
    Raw,
    home_of,
    lock_on,
    number_of,
    one_block,
    own_step,
    palette,
    refused,
    saved_at,
    shown_blocks,
    stored_step,
    wants_part,
)
from words.numbers import whole_number


@require_GET
def step(request: HttpRequest, lesson_page: int) -> HttpResponse:
    """The sheet. `?nach=<block>`: where something new shall stand (empty: at the beginning)."""
    page = own_step(request, lesson_page)
    lock = lock_on(page, request)
    if not lock:
        at_the_desk.be_seen(page, by=request.user)
    blocks = shown_blocks(page)
    context = {
        **frame(request, page),
        "blocks": blocks,
        "lock": lock,
        "palette": palette(),
        "after": request.GET.get("nach"),
        "open_things": [block for block in blocks if block.missing or block.findings],
        "others": desk.others_at(page, request.user),
        "last_act": None if lock else desk.last_act(page, request.user),
        "said": spoken(),
    }
    return render(request, "courses/writing/step.html", context)


def frame(request: HttpRequest, page: LessonPage) -> dict[str, Any]:
    """What stands around a step: its course, and the other steps."""
    course = page.get_parent().specific
    source = queries.source_course(course)
    steps = desk.outline(course)
    number = next((one.number for one in steps if one.pk == page.pk), 1)
    return {
        "page": page,
        "home": home_of(page),
        "course": course,
        "course_url": reverse("desk:plan", args=[source.pk]) if source else "",
        "course_title": course.draft_title or course.title,
        "steps": steps,
        "may_add": course.permissions_for_user(request.user).can_add_subpage(),
        "number": number,
        "before": next((one for one in steps if one.number == number - 1), None),
        "next": next((one for one in steps if one.number == number + 1), None),
    }


def spoken() -> dict[str, str]:
    """Sentences of the script."""
    return {
        "saving": _("Wird gespeichert …"),
        "offline": _("Ohne Internet. Wir merken es uns auf diesem Gerät."),
        "kept": _(
            "Auf diesem Gerät liegt noch etwas, das nicht gespeichert ist. Wir speichern es jetzt."
        ),
        "signedout": _(
            "Sie sind abgemeldet. Wir merken es uns auf diesem Gerät. Melden Sie sich neu an."
        ),
        "refused": _("Das ist noch nicht gespeichert. Wir merken es uns auf diesem Gerät."),
        "link": _("Wohin führt der Link? Zum Beispiel: https://www.stadt.example"),
        "letgo": _("Diese Worte löschen"),
    }


@require_http_methods(["GET", "POST"])
def block(request: HttpRequest, lesson_page: int, block: UUID) -> HttpResponse:
    """One block and its form. POST stores it, finished or not; `base` is what it was written upon."""
    return piece(request, stored_step(request, lesson_page), str(block))


def piece(request: HttpRequest, stored: write.Written, at: str) -> HttpResponse:
    """A block of a step, or a part of a course's plan."""
    if request.method == "POST":
        return _write(request, stored, at)
    page = stored.get_latest_revision_as_object()
    if wants_part(request):
        opened = request.GET.get("zu") is None
        return HttpResponse(_part(request, page, _piece(page, at, opened=opened)))
    return _plain(request, page, _piece(page, at, opened=True))


def _piece(page: write.Written, at: str, *, opened: bool = True) -> DeskBlock:
    of = plan_parts.one_part if isinstance(page, CoursePage) else one_block
    return of(page, at, opened=opened)


def _again(page: write.Written) -> Any:
    """The newest draft, as others have left it."""
    return type(page)._default_manager.get(pk=page.pk).get_latest_revision_as_object()


def _around(request: HttpRequest, page: write.Written) -> dict[str, Any]:
    if isinstance(page, CoursePage):
        up = {"course_url": reverse("desk:board"), "course_title": _("Unser Angebot")}
        return {"page": page, "course": page, "home": home_of(page), **up}
    return frame(request, page)


def _plain(
    request: HttpRequest, page: write.Written, shown: DeskBlock, **more: Any
) -> HttpResponse:
    context = {
        **_around(request, page),
        "piece": shown,
        "lock": lock_on(page, request),
        **_fields(page),
        **more,
    }
    template = f"courses/{_folder(page)}/plain.html"
    return render(request, template, context, status=more.get("status", 200))


def _part(request: HttpRequest, page: write.Written, shown: DeskBlock, **more: Any) -> str:
    template = "open" if shown.form else "closed"
    around = {"page": page, "home": home_of(page), "lock": None}
    context = {**around, "piece": shown, **_fields(page), **more}
    return render_to_string(f"courses/{_folder(page)}/{template}.html", context, request)


def _folder(page: write.Written) -> str:
    return "course_plan" if isinstance(page, CoursePage) else "writing"


def _fields(page: write.Written) -> dict[str, Any]:
    return {"choices": desk.choices(page.provider)}


def _write(request: HttpRequest, page: write.Written, at: str) -> HttpResponse:
    """Upon the block as it is stored now. Of a block that a colleague has changed meanwhile both states are shown."""
    wrong: dict[str, str] = {}

    def change(now: Raw) -> tuple[str, Any]:
        kind, value = block_forms.taken(now["type"], now["value"], request.POST)
        wrong.update(writing_files.take_files(request, page, kind, value))
        wrong.update(take_captions(request, kind, value))
        wrong.update(take_origins(request, kind, value))
        return kind, value

    try:
        if request.POST.get("behalten") == "beide":
            return _both(request, page, at, change)
        base = request.POST.get("base", "")
        saved = write.write_block(page, at, change, base=base, by=request.user)
    except write.Touched as found:
        return _versus(request, page, found)
    except write.Gone:
        return _gone(request, _again(page))
    except actions.Locked:
        return _locked(request, _again(page))
    return _saved(request, saved, at, wrong)


def _saved(
    request: HttpRequest, saved: write.Saved, at: str, wrong: dict[str, str]
) -> HttpResponse:
    page, do = saved.page, request.POST.get("do", "")
    if wants_part(request):
        data = {
            "says": " ".join(wrong.values()) or saved_at(),
            "base": write.fingerprint(saved.raw()),
            "bad": bool(wrong),
            "missing": _lacks(page, at),
        }
        if do or request.FILES or request.POST.get("fresh"):
            data["html"] = _part(request, page, _piece(page, at), wrong=wrong)
        return JsonResponse(data)
    if wrong:
        return _plain(request, page, _piece(page, at), wrong=wrong, status=400)
    if do and do != "save":
        return redirect(f"{home_of(page)}{at}/#formular")
    messages.success(request, saved_at() + ".")
    return redirect(f"{home_of(page)}#block-{at}")


def _lacks(page: write.Written, at: str) -> list[str]:
    if isinstance(page, CoursePage):
        return plan_parts.lacks_of_part(page, at)
    return queries.lacks_of(next(one for one in page.body if one.id == at))


def _versus(request: HttpRequest, page: write.Written, found: write.Touched) -> HttpResponse:
    """Both states of a block, and three ways on; what was typed stands in the form."""
    fresh = _again(page)
    shown = _piece(fresh, found.block["id"])
    form = block_forms.form_of(found.mine["type"], found.mine["value"])
    who = str(fresh.latest_revision.user or "") if fresh.latest_revision else ""
    more = {"theirs": shown.html, "their_base": shown.base, "who": who}
    if wants_part(request):
        html = _part(request, fresh, shown._replace(form=form), **more)
        return refused(_("Das hat inzwischen jemand anderes geändert."), html=html)
    return _plain(request, fresh, shown._replace(form=form), status=409, **more)


def _both(request: HttpRequest, page: write.Written, at: str, change: write.Change) -> HttpResponse:
    """What was typed is a block of its own behind the other one; a course has each of its parts once. Raises Gone."""
    if isinstance(page, CoursePage):
        raise write.Gone
    kind, value = change(write.block_of(page, at))
    new, number = write.with_new_ids(value), number_of(request, f"both {at}")
    saved = write.add_block(page, kind, new, after=at, by=request.user, form=number)
    url = f"{reverse('writing:step', args=[saved.page.pk])}#block-{saved.block}"
    if wants_part(request):
        return JsonResponse({"says": saved_at(), "url": url})
    return redirect(url)


def _gone(request: HttpRequest, page: write.Written) -> HttpResponse:
    says = _("Diesen Block hat inzwischen jemand gelöscht. Unten stehen Ihre Worte.")
    return _unsaved(request, page, says, 410)


def _locked(request: HttpRequest, page: write.Written) -> HttpResponse:
    says = _("Diese Seite ist gerade gesperrt. Unten stehen Ihre Worte.")
    return _unsaved(request, page, says, 423)


def _unsaved(request: HttpRequest, page: write.Written, says: str, status: int) -> HttpResponse:
    """With the script the words still stand in the form; without it they are shown."""
    if wants_part(request):
        return refused(says, status)
    words = [v for n, vs in request.POST.lists() if n.startswith("v") for v in vs if v.strip()]
    context = {**_around(request, page), "says": says, "words": words}
    return render(request, "courses/writing/lost.html", context, status=status)


@require_http_methods(["GET", "POST"])
def states(request: HttpRequest, lesson_page: int) -> HttpResponse:
    """Older states of a step. POST: one of them is the newest draft again."""
    return states_of(request, own_step(request, lesson_page))


def states_of(request: HttpRequest, page: write.Written) -> HttpResponse:
    if request.method == "POST":
        wanted = whole_number(request.POST.get("stand", ""))
        revision = page.revisions.filter(pk=wanted).first() if wanted is not None else None
        if revision is None:
            raise Http404
        try:
            write.bring_back_state(page, revision, by=request.user)
            messages.success(
                request, _("Der frühere Stand ist wieder da. Der andere steht weiter in der Liste.")
            )
        except actions.Locked:
            messages.error(request, _("Diese Seite ist gerade gesperrt."))
        return redirect(home_of(page))
    context = {
        **_around(request, page),
        "states": desk.states_of(page),
        "lock": lock_on(page, request),
    }
    return render(request, "courses/writing/states.html", context)
