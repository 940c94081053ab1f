"""What a field of the writing desk offers, and what was wrong with a file."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

from courses.actions.credits import focus_of, words_of_credit
from courses.credit_forms import OriginForm
from courses.licences import OWN, lacks
from courses.models import Credit
from courses.models.parts import OF_FIELD
from courses.press import files
from courses.queries.course_at_desk import COURSE_DEPTH
from courses.queries.origins import changeable, chosen_in
from files import FILMS, ending_of

register = template.Library()
Offers = Mapping[str, list[tuple[int, str]]]


@register.filter
def offers(choices: Offers, kind: str) -> list[tuple[int, str]]:
    return choices.get(kind, []) if choices else []


@register.filter
def unlisted(choices: Offers, field: Any) -> bool:
    """Something is chosen that is not among what is offered: an older file, or one that was deleted."""
    value = field.value["image"] if field.kind == "picture" else field.value
    return bool(value) and value not in {pk for pk, _title in offers(choices, field.kind)}


@register.filter
def said(wrong: Mapping[str, str] | str, name: str) -> str:
    return wrong.get(name, "") if isinstance(wrong, Mapping) else ""


@register.filter
def film_address(pk: int | None) -> str:
    """Where the film of a block can be played, and wound on, at the desk; empty where there is none."""
    film = get_document_model().objects.filter(pk=pk).first() if pk else None
    if not film or ending_of(film.filename) not in FILMS:
        return ""
    try:
        return files.keep_document(film).url
    except OSError:
        return ""


@register.simple_tag(takes_context=True)
def origin_of(context: Mapping[str, Any], field: Any) -> dict[str, Any]:
    """Whose work the chosen file is; empty where nothing is chosen, or somebody else's house has to say it."""
    pk, person = chosen_in(field), context["request"].user
    thing = changeable(field.kind, pk, by=person) if pk else None
    if thing is None:
        return {}
    words = words_of_credit(thing)
    other = words.get("licence", OWN) != OWN
    return {
        "pk": thing.pk,
        "other": other,
        "form": OriginForm(initial=words if other else {}, prefix=f"{field.name}-her"),
        "licences": [(code, name) for code, name in Credit.Licence.choices if code != OWN],
        "licence": words.get("licence") if other else Credit.Licence.PERMISSION,
        "missing": lacks(words["licence"], author=words["author"], link=words["link"])
        if other
        else [],
    }


@register.filter
def pictured(field: Any) -> dict[str, Any]:
    """The picture that a field has chosen: nobody describes what they do not see. Empty where there is none."""
    pk = chosen_in(field) if field.kind in ("picture", "image") else None
    image = get_image_model().objects.filter(pk=pk).first() if pk else None
    try:
        return files.image_context(image) if image else {}
    except SourceImageIOError:
        return {}


@register.filter
def cut(pk: int) -> dict[str, Any]:
    """A picture, and how a card shows it: cut around what must stay in it."""
    image = get_image_model().objects.get(pk=pk)
    try:
        whole = files.image_context(image)
    except SourceImageIOError:
        return {}
    left, top = focus_of(image)
    return {"whole": whole, "card": files.card_context(image), "left": left, "top": top}


@register.filter
def place(comment: Any) -> str:
    """Where a comment was made: a block of a step at the writing desk, a part of the plan. It reads "body.<block>.<field>"."""
    field, _dot, rest = comment.contentpath.partition(".")
    if comment.page.depth == COURSE_DEPTH:
        return (
            f"{reverse('desk:plan', args=[comment.page_id])}#block-{OF_FIELD.get(field, 'titel')}"
        )
    block = rest.partition(".")[0] if field == "body" else ""
    return reverse("writing:step", args=[comment.page_id]) + (f"#block-{block}" if block else "")


@register.filter
def remark_address(comment: Any, course: int) -> str:
    """Where a comment is answered and settled."""
    part = ".".join(comment.contentpath.split(".")[:2])
    return f"{reverse('desk:remarks', args=[course])}?seite={comment.page_id}#{part}"


@register.simple_tag
def form_number() -> str:
    """Of one form on one page: what it asks for is done once, however often it is sent."""
    return str(uuid.uuid4())
