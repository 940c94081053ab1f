"""Rooms meet in templates: the dashboard of `learning` shows certificates without knowing them."""

from typing import Any

from django import template
from django.urls import reverse

from certificates import queries, tokens

register = template.Library()


@register.simple_tag(takes_context=True)
def my_certificates(context: template.Context) -> list[dict[str, Any]]:
    """The signed-in learner's certificates; those still being made have no `url`."""
    return [_entry(held) for held in queries.mine(context["request"].user)]


def _entry(held: queries.Mine) -> dict[str, Any]:
    number = tokens.grouped(held.token) if held.token else ""
    state = "revoked" if held.revoked else "superseded" if held.superseded else "valid"
    return {
        "title": held.title or held.address.split("/")[1],
        "provider_name": held.provider_name,
        "brand": held.brand,
        "issued_at": held.issued_at,
        "url": reverse("certificates:certificate", args=[number]) if number else None,
        "pdf_url": reverse("certificates:pdf", args=[number])
        if number and not held.revoked
        else None,
        "state": state,
        "nameless": bool(number) and not held.name,
    }
