"""Rooms meet in templates: the pages to sign in and up say what comes along into the account."""

from django import template

from learning.unsaved_answers import kept_in

register = template.Library()


@register.simple_tag(takes_context=True)
def kept_answers(context: template.Context) -> int:
    """How many the cookie keeps; what lies in the tab only its script can count."""
    return len(kept_in(context["request"]))
