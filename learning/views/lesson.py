"""The doors of the reading room: a lesson, the way into a course, and joining it."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.models import CatalogueEntry
from learning import actions, queries
from learning.models import Enrolment
from learning.views.filling import learner_html
from learning.views.open import show_closed, show_open
from learning.views.page import show


@require_safe
def lesson(request: HttpRequest, provider: str, course: str, lesson: str) -> HttpResponse:
    """Enrolled: their edition with their state. Otherwise: an open lesson of the current edition, or the way to a closed one."""
    address = (provider, course, lesson)
    where = {"address": f"{provider}/{course}", "lesson": lesson, "language": get_language()}
    mine = queries.my_lesson(request.user, **where) if request.user.is_authenticated else None
    if mine:
        html = learner_html(request, mine)
        return show(request, address, mine=mine, printed=mine.lesson, html=html)
    printed = queries.open_lesson(**where)
    if not printed:
        return show_closed(request, address)
    return show_open(request, address, printed)


@require_safe
def start(request: HttpRequest, provider: str, course: str) -> HttpResponseRedirect:
    """The way into a course: where they stopped, or its first lesson."""
    address = f"{provider}/{course}"
    if request.user.is_authenticated:
        mine = queries.my_courses(request.user, language=get_language() or "de")
        for running in mine:
            if running.address == address:
                slug = running.lesson["slug"]
                url = reverse("learning:lesson", args=[provider, course, slug])
                return redirect(f"{url}#weiter")
    first = queries.first_lesson(address)
    if not first:
        raise Http404
    return redirect("learning:lesson", provider, course, first)


@require_POST
def enrol(request: HttpRequest, provider: str, course: str) -> HttpResponseRedirect:
    """Keep my progress: needs an account, and comes back here after making one."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("learning:start", args=[provider, course]))
    entry = (
        CatalogueEntry.objects.select_related("edition")
        .filter(address=f"{provider}/{course}")
        .first()
    )
    if not entry:
        raise Http404
    try:
        mine = actions.enrol(request.user, entry)
    except actions.OtherSchool:
        text = _(
            "Mit einem Schul-Konto lernen Sie nur an Ihrer Schule. Offene Schritte können Sie überall lesen."
        )
        messages.error(request, text)
        return redirect("learning:dashboard")
    messages.success(request, _welcome(request, mine))
    step = request.POST.get("schritt", "")
    if queries.closed_step(f"{provider}/{course}", step, language=get_language() or "de"):
        return redirect("learning:lesson", provider, course, step)
    return redirect("learning:start", provider, course)


def _welcome(request: HttpRequest, mine: Enrolment) -> str:
    """With the way to the voluntary questions, once for each course they begin."""
    text = _("Sie sind dabei. Ihr Lernstand wird ab jetzt gespeichert.")
    if mine.done or not actions.may_be_asked(request.user):
        return text
    url = reverse("learning:voluntary", args=[mine.pk])
    return format_html('{} <a href="{}">{}</a>', text, url, _("Vier freiwillige Fragen"))
