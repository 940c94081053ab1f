"""The options of a facet. In Python, because a city has dozens of them on one page and a template node each is slow."""

from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

OPTION = (
    '<li><label class="ls-check"><input type="checkbox" name="{}" value="{}"{}><span>{}</span> '
    '<span>{}<span class="ls-sr"> {}</span></span></label></li>'
)
CHECKED = SafeString(" checked")


@register.simple_tag
def facet_options(facet: dict[str, Any]) -> SafeString:
    """One checkbox per option, with the number of courses it would leave."""
    return format_html_join(
        "\n",
        OPTION,
        (
            (
                facet["name"],
                o["value"],
                CHECKED if o["on"] else "",
                o["label"],
                o["count"],
                o["unit"],
            )
            for o in facet["options"]
        ),
    )
