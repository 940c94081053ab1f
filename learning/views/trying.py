"""A question is tried at the desk as learners answer it: graded like theirs, and nothing is stored."""

import re
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from courses import markers, press, quizzes
from courses.blocks import QUESTIONS
from courses.press.lessons import block_html
from courses.queries.lacking import lacks_of
from courses.queries.writing import steps_at_desk
from learning.views.answer import given_in
from learning.views.filling import at_their_places, csrf_field, feedback

#: On a learner's page a form goes to the step's door, by htmx; here it comes back to its own page.
ELSEWHERE = re.compile(r' (?:action|hx-[a-z-]+)="[^"]*"')


@require_http_methods(["GET", "POST"])
def try_out(request: HttpRequest, lesson_page: int, block: UUID) -> HttpResponse:
    """Of the newest draft; one that is not finished says what it lacks."""
    stored = get_object_or_404(steps_at_desk(request.user), pk=lesson_page)
    page = stored.get_latest_revision_as_object()
    asked = next((one for one in page.body if one.id == str(block)), None)
    if asked is None or asked.block_type not in QUESTIONS:
        raise Http404
    lacks = lacks_of(asked)
    context = {
        "page": page,
        "block": asked.id,
        "lacks": lacks,
        "html": "" if lacks else _shown(request, page, asked),
    }
    return render(request, "learning/try_out.html", context)


def _shown(request: HttpRequest, page: Any, asked: Any) -> SafeString:
    html = block_html(asked, page.locale.language_code)
    html = ELSEWHERE.sub("", markers.mixed(html, f"desk-{request.user.pk}"))
    said: dict[str, Any] = {}
    if request.method == "POST":
        grade = quizzes.grade(press.keys_of(page)[asked.id], given_in(request))
        said = {
            "after": {asked.id: feedback(grade.right, grade.said)},
            "given": {asked.id: grade.given},
            "places": {asked.id: at_their_places(grade.said)},
        }
    return SafeString(markers.fill(html, csrf=csrf_field(request), **said))
