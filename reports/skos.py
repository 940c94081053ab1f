"""The concepts of the search as SKOS, for anybody: JSON-LD and Turtle. Pure but for the RDF library."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pyoxigraph as rdf

SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
TYPE = rdf.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
FORMATS = {"ttl": rdf.RdfFormat.TURTLE, "jsonld": rdf.RdfFormat.JSON_LD}
PREFIXES = {"skos": SKOS, "dct": DCT}
PROPERTIES = {"pref": "prefLabel", "alt": "altLabel", "hidden": "hiddenLabel"}


class ExportedConcept(NamedTuple):
    key: str
    competence: str  # of DigComp 3.0
    broader: str  # keys; empty: none
    replaced_by: str
    labels: list[tuple[str, str, str]]  # language, kind, text


def as_skos(
    concepts: Iterable[ExportedConcept], *, scheme: str, title: Mapping[str, str], kind: str
) -> bytes:
    """`scheme` is the address of the list; each concept's is below it."""
    return (
        rdf.serialize(
            sorted(_triples(concepts, scheme, title), key=str),
            format=FORMATS[kind],
            prefixes=PREFIXES,
        )
        or b""
    )


def _triples(
    concepts: Iterable[ExportedConcept], scheme: str, title: Mapping[str, str]
) -> Iterable[rdf.Triple]:
    here = rdf.NamedNode(scheme)
    yield rdf.Triple(here, TYPE, rdf.NamedNode(f"{SKOS}ConceptScheme"))
    for language, text in title.items():
        yield rdf.Triple(here, rdf.NamedNode(f"{DCT}title"), rdf.Literal(text, language=language))
    licence = rdf.NamedNode("https://creativecommons.org/publicdomain/zero/1.0/")
    yield rdf.Triple(here, rdf.NamedNode(f"{DCT}license"), licence)
    for each in concepts:
        yield from _of(each, here)


def _of(each: ExportedConcept, scheme: rdf.NamedNode) -> Iterable[rdf.Triple]:
    this = rdf.NamedNode(f"{scheme.value}#{each.key}")
    yield rdf.Triple(this, TYPE, rdf.NamedNode(f"{SKOS}Concept"))
    yield rdf.Triple(this, rdf.NamedNode(f"{SKOS}inScheme"), scheme)
    yield rdf.Triple(this, rdf.NamedNode(f"{SKOS}notation"), rdf.Literal(each.key))
    yield rdf.Triple(
        this, rdf.NamedNode(f"{DCT}subject"), rdf.Literal(f"DigComp 3.0: {each.competence}")
    )
    if each.broader:
        wider = rdf.NamedNode(f"{scheme.value}#{each.broader}")
        yield rdf.Triple(this, rdf.NamedNode(f"{SKOS}broader"), wider)
    if each.replaced_by:
        other = rdf.NamedNode(f"{scheme.value}#{each.replaced_by}")
        yield rdf.Triple(this, rdf.NamedNode(f"{DCT}isReplacedBy"), other)
    for language, kind, text in each.labels:
        name = rdf.NamedNode(f"{SKOS}{PROPERTIES[kind]}")
        yield rdf.Triple(this, name, rdf.Literal(text, language=language))
