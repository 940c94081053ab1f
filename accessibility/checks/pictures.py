"""Pictures: an alternative text that says what is to be seen (WCAG 1.1.1)."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from accessibility.checks.parts import (
    Finding,
    LessonPart,
    PicturePart,
    collapse,
    elements,
    excerpt,
    html_of,
)

LONGEST = 150  # characters; beyond, a description belongs into the text
FILE_NAME = re.compile(r"\.(jpe?g|png|gif|webp|svg|avif|heic|tiff?)$", re.IGNORECASE)
CAMERA = re.compile(
    r"^(img|dsc[nf]?|pxl|foto|bild|image|screenshot|unbenannt)[\s_\-]*\d*$", re.IGNORECASE
)


def look(parts: Sequence[LessonPart], _lang: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for part in parts:
        if isinstance(part.content, PicturePart) and not part.content.decorative:
            yield from _one(part.id, part.content, seen)
        if isinstance(part.content, PicturePart) and part.content.moves:
            yield Finding("picture-moves", part.id, part.content.file)
        for element in elements(html_of(part)):
            if element.tag == "img" and "alt" not in element.attributes:
                yield Finding("alt-missing", part.id, element.attributes.get("src", "")[:80])


def _one(part: str, picture: PicturePart, seen: set[str]) -> Iterator[Finding]:
    alt = collapse(picture.alt)
    if not alt:
        yield Finding("alt-missing", part, picture.file)
        return
    if _is_file_name(alt, picture.file):
        yield Finding("alt-file-name", part, excerpt(alt))
    if alt.casefold() in seen | {collapse(picture.caption).casefold()}:
        yield Finding("alt-repeats", part, excerpt(alt))
    if len(alt) > LONGEST:
        yield Finding("alt-long", part, excerpt(alt))
    seen.add(alt.casefold())


def _is_file_name(alt: str, file: str) -> bool:
    stem = PurePosixPath(file).stem.casefold()
    named_after = alt.casefold() == stem and bool(re.search(r"[\d_]", stem))
    return bool(FILE_NAME.search(alt) or CAMERA.match(alt)) or named_after
