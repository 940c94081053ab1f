"""Headings, tables, frames: the skeleton that a screen reader reads out (WCAG 1.3.1, 2.4.6, 4.1.2)."""

from collections.abc import Iterator, Sequence

from accessibility.checks.parts import ElementPart, Finding, LessonPart, elements, excerpt, html_of

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LONG = 2500  # characters of a lesson's text that nobody finds the way through without a heading


def look(parts: Sequence[LessonPart], _lang: str) -> Iterator[Finding]:
    inside = [(part.id, element) for part in parts for element in elements(html_of(part))]
    yield from _outline([(part, e) for part, e in inside if e.tag in HEADINGS])
    for part in parts:
        yield from _tables_and_frames(part)
    length = sum(len(element.text) for _, element in inside if element.tag == "p")
    if length > LONG and not any(element.tag in HEADINGS for _, element in inside):
        yield Finding("heading-missing", parts[0].id)


def _outline(headings: Sequence[tuple[str, ElementPart]]) -> Iterator[Finding]:
    """No level is left out on the way down; the page's title is the first level."""
    level = 1
    for part, heading in headings:
        if not heading.text:
            yield Finding("heading-empty", part)
            continue
        if HEADINGS[heading.tag] > level + 1:
            yield Finding("heading-skipped", part, excerpt(heading.text))
        level = HEADINGS[heading.tag]


def _tables_and_frames(part: LessonPart) -> Iterator[Finding]:
    html = html_of(part)
    for element in elements(html):
        if element.tag == "table" and "<th" not in html.lower():
            yield Finding("table-without-header", part.id, excerpt(element.text))
        if element.tag == "iframe" and not element.attributes.get("title", "").strip():
            yield Finding("frame-without-title", part.id, element.attributes.get("src", "")[:80])
