"""Rich text on its way out of the desk and in again. Links to pages are ids there and places in the course here.

A link to the course is `href="course:"`, to its second lesson `href="lesson:2"`. A link to anything else that only this
installation knows keeps its words and loses its link.
"""

import re
from collections.abc import Mapping

import nh3

from words.numbers import whole_number

TAGS = {"h2", "h3", "p", "br", "ul", "ol", "li", "strong", "b", "em", "i", "a", "span"}
ATTRIBUTES = {"a": {"href"}, "span": {"lang", "dir"}, "*": {"data-block-key"}}
SCHEMES = {"http", "https", "mailto", "tel", "course", "lesson"}
LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL | re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def outward(html: str, places: Mapping[int, str]) -> str:
    """`places`: id of a page -> "course:" or "lesson:<number>"."""

    def put(match: re.Match[str]) -> str:
        attributes = _attributes(match.group(1))
        page = whole_number(attributes.get("id"))
        if attributes.get("linktype") == "page" and page is not None:
            place = places.get(page)
            return f'<a href="{place}">{match.group(2)}</a>' if place else match.group(2)
        return match.group(0)

    return _clean(LINK.sub(put, html))


def inward(html: str, pages: Mapping[str, int]) -> str:
    """`pages`: "course:" or "lesson:<number>" -> id of a page. Everything an editor could not have written is gone."""

    def put(match: re.Match[str]) -> str:
        place = _attributes(match.group(1)).get("href", "")
        if not place.startswith(("course:", "lesson:")):
            return match.group(0)
        page = pages.get(place)
        return f'<a linktype="page" id="{page}">{match.group(2)}</a>' if page else match.group(2)

    return LINK.sub(put, _clean(html))


def _clean(html: str) -> str:
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    return LINK.sub(lambda f: f.group(0) if "href" in f.group(1) else f.group(2), clean)


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): one or other for name, one, other in ATTRIBUTE.findall(text)}
