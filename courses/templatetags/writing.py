"""What a field of the writing desk offers, and what was wrong with a file."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from wagtail.documents import get_document_model

from courses.models.parts import OF_FIELD
from courses.queries.board import COURSE_DEPTH

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
    """Where the film of a block can be played at the desk; empty where there is none."""
    film = get_document_model().objects.filter(pk=pk).first() if pk else None
    return film.url if film else ""


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


@register.simple_tag
def form_number() -> str:
    """Of one form on one page: what it asks for is done once, however often it is sent."""
    return str(uuid.uuid4())
