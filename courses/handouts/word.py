"""Word (.docx): by mammoth, which reads what a text means and not how it looks."""

import io
import re
import zipfile
from collections import Counter
from typing import Any

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from courses.handouts import source
from courses.handouts.source import Source
from files import BadFile

#: How a title is called in Word's languages; mammoth knows English names of styles, and files keep those of headings.
STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Titel'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Überschrift 1'] => h1:fresh
p[style-name='Überschrift 2'] => h2:fresh
p[style-name='Überschrift 3'] => h3:fresh
u => i
comment-reference =>
"""
MARKS = {
    source.CHART: re.compile(rb"<c:chart[ />]"),
    source.DIAGRAM: re.compile(rb"<dgm:relIds[ />]"),
    source.FORMULA: re.compile(rb"<m:oMath[ >]"),
    source.OBJECT: re.compile(rb"<w:object[ >]"),
    source.DRAWING: re.compile(rb"<wpc:wpc[ >]|<wpg:wgp[ >]"),
    source.COMMENT: re.compile(rb"<w:commentReference[ />]"),
}
MARGINS = re.compile(r"word/(header|footer)\d*\.xml")
TEXT = re.compile(rb"<w:t[ >][^<]*[^<\s][^<]*</w:t>")
MOST_XML = 50 * 1024 * 1024


def read(content: bytes) -> Source:
    """Raises BadFile."""
    import mammoth  # noqa: PLC0415 -- only for who brings a handout

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        stayed = _stayed(archive)
    pictures: list[bytes] = []

    def keep(picture: Any) -> dict[str, str]:
        with picture.open() as file:
            pictures.append(file.read())
        return {"src": str(len(pictures) - 1)}

    try:
        made = mammoth.convert_to_html(
            io.BytesIO(content),
            style_map=STYLES,
            convert_image=mammoth.images.img_element(keep),
            ignore_empty_paragraphs=True,
            external_file_access=False,
        )
    except (KeyError, ValueError, AttributeError, IndexError, OSError, RecursionError) as wrong:
        raise BadFile("cut") from wrong
    return Source(str(made.value), pictures, stayed)


def _stayed(archive: zipfile.ZipFile) -> Counter[str]:
    """Looks at every part by itself before anything reads it: no entities, no endless nesting."""
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels")):
            _is_harmless(archive, part)
    document = archive.read("word/document.xml")
    stayed = Counter({kind: len(mark.findall(document)) for kind, mark in MARKS.items()})
    margins = [name for name in archive.namelist() if MARGINS.fullmatch(name)]
    stayed[source.MARGIN] = sum(bool(TEXT.search(archive.read(name))) for name in margins)
    return +stayed


def _is_harmless(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.file_size > MOST_XML:
        raise BadFile("size")
    try:
        defusedxml.ElementTree.fromstring(archive.read(part), forbid_dtd=True)
    except (DefusedXmlException, SyntaxError, ValueError, zipfile.BadZipFile) as wrong:
        raise BadFile("cut") from wrong
