"""What the head of a provider reads of a certificate's state."""

from django import template

from certificates.models import Certificate
from certificates.verification.verdicts import STATES

register = template.Library()


@register.simple_tag
def state_of(certificate: Certificate) -> str:
    return str(STATES[certificate.state])
