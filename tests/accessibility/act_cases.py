"""Public test cases of the ACT rules (W3C), read where they lie beside this clone; what of them can occur at the desk.

The desk stores rich text (paragraphs, headings, lists, links, bold, language of a passage), tables from cells, pictures with
their alternative text, films and sounds with files beside them. It stores no other HTML. A case is left out, with its reason,
where its point is something that no author can make here.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

#: ACT rule -> ours that answer it.
OVERLAP = {
    "23a2a8": {"alt-missing"},  # image has an accessible name
    "9eb3f6": {"alt-file-name"},  # file name as the name of an image
    "qt1vmo": {"alt-says-nothing"},  # the name of an image describes it
    "ffd0e9": {"heading-empty"},  # heading has a name
    "c487ae": {"link-empty"},  # link has a name
    "aizyf1": {"link-vague"},  # link is descriptive alone
    "b20e66": {"link-same-words"},  # links of the same name lead to the same
    "fd3a94": {"link-same-words"},  # the same, in the same context
    "off6ek": {"language-unmarked", "language-wrong"},  # language of a passage
    "ucwvc8": {"language-unmarked", "language-wrong"},  # language of the page
    "9bd38c": {"senses-only", "colour-only"},  # an instruction needs eyes
}
#: What no author can make at the desk -> how it is seen in the HTML of a case.
NOT_HERE = {
    "a role, a name or a state by ARIA": r"\b(?:role|aria-[a-z]+)\s*=",
    "a script": r"<script|\bon[a-z]+\s*=",
    "drawn by SVG or a canvas": r"<(?:svg|canvas)\b",
    "hidden or placed by a style": r"(?:display|visibility|position|opacity|text-indent|clip|left|top)\s*:|\bhidden\b",
    "a control of a form": r"<(?:button|input|select|textarea|label|fieldset)\b",
    "a style sheet": r"<style|<link\b",
    "a frame or an object": r"<(?:iframe|frame|object|embed|area|map)\b",
    "a template or a shadow tree": r"<template|attachShadow",
    "several sources of one picture": r"<(?:picture|source)\b|\bsrcset\s*=",
    "a name by the attribute title": r"<(?:a|img|h\d)\b[^>]*\btitle\s*=",
    "another document type": r"<!DOCTYPE (?:math|svg)|application/xhtml|<math\b",
    "a colour, a shadow or a background by a style": r"(?:color|background|shadow|font|border|width)\s*:",
    "a film or a sound inside a text": r"<(?:video|audio)\b",
    "a picture inside a link": r"<a\b[^>]*>(?:(?!</a).)*<img",
    "landmarks of a page": r"<(?:nav|main|header|footer|aside)\b",
}
CASE = re.compile(
    r"#### (Passed|Failed|Inapplicable) Example (\d+)\n(.*?)```(\w+)\n(.*?)```", re.DOTALL
)


class ActCase(NamedTuple):
    rule: str
    name: str
    fails: bool
    html: str
    left_out: str  # why; empty: it can occur here


def cases(repository: Path) -> Iterator[ActCase]:
    for rule in OVERLAP:
        [page] = (repository / "_rules").glob(f"*-{rule}.md")
        for kind, number, _says, form, html in CASE.findall(page.read_text()):
            yield ActCase(rule, f"{kind} {number}", kind == "Failed", html, _why_not(form, html))


def _why_not(form: str, html: str) -> str:
    if form != "html":
        return "another document type"
    targets = set(re.findall(r"href=\"(/test-assets/[^\"]*)", html))
    if len(targets) > 1:
        return "only opening the pages it leads to tells whether they are the same"
    return next(
        (why for why, seen in NOT_HERE.items() if re.search(seen, html, re.IGNORECASE | re.DOTALL)),
        "",
    )


def language_of_page(html: str) -> str:
    found = re.search(r"<html[^>]*\blang=\"?([a-zA-Z-]+)", html)
    return found.group(1).casefold() if found else "en"


def inside_page(html: str) -> str:
    """What stands in a page: an author writes no page of their own."""
    return re.sub(r"<title>.*?</title>|</?(?:html|head|body)\b[^>]*>", "", html)
