"""Handouts as Word and Writer write them, made by hand so that a test says what is in them; PDFs by WeasyPrint."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from tests.support import samples

WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Default Extension="emf" ContentType="image/x-emf"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: Mapping[str, bytes | str], *, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


# --- Word ---


def words(text: str, style: str = "", *, bold: bool = False) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{kind}<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def heading(text: str, level: int = 1) -> str:
    return words(text, f"berschrift{level}")


def row(text: str) -> str:
    """A row of a list with dots."""
    kind = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return f"<w:p>{kind}<w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{words(cell)}</w:tc>" for cell in one) for one in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{one}</w:tr>' for one in cells)}</w:tbl>"


def picture(name: str, alt: str = "") -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{escape(alt)}"/><a:graphic><a:graphicData'
        f' uri="x"><pic:pic><pic:blipFill><a:blip r:embed="{name}"/></pic:blipFill></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def docx(*body: str, media: Mapping[str, bytes] | None = None, **more: str) -> bytes:
    """`media`: {"bild1.png": content}, named in `picture` by the stem. `more`: other parts, "header1" -> XML."""
    media = media or {}
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="berschrift{n}"><w:name w:val="heading {n}"/></w:style>'
        for n in range(1, 5)
    )
    styles += '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    relations = "".join(
        f'<Relationship Id="{name.partition(".")[0]}" Type="{RELATIONS}/image" Target="media/{name}"/>'
        for name in media
    )
    for kind in ("styles", "numbering"):
        relations += f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>'
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATIONS}/officeDocument"'
            ' Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {WORD}><w:body>{''.join(body)}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {WORD}>{styles}</w:styles>",
            "word/numbering.xml": f"<w:numbering {WORD}>{numbering}</w:numbering>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
            **{f"word/media/{name}": content for name, content in media.items()},
            **{f"word/{name}.xml": content for name, content in more.items()},
        }
    )


PNG = samples.photo("PNG")


def handout() -> bytes:
    """As a teacher has it: a title, two chapters, a list, a table, two pictures of which one is drawn by Word alone."""
    return docx(
        words("E-Mails schreiben", "Titel"),
        words("Für alle, die anfangen.", bold=True),
        heading("Was man braucht"),
        words("Ein Gerät und eine Adresse."),
        row("Handy"),
        row("Tablet"),
        picture("bild1", "IMG_2041.jpg"),
        heading("Die Adresse", 2),
        words("Sie hat ein @ & einen Punkt."),
        heading("Zeiten"),
        table(("Tag", "Uhrzeit"), ("Montag", "10 | 12"), ("Dienstag", "15")),
        picture("bild2"),
        "<w:p><w:r><w:drawing><c:chart r:id='x'/></w:drawing></w:r></w:p>",
        media={"bild1.png": PNG, "bild2.emf": b"\x01\0\0\0EMF"},
        header1=f"<w:hdr {WORD}>{words('VHS, Seite 1')}</w:hdr>",
    )


# --- Writer ---

ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    ]
)


def odt(body: str, *, styles: str = "", pictures: Mapping[str, bytes] | None = None) -> bytes:
    content = (
        f'<office:document-content {ODF} xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            **(pictures or {}),
        }
    )
