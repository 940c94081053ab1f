"""Whose work a chosen file is, and what must stay in a picture when it is cut: said where the file is chosen."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from courses import block_forms
from courses.actions.credits import credit, focus_of, focus_on, words_of_credit
from courses.block_forms import DeskField
from courses.credit_forms import OriginForm
from courses.licences import OWN
from courses.queries.origins import changeable, chosen_in
from courses.views.writing_files import places
from words.numbers import whole_number

ORIGIN = "-her"  # behind the name of the field


def take_origins(request: HttpRequest, kind: str, value: Any) -> dict[str, str]:
    """Store what was said of the files in `value`; {name of a field: what could not be stored}.

    A form that was made for another file than the one that is chosen now says nothing about it.
    """
    wrong: dict[str, str] = {}
    for field, thing in _told(request, kind, value):
        name = f"{field.name}{ORIGIN}"
        if says := _take_credit(request, thing, name):
            wrong[field.name] = says
        if field.key == "card_image":
            _take_focus(request, thing, name)
    return wrong


def _told(request: HttpRequest, kind: str, value: Any) -> Iterator[tuple[DeskField, Any]]:
    names = {name for name in request.POST if name.endswith(f"{ORIGIN}-von")}
    fields = block_forms.form_of(kind, value).fields if names else ()
    for field, _holder in places(fields, value):
        told = request.POST.get(f"{field.name}{ORIGIN}-von")
        if told and told == str(chosen_in(field) or ""):
            thing = changeable(field.kind, int(told), by=request.user)
            if thing is not None:
                yield field, thing


def _take_credit(request: HttpRequest, thing: Any, name: str) -> str:
    """Of one's own work nothing is kept that was not there before."""
    stored = words_of_credit(thing)
    other = stored.get("licence", OWN) != OWN
    if request.POST.get(f"{name}-fremd") == "0" and other:
        credit(thing, licence=OWN)
    if request.POST.get(f"{name}-fremd") != "1":
        return ""
    form = OriginForm(request.POST, prefix=name)
    words = form.words()
    if words != stored:
        credit(thing, **words)
    if form.bad_link:
        return _("Der Link ist keine Adresse: %(link)s") % {"link": form.bad_link}
    return ""


def _take_focus(request: HttpRequest, image: Any, name: str) -> None:
    sent = [whole_number(request.POST.get(f"{name}-{side}", "").strip()) for side in ("x", "y")]
    left, top = sent
    if left is None or top is None or max(left, top) > 100:
        return
    if (left, top) != focus_of(image):
        focus_on(image, left=left, top=top)
