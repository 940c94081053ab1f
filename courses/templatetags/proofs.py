"""A proof on the office's page."""

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def printed(html: str) -> SafeString:
    """HTML that the press has rendered and the database kept: only `courses.press.proof_of` writes it."""
    return SafeString(html)


@register.filter
def place(part: dict[str, str], page: int) -> str:
    """Where a remark goes: "<page>:<path in Wagtail's editor>"."""
    return f"{page}:{part['path']}"
