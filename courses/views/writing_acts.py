"""Acts at the writing desk beside writing: insert, move, copy, delete, send to another step, name, undo."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accessibility.advice import REPAIRS
from courses import actions, block_forms, queries
from courses.actions import at_the_desk, write
from courses.models import CoursePage, LessonPage
from courses.queries import writing as desk
from courses.views.writing_parts import (
    home_of,
    number_of,
    one_block,
    own_step,
    palette,
    refused,
    saved_at,
    stored_step,
    wants_part,
)
from words.numbers import whole_number

LONGEST_TITLE = 255
MOST_MINUTES = 600


@require_POST
def begin(request: HttpRequest, course_page: int) -> HttpResponse:
    """A new step at the end of a course."""
    course = get_object_or_404(
        CoursePage.objects.filter(pk__in=queries.courses_at_desk(request.user)), pk=course_page
    )
    if not course.permissions_for_user(request.user).can_add_subpage():
        raise Http404
    number = number_of(request, "begin")
    step = at_the_desk.begin_step(course, title=_("Ohne Namen"), by=request.user, form=number)
    return redirect("writing:step", step.pk)


@require_POST
def add(request: HttpRequest, lesson_page: int) -> HttpResponse:
    """A new block of a `kind`, behind the block `nach`."""
    page = stored_step(request, lesson_page)
    kind = request.POST.get("kind", "")
    if kind not in block_forms.KINDS:
        raise Http404
    after = request.POST.get("nach", "")
    try:
        value, number = block_forms.new_value(kind), number_of(request, f"{kind} {after}")
        saved = write.add_block(page, kind, value, after=after, by=request.user, form=number)
    except actions.Locked:
        return _locked(request, page)
    if wants_part(request):
        return _with_item(request, saved, opened=True)
    return redirect("writing:block", page.pk, saved.block)


@require_POST
def arrange(request: HttpRequest, lesson_page: int, block: UUID) -> HttpResponse:
    """`do`: up, down, copy, remove, send (to the step `schritt`), or mend (what `regel` has found at the words `stelle`)."""
    page = stored_step(request, lesson_page)
    do, at = request.POST.get("do", ""), str(block)
    if do not in ACTS:
        raise Http404
    try:
        number = number_of(request, f"{do} {at}")
        saved = ACTS[do](request, page, at, by=request.user, form=number)
    except actions.Locked:
        return _locked(request, page)
    except write.Gone:
        return _answer(request, page, _("Diesen Block gibt es nicht mehr."), status=410)
    except NothingToMend:
        says = _("Diese Stelle steht nicht mehr im Text.")
        return _answer(request, page, says, at=at, reload=True)
    if do == "copy" and wants_part(request):
        return _with_item(request, saved, opened=False)
    stays = "" if do in ("remove", "send") else saved.block
    return _answer(request, saved.page, _said(do, saved), at=stays, reload=do == "mend")


def _send(request: HttpRequest, page: LessonPage, at: str, **more: Any) -> write.Saved:
    number = whole_number(request.POST.get("schritt", ""))
    siblings = LessonPage.objects.sibling_of(page, inclusive=False)
    target = siblings.filter(pk=number).first() if number is not None else None
    if target is None:
        raise Http404
    return write.send_block(page, at, to=target, **more)


class NothingToMend(Exception):
    """What was found is not in the block any more."""


def _mend(request: HttpRequest, page: LessonPage, at: str, **more: Any) -> write.Saved:
    """Upon the words as they are stored now: what is not found in them any more is not mended twice."""
    finding = request.POST.get("regel", ""), request.POST.get("stelle", "")
    if finding[0] not in REPAIRS:
        raise Http404
    lang = page.locale.language_code

    def change(now: dict[str, Any]) -> tuple[str, Any]:
        value = block_forms.repaired(now["type"], now["value"], finding, lang)
        if value == now["value"]:
            raise NothingToMend
        return now["type"], value

    return write.write_block(page, at, change, base="", by=more["by"])


ACTS: dict[str, Any] = {
    "up": lambda _request, page, at, **more: write.move_block(page, at, places=-1, **more),
    "down": lambda _request, page, at, **more: write.move_block(page, at, places=1, **more),
    "copy": lambda _request, page, at, **more: write.copy_block(page, at, **more),
    "remove": lambda _request, page, at, **more: write.remove_block(page, at, **more),
    "send": _send,
    "mend": _mend,
}


def _said(do: str, saved: write.Saved) -> str:
    ids = [raw["id"] for raw in write.body_of(saved.page)]
    if do in ("up", "down"):
        place = ids.index(saved.block) + 1
        return _("Jetzt auf Platz %(place)s von %(count)s.") % {"place": place, "count": len(ids)}
    says = {
        "copy": _("Verdoppelt."),
        "remove": _("Gelöscht. Mit „Rückgängig“ ist es wieder da."),
        "send": _("In den anderen Schritt gelegt, ans Ende."),
        "mend": _("Behoben. Mit „Rückgängig“ ist es wieder, wie es war."),
    }
    return str(says[do])


@require_POST
def name(request: HttpRequest, lesson_page: int) -> HttpResponse:
    """What the step is called, how long it takes, and whether it can be read without an account."""
    page = stored_step(request, lesson_page)
    try:
        saved = name_as_sent(request, page)
    except actions.Locked:
        return _locked(request, page)
    except NotTaken as wrong:
        if wants_part(request):
            return refused(str(wrong), wrong.status, now=wrong.now)
        messages.error(request, str(wrong))
        return redirect(home_of(page))
    return _answer(request, saved.page, saved_at())


class NotTaken(Exception):
    """Why a field was not stored, in a sentence. `now`: {name of its field: what it is}, where somebody has changed it."""

    def __init__(self, says: str, status: int, now: dict[str, Any] | None = None) -> None:
        super().__init__(says)
        self.status, self.now = status, now or {}


def name_as_sent(request: HttpRequest, page: LessonPage) -> write.Saved:
    """Minutes that are no number stay as they were, and the rest is stored. Raises NotTaken, actions.Locked."""
    fields = _head_of(request)
    try:
        saved = write.name_step(page, by=request.user, upon=_head_of(request, "war-"), **fields)
    except write.Renamed as found:
        said = {"now": found.now, "mine": fields[found.name]}
        says = (
            _("Der Schritt heißt inzwischen „%(now)s“. Nicht gespeichert ist „%(mine)s“.") % said
            if found.name == "title"
            else _("Die Minuten sind inzwischen %(now)s. Nicht gespeichert ist %(mine)s.") % said
        )
        again = _("Schreiben Sie es noch einmal, dann gilt Ihres.")
        now = {"titel" if found.name == "title" else "minuten": found.now}
        raise NotTaken(f"{says} {again}", 409, now) from None
    if "minuten" in request.POST and "minutes" not in fields:
        raise NotTaken(_("Bitte eine Zahl von 1 bis 600. Die Minuten sind, wie sie waren."), 400)
    return saved


def _head_of(request: HttpRequest, former: str = "") -> dict[str, Any]:
    """What is called how, as it was sent; `former` begins the names of what it was when they began."""
    sent = request.POST
    fields: dict[str, Any] = {}
    if f"{former}titel" in sent:
        title = " ".join(sent[f"{former}titel"].replace("\0", "").split())
        fields["title"] = title[:LONGEST_TITLE] or _("Ohne Namen")
    minutes = whole_number(sent.get(f"{former}minuten", "").strip())
    if minutes is not None and 0 < minutes <= MOST_MINUTES:
        fields["minutes"] = minutes
    if f"{former}offen" in sent:
        fields["open"] = "1" in sent.getlist(f"{former}offen")
    return fields


@require_POST
def undo(request: HttpRequest, lesson_page: int) -> HttpResponse:
    """The last act of this person on this step."""
    return undo_on(request, stored_step(request, lesson_page))


def undo_on(request: HttpRequest, page: write.Written) -> HttpResponse:
    try:
        shown = whole_number(request.POST.get("zuletzt", ""))
        saved = write.undo(page, by=request.user, shown=shown)
    except (write.Touched, write.Gone):
        says = _("Das geht nicht mehr: Inzwischen hat jemand anderes daran geschrieben.")
        return _answer(request, page, says, status=409)
    except actions.Locked:
        return _locked(request, page)
    if saved is None and shown is not None:  # sent twice
        return _answer(request, page, _("Zurückgenommen."), reload=True)
    if saved is None:
        return _answer(request, page, _("Es gibt nichts, was Sie zurücknehmen können."))
    return _answer(request, saved.page, _("Zurückgenommen."), at=saved.block, reload=True)


@require_POST
def here(request: HttpRequest, lesson_page: int) -> HttpResponse:
    """A sign of life of the desk's script; who else is there."""
    return here_on(request, own_step(request, lesson_page))


