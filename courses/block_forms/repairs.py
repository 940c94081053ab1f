"""A block without what a check has found in it, where one press can do that (`courses.texts.repairs`)."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks

from courses.block_forms import rich
from courses.texts import lean, read_html
from courses.texts.repairs import repaired


def can_repair(definition: Any, value: Any, rule: str, said: str, lang: str) -> bool:
    """Would `repair` change anything?"""
    for block, html in _texts(definition, value):
        lines = read_html(html, block.features)
        if _changed(block, lines, repaired(lines, rule, said, lang)):
            return True
    return False


def repair(definition: Any, value: Any, rule: str, said: str, lang: str) -> Any:
    """The stored value of a block with its rich texts mended; itself where there is nothing to mend."""
    if isinstance(definition, blocks.RichTextBlock):
        return _stored(definition, value or "", (rule, said, lang))
    mended = {
        name: _stored(block, value[name], (rule, said, lang))
        for name, block in _rich_fields(definition)
        if value.get(name)
    }
    return {**value, **mended} if mended else value


def _stored(block: Any, html: str, finding: tuple[str, str, str]) -> str:
    lines = read_html(html, block.features)
    mended = repaired(lines, *finding)
    return (
        rich.stored(lean(mended), html, block.features) if _changed(block, lines, mended) else html
    )


def _changed(block: Any, lines: list[Any], mended: list[Any]) -> bool:
    """And can its editor keep it? Not every field has headings, and not every language a button."""
    marks = {
        m.replace(":", "-") for line in mended for run in line.runs for m in run.marks if ":" in m
    }
    kinds = {line.kind for line in mended} - {"p"}
    return (marks | kinds) <= set(block.features) and lean(mended) != lean(lines)


def _texts(definition: Any, value: Any) -> Iterator[tuple[Any, str]]:
    if isinstance(definition, blocks.RichTextBlock):
        yield definition, value or ""
        return
    for name, block in _rich_fields(definition):
        if value.get(name):
            yield block, value[name]


def _rich_fields(definition: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(definition, blocks.StructBlock):
        for name, block in definition.child_blocks.items():
            if isinstance(block, blocks.RichTextBlock):
                yield name, block
