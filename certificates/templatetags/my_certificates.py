"""Rooms meet in templates: the dashboard of `learning` shows certificates without knowing them."""

from typing import Any

from django import template
from django.urls import reverse

from certificates import queries, tokens

register = template.Library()


@register.simple_tag(takes_context=True)
def my_certificates(context: template.Context) -> list[dict[str, Any]]:
    """The signed-in learner's certificates; those still being made have no `url`."""
    user = context["request"].user
    return [_entry(held, name=user.name) for held in queries.mine(user)]


def _entry(held: queries.Mine, *, name: str) -> dict[str, Any]:
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
        # issued under another name (or none): she may have it issued anew
        "reissue_url": reverse("certificates:reissue", args=[number])
        if number and state == "valid" and held.name != name
        else None,
    }
