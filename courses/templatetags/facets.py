"""The options of a facet. In Python, because a city has dozens of them on one page and a template node each is slow."""

from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def facet_options(facet: dict[str, Any]) -> SafeString:
    """One checkbox per option, with the number of courses it would leave."""
    return SafeString("\n".join(_option(facet["name"], o) for o in facet["options"]))


def _option(name: str, option: dict[str, Any]) -> str:
    checked = " checked" if option["on"] else ""
    return (
        f'<li><label class="ls-check"><input type="checkbox" name="{name}" value="{escape(option["value"])}"{checked}>'
        f"<span>{escape(option['label'])}</span> "
        f'<span>{option["count"]}<span class="ls-sr"> {option["unit"]}</span></span></label></li>'
    )
