"""PDF/A-3a and PDF/UA-1 in one file, which WeasyPrint does not write by itself; and each part of it encoded once."""

from functools import partial
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.pdf.pdfa import VARIANTS as PDF_A

BOTH = "pdf/a-3a+ua-1"  # WeasyPrint looks for "pdf/a" in the name when it writes the colour profile
UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def _also_ua(write_pdf_a: partial[None], pdf: Any, document: Any, *arguments: Any) -> None:
    """WeasyPrint writes one standard at a time: PDF/A is written, then PDF/UA is named in its metadata.

    PDF/A wants every schema described that it does not know itself (ISO 19005-3, 6.6.2.3). Nor does WeasyPrint tag the
    language of a part (WCAG 3.1.2): the only second heading and the first list are the course's.
    """
    write_pdf_a(pdf, document, *arguments)
    pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))  # it lists each file twice
    if language := document.metadata.custom.get("course-language"):
        for tag in ("/H2", "/L"):
            _first_tagged(pdf, tag)["Lang"] = pydyf.String(language)
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [part.replace(b"</rdf:RDF>", UA + b"</rdf:RDF>") for part in metadata.stream]


def _first_tagged(pdf: Any, tag: str) -> dict[str, Any]:
    """An element of the structure tree; an empty one that goes nowhere when there is none."""
    parts = (part for part in pdf.objects if isinstance(part, dict) and part.get("S") == tag)
    return next(parts, {})


_write_pdf_a, _values = PDF_A["pdf/a-3a"]
weasyprint.pdf.VARIANTS[BOTH] = (partial(_also_ua, _write_pdf_a), _values)


class Encoded(pydyf.Object):
    """A part of the file as it will stand there. pydyf encodes, and compresses, each one twice: for the file and its ID."""

    def __init__(self, part: Any) -> None:
        super().__init__()
        self.number, self.generation, self.free = part.number, part.generation, part.free
        self.content, self.packed = part.data, part.compressible

    @property
    def data(self) -> bytes:
        return self.content

    @property
    def compressible(self) -> bool:
        return self.packed


def encode_once(_document: Any, pdf: Any) -> None:
    """A finisher of WeasyPrint: nothing of the file changes any more."""
    pdf.objects = [part if part.free == "f" else Encoded(part) for part in pdf.objects]
