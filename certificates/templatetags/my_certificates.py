"""Rooms meet in templates: the dashboard of `learning` shows certificates without knowing them."""

from typing import Any

from django import template

from certificates.wallet import certificates_of

register = template.Library()


@register.simple_tag(takes_context=True)
def my_certificates(context: template.Context) -> list[dict[str, Any]]:
    """The signed-in learner's certificates; see `certificates.wallet`."""
    return certificates_of(context["request"].user)


@register.simple_tag(takes_context=True)
def certificate_for(context: template.Context, enrolment: int) -> dict[str, Any] | None:
    """The newest one of a course they have finished; None while there is none to speak of."""
    certificates = certificates_of(context["request"].user)
    return next((each for each in certificates if each["enrolment"] == enrolment), None)