def here_on(request: HttpRequest, page: write.Written) -> HttpResponse:
    at_the_desk.be_seen(page, by=request.user)
    return JsonResponse({"others": others_in_words(desk.others_at(page, request.user))})


def others_in_words(others: list[str]) -> str:
    if not others:
        return ""
    return _("Auch hier: %(names)s") % {"names": ", ".join(others)}


def _with_item(request: HttpRequest, saved: write.Saved, *, opened: bool) -> HttpResponse:
    shown = one_block(saved.page, saved.block, opened=opened)
    context = {
        "page": saved.page,
        "home": home_of(saved.page),
        "piece": shown,
        "choices": desk.choices(saved.page.provider),
        "palette": palette(),
    }
    html = render_to_string("courses/writing/item.html", context, request)
    return JsonResponse({"says": saved_at(), "html": html, "block": saved.block})


def _answer(
    request: HttpRequest,
    page: write.Written,
    says: str,
    *,
    at: str = "",
    status: int = 200,
    reload: bool = False,
) -> HttpResponse:
    url = home_of(page) + (f"#block-{at}" if at else "")
    if wants_part(request):
        more = {"url": url} if reload else {}
        return JsonResponse({"says": says, **more}, status=status)
    (messages.success if status == 200 else messages.error)(request, says)
    return redirect(url)


def _locked(request: HttpRequest, page: write.Written) -> HttpResponse:
    says = _("Diese Seite ist gerade gesperrt.")
    if wants_part(request):
        return refused(says, 423)
    messages.error(request, says)
    return redirect(home_of(page))
