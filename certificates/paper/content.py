"""What stands on a certificate, as data and as HTML; `certificates.paper.pdf` sets it. Without WeasyPrint, which is slow to load."""

import base64
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from unicodedata import normalize

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from certificates.paper import qr
from words import glyphs

CHECK_PAGE = "nachweis-ohne-netz-pruefen.html"
#: Control characters that leave no trace on paper (XML 1.0, 2.2).
NOT_IN_XML = dict.fromkeys({*range(0x20), 0x7F} - {0x9, 0xA, 0xD})


def _png(image: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(image).decode()


class Hand(NamedTuple):
    """Who has signed by hand, and how: a PNG."""

    name: str
    image: bytes

    @property
    def source(self) -> str:
        return _png(self.image)


class PaperIssuer(NamedTuple):
    """Who attests, as the head of the paper says it. `brand` is a `Provider.brand`, `mark` up to four letters."""

    name: str
    mark: str
    brand: str
    street: str
    city: str


@dataclass(frozen=True)
class Paper:
    """Everything that stands on a certificate. `contents` are in the language of the course, the rest in `language`."""

    kind: str  # participation, achievement, certificate
    language: str
    name: str  # empty: issued without a name
    course: str
    course_language: str
    issuer: PaperIssuer
    contents: tuple[str, ...]
    competences: tuple[tuple[str, str], ...]  # code, title
    facts: tuple[tuple[str, str], ...]  # term, text
    number: str
    url: str  # printed
    qr_url: str  # may carry a signed fragment
    credential_json: str
    issued_at: datetime
    competences_language: str = ""  # where it is not `language`
    german_terms: tuple[str, ...] = ()  # facts whose text is German on a paper that is not
    check_page: str = ""  # HTML that checks it without a server
    hand: Hand | None = None
    logo: bytes = b""  # a PNG


class Shape(NamedTuple):
    """How a paper is set: `many` contents in two columns, or `beside` the competences; `long` is smaller."""

    many: bool
    beside: bool
    long: bool
    by_hand: bool  # with room to sign


class Words(NamedTuple):
    """How an attestation of one kind speaks."""

    title: str
    verb: str
    says: str


def words(kind: str) -> Words:
    """The wording of `kind` in the active language: what it is, what they did, what is attested thereby."""
    return {
        "participation": Words(
            _("Teilnahmebescheinigung"),
            _("hat teilgenommen an"),
            _("Bescheinigt wird die Teilnahme. Leistungen wurden nicht geprüft."),
        ),
        "achievement": Words(
            _("Leistungsnachweis"),
            _("hat die Leistungen erbracht in"),
            _("Bescheinigt werden die Leistungen, die hier stehen. Sie wurden geprüft."),
        ),
        "certificate": Words(
            _("Zertifikat"),
            _("hat mit Erfolg abgeschlossen"),
            _("Bescheinigt wird der Abschluss des ganzen Kurses. Die Leistungen wurden geprüft."),
        ),
    }[kind]


def unprintable(paper: Paper) -> list[str]:
    """The characters that our fonts cannot print; nothing may be issued while there are any."""
    return glyphs.missing(html_of(paper, shapes_of(paper)[0]))


def html_of(paper: Paper, shape: Shape) -> str:
    foreign = paper.course_language != paper.language
    rtl = get_language_info(paper.language)["bidi"]
    with override(paper.language):
        context = {
            "paper": _isolated(paper) if rtl else paper,
            "words": words(paper.kind),
            **shape._asdict(),
            "rtl": rtl,
            "foreign": format_html(' lang="{}"', paper.course_language) if foreign else "",
            "issued_at": paper.issued_at.isoformat(timespec="seconds"),
            "logo": _png(paper.logo) if paper.logo else "",
            "qr": _png(qr.png(paper.qr_url)),
        }
        text = normalize("NFC", render_to_string("certificates/pdf.html", context))
        return text.translate(NOT_IN_XML)


def shapes_of(paper: Paper) -> list[Shape]:
    """The roomiest first, until everything stands on one page. Nearly always that is the first one."""
    many = len(paper.contents) > 7
    beside = not many and bool(paper.contents and paper.competences)
    sizes = [True] if many or len(paper.name) + len(paper.course) > 90 else [False, True]
    hands = [False] if many else [True, False]
    shapes = [Shape(many, beside, long, by_hand) for by_hand in hands for long in sizes]
    if not paper.hand:  # an empty line gives way before the letters do
        shapes.sort(key=lambda shape: shape.long)
    return shapes


def _isolated(paper: Paper) -> Paper:
    """On a paper that runs from right to left, each text keeps the direction of its own first letter (UAX 9, FSI … PDI)."""

    def alone(text: str) -> str:
        return f"\u2068{text}\u2069" if text else ""

    return replace(
        paper,
        name=alone(paper.name),
        course=alone(paper.course),
        issuer=PaperIssuer(*map(alone, paper.issuer)),
        contents=tuple(map(alone, paper.contents)),
        competences=tuple((code, alone(title)) for code, title in paper.competences),
        facts=tuple((alone(term), alone(text)) for term, text in paper.facts),
    )
