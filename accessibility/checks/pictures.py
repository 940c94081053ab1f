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
FILE_NAME = re.compile(r"\.(jpe?g|png|gif|webp|svg|avif|heic|tiff?|bmp|pdf)$", re.IGNORECASE)
CAMERA = re.compile(
    r"^(img|dsc[nf]?|pxl|foto|bild|image|picture|screenshot|scan|unbenannt|whatsapp[ _-]image)[\s_\-]*\d[\d\s_\-.:]*$"
    r"|^unbenannt$|^[0-9a-f]{16,}$",
    re.IGNORECASE,
)
#: Several words without a space between them, as files are named: "foto_gruppe_final".
JOINED = re.compile(r"^[^\W_]+(?:_[^\W_]+)+$")
#: F30: words that stand for a description. Alone they describe nothing.
_STANDS_FOR = (
    "bild bilder foto fotos fotografie grafik graphik abbildung abb illustration zeichnung skizze icon symbol logo "
    "screenshot bildschirmfoto diagramm schaubild karte platzhalter alt alternativtext alternativ-text beschreibung "
    "schmuck deko dekoration ein eine das die der kein keine text todo tbd xxx x folgt kommt noch ergänzen bitte "
    "einfügen hier image picture photo graphic drawing figure placeholder spacer the a an of "
    "bildbeschreibung fehlt später nachtragen"
)
STANDS_FOR = frozenset(_STANDS_FOR.split(" "))
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: That it is a picture is said by every screen reader. A kind that says more ("Luftbild", "Karikatur") is left alone.
BEGINS = re.compile(
    r"^(?:(?:ein|das|dieses|auf dem)\s+)?(?:bild|foto|grafik|abbildung|image|picture|photo)\s+"
    r"(?:von|vom|mit|zeigt|ist|sieht|of|shows)\b",
    re.IGNORECASE,
)


def look(parts: Sequence[LessonPart], _lang: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for part in parts:
        if isinstance(part.content, PicturePart) and not part.content.decorative:
            yield from _one(part.id, part.content, seen)
        if isinstance(part.content, PicturePart) and part.content.moves:
            yield Finding("picture-moves", part.id, part.content.file)
        for element in elements(html_of(part)):
            if element.tag == "img":
                yield from _inside(part.id, element.attributes)


def _inside(part: str, attributes: dict[str, str]) -> Iterator[Finding]:
    """Of a picture that stands in a text; an empty alternative text is said to be decoration."""
    file = PurePosixPath(attributes.get("src", "")).name
    alt = attributes.get("alt")
    if alt is None or alt.isspace():
        yield Finding("alt-missing", part, file[:80])
    elif alt:
        yield from _words(part, collapse(alt), file)


def _one(part: str, picture: PicturePart, seen: set[str]) -> Iterator[Finding]:
    alt = collapse(picture.alt)
    if not alt:
        yield Finding("alt-missing", part, picture.file)
        return
    yield from _words(part, alt, picture.file)
    if alt.casefold() in seen | {collapse(picture.caption).casefold()}:
        yield Finding("alt-repeats", part, excerpt(alt))
    if len(alt) > LONGEST:
        yield Finding("alt-long", part, excerpt(alt))
    seen.add(alt.casefold())


def _words(part: str, alt: str, file: str) -> Iterator[Finding]:
    if _is_file_name(alt, file):
        yield Finding("alt-file-name", part, excerpt(alt))
    elif STANDS_FOR.issuperset(WORD.findall(alt.casefold())):
        yield Finding("alt-says-nothing", part, excerpt(alt))
    elif BEGINS.match(alt):
        yield Finding("alt-picture-of", part, excerpt(alt))


def _is_file_name(alt: str, file: str) -> bool:
    stem = PurePosixPath(file).stem.casefold()
    named_after = alt.casefold() == stem and bool(re.search(r"[\d_]", stem))
    return bool(FILE_NAME.search(alt) or CAMERA.match(alt) or JOINED.match(alt)) or named_after
