"""The new edition of a course, offered to somebody who has started with an older one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.queries.addresses import course_at
from learning import actions, queries
from learning.models import Enrolment


@login_required
@require_http_methods(["GET", "POST"])
def newer(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """What is new, what they keep; POST: move. Anyone who reads the newest edition is led back to it."""
    mine = get_object_or_404(
        Enrolment.objects.select_related("edition"),
        learner=request.user,
        course=course_at(provider, course),
        closed_at=None,
    )
    start = reverse("learning:start", args=[provider, course])
    edition = queries.newer_edition(mine, language=get_language() or "de")
    if not edition:
        return redirect(start)
    if request.method == "POST":
        actions.move_to_newest(mine)
        messages.success(
            request,
            _("Sie lernen jetzt mit der neuen Ausgabe. Was Sie geschafft haben, ist noch da."),
        )
        return redirect(start)
    facts = mine.edition.printed_lessons.filter(position=0, language="de").latest("printing").facts
    context = {
        "course": {"title": facts["title"], "url": start},
        "newer": edition,
        "mine": mine,
        "begun": mine.done > 0,
    }
    return render(request, "learning/newer.html", context)
