"""A proof on the office's page."""

import re

from django import template
from django.utils.safestring import SafeString

register = template.Library()
HEADING = re.compile(r"(</?h)([2-5])\b")


@register.filter
def printed(html: str) -> SafeString:
    """HTML that the press has rendered and the database kept: only `courses.press.proof_of` writes it.

    Its headings go one level down, because the title of its page is a second one here.
    """
    return SafeString(HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", html))


@register.filter
def as_printed(html: str) -> SafeString:
    """As `printed`, where the title of the page is the first heading, as it is for learners."""
    return SafeString(html)


@register.filter
def place(part: dict[str, str], page: int) -> str:
    """Where a remark goes: "<page>:<path in Wagtail's editor>"."""
    return f"{page}:{part['path']}"
