"""A link as a QR code, on pages of other rooms."""

from django import template
from django.utils.safestring import SafeString

from certificates.paper import qr

register = template.Library()


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """As inline SVG, for a box of the class `ls-qr`."""
    return qr.svg(text)
