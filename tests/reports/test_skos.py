"""The concepts as open data, read back by an RDF library."""

import pyoxigraph as rdf
import pytest

from courses.models import ConceptLabel
from tenancy.lens import look, system

SKOS = "http://www.w3.org/2004/02/skos/core#"
KINDS = {
    "ttl": ("text/turtle; charset=utf-8", rdf.RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", rdf.RdfFormat.JSON_LD),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_concept_and_word_can_be_read_back(client, db, kind):
    content_type, form = KINDS[kind]
    answer = client.get(f"/offene-daten/begriffe.{kind}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    store = rdf.Store()
    store.load(answer.content, form)
    words = sum(
        len(list(store.quads_for_pattern(None, rdf.NamedNode(f"{SKOS}{name}"), None)))
        for name in ("prefLabel", "altLabel", "hiddenLabel")
    )
    with look(system("test")):
        assert words == ConceptLabel.objects.filter(removed=False).count() > 4000
    named = rdf.Literal("Passwort", language="de")
    [quad] = store.quads_for_pattern(None, rdf.NamedNode(f"{SKOS}prefLabel"), named)
    assert quad.subject.value.endswith("/offene-daten/begriffe.ttl#password")


def test_the_page_of_open_data_leads_there(client, db):
    page = client.get("/offene-daten/").content.decode()
    assert 'href="/offene-daten/begriffe.ttl"' in page
    assert 'href="/offene-daten/begriffe.jsonld"' in page
