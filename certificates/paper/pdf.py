"""The certificate on paper: one file that is PDF/A-3a and PDF/UA-1, with the signed credential attached and a QR code.

`render` turns plain data into bytes, the same data into the same bytes. It reads files of this project only: no database,
no network, no font of the system. A seal (certificates.seals) is put on afterwards and leaves both standards intact.
"""

import base64
import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple
from xml.etree.ElementTree import fromstring

from cssselect2 import ElementWrapper
from django.conf import settings
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from certificates.paper.archival import BOTH, encode_once
from certificates.paper.content import CHECK_PAGE, Paper, html_of, shapes_of
from providers import brands
from words import glyphs

STATIC = settings.BASE_DIR / "static"
STYLE = STATIC / "css" / "certificate.css"
NO_SYSTEM_FONTS = STATIC / "css" / "no-system-fonts.conf"

CREDENTIAL = "Open Badges 3.0 / W3C Verifiable Credential"
CHECK = "Prüfseite, die kein Internet braucht / checks this certificate without a network"


class OnlyOurFiles(URLFetcher):
    """Fonts and pictures of this project; a certificate must not fetch anything else."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        allowed = url.startswith((STATIC.as_uri(), "data:"))
        if not allowed:
            raise ValueError(f"A certificate does not fetch {url}.")
        return super().fetch(url, headers)


FETCHER = OnlyOurFiles()  # to make one takes 1 ms


class Markup(HTML):
    """Our template is well-formed, so Expat reads it: WeasyPrint's own parser takes a tenth of the time of a paper."""

    def __init__(self, text: str):
        self.base_url, self.url_fetcher, self.media_type = STATIC.as_uri() + "/", FETCHER, "print"
        root = fromstring(text)  # noqa: S314 -- our own text, and every value in it escaped
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        """What HTML means without a style sheet is in ours: to match WeasyPrint's 150 rules takes a twentieth of the time."""
        return []


#: Fontconfig asks the environment of the whole process which fonts there are, and a set of fonts is for one at a time.
ONE_AT_A_TIME = Lock()


def render(paper: Paper) -> bytes:
    """The PDF, not sealed yet. Equal papers give equal bytes; letters without a glyph are the caller's to refuse."""
    attachments = [
        _attached(paper, paper.credential_json, "credential.json", "Data", CREDENTIAL),
        *(
            [_attached(paper, paper.check_page, CHECK_PAGE, "Supplement", CHECK)]
            if paper.check_page
            else []
        ),
    ]
    options = {
        "pdf_variant": BOTH,
        "pdf_identifier": hashlib.sha256(paper.credential_json.encode()).digest()[:16],
        "attachments": attachments,
    }
    with ONE_AT_A_TIME:
        for shape in shapes_of(paper):
            text = html_of(paper, shape)
            fonts, families = _fonts(glyphs.fonts_for(text))
            styles = [families, _layout(paper.issuer.brand)]
            document = Markup(text).render(font_config=fonts, stylesheets=styles, **options)
            if len(document.pages) == 1:
                break
        made: bytes = document.write_pdf(**options, finisher=encode_once)
    return made


def _attached(paper: Paper, text: str, name: str, relationship: str, says: str) -> Attachment:
    return Attachment(
        string=text,
        url_fetcher=FETCHER,  # else it makes one of its own
        name=name,
        description=says,
        relationship=relationship,
        created=paper.issued_at,
        modified=paper.issued_at,
    )


@lru_cache(maxsize=64)
def _layout(brand: str) -> CSS:
    """Reckoning with custom properties takes WeasyPrint longer than one style sheet for each colour."""
    colour = brands.pair_of(brand).light
    text = STYLE.read_text().replace("var(--brand)", colour)
    for name, share in (("tint", 0.45), ("mist", 0.1)):
        light = _with_white(colour, share)
        text = text.replace(f"%23var(--brand-{name})", f"%23{light}")
        text = text.replace(f"var(--brand-{name})", f"#{light}")
    return CSS(string=text)


def _with_white(colour: str, share: float) -> str:
    """So much of the colour and the rest white, as six digits: paper knows no transparency."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts)


@lru_cache(maxsize=32)
def _fonts(needed: tuple[str, ...]) -> tuple[FontConfiguration, CSS]:
    """The fonts of ours that a text needs and no others, so that a certificate looks the same on every machine.

    Each file is a family of its own: WeasyPrint would take two files of one family and weight for the same font.
    """
    with _without_system_fonts():
        fonts = FontConfiguration()
    faces = list(_faces(needed))
    families = ",".join(dict.fromkeys(f'"{face.family}"' for face in faces))
    rules = "".join(face.rule for face in faces) + f"html{{font-family:{families}}}"
    return fonts, CSS(string=rules, font_config=fonts, url_fetcher=FETCHER)


class Face(NamedTuple):
    """One font file."""

    family: str
    weight: int
    url: str

    @property
    def rule(self) -> str:
        family, weight, url = self
        return f'@font-face{{font-family:"{family}";font-weight:{weight};src:url("{url}")}}'


def _faces(needed: tuple[str, ...]) -> Iterator[Face]:
    yield Face("Paper", 400, _ours("FiraSans-Regular.ttf"))
    yield Face("Paper", 600, _ours("FiraSans-SemiBold.ttf"))
    for name in needed:
        if "/" in name:
            yield Face(f"Paper {name.replace('/', ' ')}", 600, _without_axes(name))
        else:
            yield Face(f"Paper {name}", 400, _ours(f"{name}-400.ttf"))
            yield Face(f"Paper {name}", 600, _ours(f"{name}-600.ttf"))


def _ours(file: str) -> str:
    """Without any font Pango ends the whole process, hence this look before."""
    path = glyphs.FONTS / file
    if not path.is_file():
        raise FileNotFoundError(f"The font {path.name} is missing: `./dev run` puts it in place.")
    return path.as_uri()


def _without_axes(name: str) -> str:
    """A variable font set to one weight: WeasyPrint writes widths of another one beside it (ISO 19005-3, 6.2.11.5)."""
    font = io.BytesIO()
    with TTFont(glyphs.FONTS / f"{name}.woff2", recalcTimestamp=False) as variable:
        for table in {"GPOS", "GSUB", "GDEF", "BASE", "STAT"} & set(variable.keys()):
            del variable[table]
        instantiateVariableFont(variable, {"wght": 600}, inplace=True)
        variable.flavor = None
        variable.save(font)
    return "data:font/ttf;base64," + base64.b64encode(font.getvalue()).decode()


@contextmanager
def _without_system_fonts() -> Iterator[None]:
    """Fontconfig reads this variable each time a configuration is made."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(NO_SYSTEM_FONTS)
    try:
        yield
    finally:
        del os.environ["FONTCONFIG_FILE"]
        if before is not None:
            os.environ["FONTCONFIG_FILE"] = before
