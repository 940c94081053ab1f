"""The catalogue of our open data as other portals harvest it: DCAT-AP.de 3.0, as Turtle, JSON-LD or RDF/XML.

Pure but for the RDF library. Versions of a dataset are datasets of their own in a series (DCAT 3 § 12).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import pyoxigraph as rdf

from reports.opendata.dataset import DatasetIssue, OpenCorrection, OpenDataset, Portal

ADMS = "http://www.w3.org/ns/adms#"
DCAT = "http://www.w3.org/ns/dcat#"
DCATDE = "http://dcat-ap.de/def/dcatde/"
DCT = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
VCARD = "http://www.w3.org/2006/vcard/ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
AUTHORITY = "http://publications.europa.eu/resource/authority"
GERMAN = f"{AUTHORITY}/language/DEU"
PREFIXES = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatde": DCATDE,
    "dct": DCT,
    "foaf": FOAF,
    "vcard": VCARD,
    "xsd": XSD,
}
FORMATS = {
    "ttl": rdf.RdfFormat.TURTLE,
    "jsonld": rdf.RdfFormat.JSON_LD,
    "rdf": rdf.RdfFormat.RDF_XML,
}
TYPES = {
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
#: Kind of file -> its name in the EU's list, and its media type at IANA.
FILES = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
    "parquet": ("PARQUET", "application/vnd.apache.parquet"),
    "ttl": ("RDF_TURTLE", "text/turtle"),
    "jsonld": ("JSON_LD", "application/ld+json"),
    "rss": ("RSS", "application/rss+xml"),
}
A = rdf.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
Node = rdf.NamedNode | rdf.BlankNode
Fact = tuple[str, "Node | rdf.Literal"]


def as_dcat(
    datasets: Iterable[OpenDataset],
    issues: Sequence[DatasetIssue],
    corrections: Sequence[OpenCorrection],
    portal: Portal,
    *,
    kind: str,
) -> bytes:
    told = _DcatCatalogue(portal, issues, corrections)
    triples = sorted({*told.catalogue(list(datasets))}, key=str)
    return rdf.serialize(triples, format=FORMATS[kind], prefixes=PREFIXES) or b""


class _DcatCatalogue:
    def __init__(
        self, portal: Portal, issues: Sequence[DatasetIssue], corrections: Sequence[OpenCorrection]
    ) -> None:
        self.portal, self.home = portal, portal.home
        self.issues, self.corrections = issues, corrections
        self.body = rdf.NamedNode(f"{self.home}#herausgeber")

    def catalogue(self, datasets: list[OpenDataset]) -> Iterator[rdf.Triple]:
        here = rdf.NamedNode(f"{self.home}#katalog")
        facts: list[Fact] = [
            (f"{DCT}title", _german(self.portal.title)),
            (f"{DCT}description", _german(f"Offene Daten: {self.portal.publisher}")),
            (f"{DCT}publisher", self.body),
            (f"{DCT}language", rdf.NamedNode(GERMAN)),
            (f"{FOAF}homepage", rdf.NamedNode(self.home)),
        ]
        yield from _of(here, f"{DCAT}Catalog", facts)
        yield from self._publisher()
        for one in datasets:
            versions = [each for each in self.issues if each.dataset.name == one.name]
            series = rdf.NamedNode(f"{self.home}#{one.name}")
            if versions:
                yield from self._series(series, one, versions)
            for each in versions:
                node = rdf.NamedNode(f"{self.home}{each.path}#dataset")
                yield from self._dataset(here, node, one, each)
                yield rdf.Triple(node, rdf.NamedNode(f"{DCAT}inSeries"), series)
            if not one.columns:
                yield from self._dataset(here, series, one, None)

    def _publisher(self) -> Iterator[rdf.Triple]:
        yield rdf.Triple(self.body, A, rdf.NamedNode(f"{FOAF}Agent"))
        yield rdf.Triple(self.body, A, rdf.NamedNode(f"{FOAF}Organization"))
        yield rdf.Triple(self.body, rdf.NamedNode(f"{FOAF}name"), _german(self.portal.publisher))
        home = rdf.NamedNode(self.portal.publisher_url)
        yield rdf.Triple(self.body, rdf.NamedNode(f"{FOAF}homepage"), home)
        yield rdf.Triple(home, A, rdf.NamedNode(f"{FOAF}Document"))

    def _series(
        self, node: rdf.NamedNode, one: OpenDataset, versions: Sequence[DatasetIssue]
    ) -> Iterator[rdf.Triple]:
        days = [each.day for each in versions]
        yield from _of(
            node,
            f"{DCAT}DatasetSeries",
            [
                *self._about(one, one.title, min(days), max(days)),
                (f"{DCT}accrualPeriodicity", _authority("frequency", one.frequency)),
            ],
        )
        yield from self._contact(node)

    def _dataset(
        self, catalogue: Node, node: rdf.NamedNode, one: OpenDataset, issue: DatasetIssue | None
    ) -> Iterator[rdf.Triple]:
        title = issue.title if issue else one.title
        day = issue.day if issue else None
        facts = self._about(one, title, day, day)
        facts += [(f"{DCAT}keyword", _german(word)) for word in one.keywords]
        facts.append((f"{DCT}accrualPeriodicity", _authority("frequency", one.frequency)))
        facts += [
            (
                f"{ADMS}versionNotes",
                _german(f"Berichtigung vom {each.day.isoformat()}: {each.text}"),
            )
            for each in self.corrections
            if each.dataset == one.name and issue and each.day >= issue.day
        ]
        files = (
            [(kind, f"{self.home}{issue.path}.{kind}") for kind in issue.kinds]
            if issue
            else one.files
        )
        yield from _of(node, f"{DCAT}Dataset", facts)
        yield from self._contact(node)
        if issue and issue.covers:
            yield from _period(node, *issue.covers)
        yield rdf.Triple(catalogue, rdf.NamedNode(f"{DCAT}dataset"), node)
        for kind, address in files:
            file = rdf.NamedNode(f"{address}#distribution")
            yield rdf.Triple(node, rdf.NamedNode(f"{DCAT}distribution"), file)
            yield from self._distribution(file, one, kind, address)

    def _about(
        self, one: OpenDataset, title: str, issued: date | None, modified: date | None
    ) -> list[Fact]:
        facts: list[Fact] = [
            (f"{DCT}title", _german(title)),
            (f"{DCT}description", _german(one.description)),
            (f"{DCT}publisher", self.body),
            (f"{DCT}language", rdf.NamedNode(GERMAN)),
            (f"{DCAT}theme", _authority("data-theme", "EDUC")),
            (f"{DCAT}landingPage", rdf.NamedNode(self.home)),
            (
                f"{DCATDE}politicalGeocodingLevelURI",
                rdf.NamedNode("http://dcat-ap.de/def/politicalGeocoding/Level/municipality"),
            ),
        ]
        if self.portal.place:
            facts.append((f"{DCT}spatial", rdf.NamedNode(self.portal.place)))
        if self.portal.contributor:
            facts.append((f"{DCATDE}contributorID", rdf.NamedNode(self.portal.contributor)))
        facts += [(f"{DCT}issued", _day(issued))] if issued else []
        facts += [(f"{DCT}modified", _day(modified))] if modified else []
        return facts

    def _contact(self, node: rdf.NamedNode) -> Iterator[rdf.Triple]:
        card = rdf.NamedNode(f"{self.home}#kontakt")
        yield rdf.Triple(node, rdf.NamedNode(f"{DCAT}contactPoint"), card)
        yield rdf.Triple(card, A, rdf.NamedNode(f"{VCARD}Kind"))
        yield from _of(
            card,
            f"{VCARD}Organization",
            [
                (f"{VCARD}fn", rdf.Literal(self.portal.contact)),
                *(
                    [(f"{VCARD}hasEmail", rdf.NamedNode(f"mailto:{self.portal.email}"))]
                    if self.portal.email
                    else []
                ),
            ],
        )

    def _distribution(
        self, node: rdf.NamedNode, one: OpenDataset, kind: str, address: str
    ) -> Iterator[rdf.Triple]:
        name, media = FILES[kind]
        yield from _of(
            node,
            f"{DCAT}Distribution",
            [
                (f"{DCT}title", _german(f"{one.title} ({kind.upper()})")),
                (f"{DCAT}accessURL", rdf.NamedNode(address)),
                (f"{DCAT}downloadURL", rdf.NamedNode(address)),
                (f"{DCT}format", _authority("file-type", name)),
                (
                    f"{DCAT}mediaType",
                    rdf.NamedNode(f"https://www.iana.org/assignments/media-types/{media}"),
                ),
                (f"{DCT}license", rdf.NamedNode(one.licence.uri)),
                (f"{DCATDE}licenseAttributionByText", _german(self.portal.publisher)),
            ],
        )


def _of(node: Node, kind: str, facts: Iterable[Fact]) -> Iterator[rdf.Triple]:
    yield rdf.Triple(node, A, rdf.NamedNode(kind))
    for name, value in facts:
        yield rdf.Triple(node, rdf.NamedNode(name), value)


def _period(node: rdf.NamedNode, first: date, last: date) -> Iterator[rdf.Triple]:
    time = rdf.NamedNode(f"{node.value}-zeit")
    yield rdf.Triple(node, rdf.NamedNode(f"{DCT}temporal"), time)
    ends: list[Fact] = [(f"{DCAT}startDate", _day(first)), (f"{DCAT}endDate", _day(last))]
    yield from _of(time, f"{DCT}PeriodOfTime", ends)


def _authority(name: str, value: str) -> rdf.NamedNode:
    return rdf.NamedNode(f"{AUTHORITY}/{name}/{value}")


def _german(text: str) -> rdf.Literal:
    return rdf.Literal(text, language="de")


def _day(day: date) -> rdf.Literal:
    return rdf.Literal(day.isoformat(), datatype=rdf.NamedNode(f"{XSD}date"))
