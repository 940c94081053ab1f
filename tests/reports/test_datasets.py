"""Open data as files, as a package and as a catalogue for other portals: read back by programs that others wrote."""

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
import rdflib
from arro3.io import read_parquet
from django.conf import settings
from django.utils import timezone
from frictionless import system, validate

from courses.models import CatalogueEntry
from providers.models import Membership, Provider
from reports.actions import publish_versions
from reports.datasets import in_german, rows_today
from reports.models import DatasetVersion
from reports.tasks import publish_open_data
from tenancy import public_page
from tenancy.lens import CITY, look, public
from tenancy.lens import system as platform
from tests import factories
from tests.factories.runs import make_run

HERE = "/offene-daten/"
DAILY = ("kurse", "barrieren", "kompetenzen")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCT = rdflib.Namespace("http://purl.org/dc/terms/")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SHAPES = Path(__file__).resolve().parents[3] / "shared" / "data" / "dcat-ap-de-3.0-shapes"
#: Lists that DCAT-AP.de asks for, and what we take from them.
LISTED = {
    "http://publications.europa.eu/resource/authority/data-theme": {"EDUC"},
    "http://publications.europa.eu/resource/authority/frequency": {"DAILY", "QUARTERLY"},
    "http://publications.europa.eu/resource/authority/language": {"DEU"},
    "http://publications.europa.eu/resource/authority/file-type": {"CSV", "JSON", "PARQUET", "RDF_TURTLE", "JSON_LD"},
}  # fmt: skip


@pytest.fixture
def city(db):
    """A course, a run without steps, and their first version."""
    house = factories.make_provider("haus")
    course = factories.make_course(house, title="Sicher; <im> Netz")
    make_run(house)
    assert publish_open_data() == len(DAILY)
    return course


def rows(client, path):
    text = client.get(HERE + path).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_before_the_first_night_nothing_is_there_and_the_page_says_so(client, db):
    page = " ".join(client.get(HERE).content.decode().split())
    assert page.count("Die erste Fassung kommt heute Nacht.") == len(DAILY)
    assert client.get(HERE + "kurse.csv").status_code == 404
    assert client.get(HERE + "datapackage.json").json()["resources"] == []


def test_the_page_shows_how_many_rows_there_are_and_the_first_ones(client, city):
    page = " ".join(client.get(HERE).content.decode().split())
    assert "Eine Zeile." in page  # one course
    assert "21 Zeilen." in page  # competences
    assert "Sicher; &lt;im&gt; Netz" in page
    assert f'href="{HERE}kurse.parquet"' in page


def test_all_formats_say_the_same(client, city):
    [told] = rows(client, "kurse.csv")
    assert told["titel"] == "Sicher; <im> Netz"
    assert told["ohne_konto"] in ("ja", "nein")
    document = client.get(HERE + "kurse.json").json()
    assert document["licence"] == "https://creativecommons.org/publicdomain/zero/1.0/deed.de"
    [row] = document["rows"]
    table = read_parquet(io.BytesIO(client.get(HERE + "kurse.parquet").content)).read_all()
    for column in in_german()["kurse"].columns:
        assert table.column(column.name).to_pylist() == [row[column.name]]
        same = {True: "ja", False: "nein"}.get(row[column.name], row[column.name])
        assert told[column.name] == str(same)


def test_what_is_promised_is_told_and_what_makes_no_sense_is_not_asked(client, city):
    course, run = rows(client, "barrieren.csv")
    assert (course["art"], run["art"]) == ("kurs", "termin")
    assert course["aufzug"] == run["untertitel"] == ""
    assert {course["tastatur"], run["aufzug"]} <= {"ja", "nein"}


def test_every_competence_is_there_and_counts_what_is_in_the_catalogue(client, city):
    told = rows(client, "kompetenzen.csv")
    assert len(told) == 21
    courses = sum(int(row[name]) for row in told for name in row if name.startswith("kurse_"))
    assert courses == len(rows(client, "kurse.csv")[0]["kompetenzen"].split())
    assert {row["begonnen"] for row in told} == {"unter 10"}


def test_a_version_is_out_for_good(client, city):
    day = timezone.localdate()
    before = client.get(f"{HERE}kurse/{day}.csv")
    assert "immutable" in before["Cache-Control"]
    factories.make_course(factories.make_provider("nachbar"), title="Neu")
    assert publish_open_data() == 0  # the same day
    assert client.get(f"{HERE}kurse/{day}.csv").content == before.content
    assert client.get(f"{HERE}kurse/{day + timedelta(days=1)}.csv").status_code == 404
    assert client.get(f"{HERE}kurse/2026-13-41.csv").status_code == 404


def test_a_day_without_change_has_no_version(city):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with look(public):
        found = rows_today(timezone.now())
    assert publish_versions(found, today=tomorrow) == []
    factories.make_course(factories.make_provider("nachbar"), title="Neu")
    with look(public):
        found = rows_today(timezone.now())
    assert publish_versions(found, today=tomorrow) == list(DAILY)


def test_old_versions_are_thinned_out_to_one_a_month(db):
    columns = in_german()["kurse"].columns
    row = {column.name: None for column in columns}
    for n in range(70):
        found = {"kurse": (columns, [row | {"minuten": n}])}
        publish_versions(found, today=date(2026, 7, 10) + timedelta(days=n))
    with look(public):
        days = set(DatasetVersion.objects.values_list("day", flat=True))
    assert {date(2026, 7, 10), date(2026, 8, 1), date(2026, 9, 17)} <= days
    assert date(2026, 7, 11) not in days
    assert len(days) == 2 + 32  # two months and the days since the 17th of August


# --- as others read it ---


def fetched(client, tmp_path):
    """The package and all its files, as somebody has loaded them."""
    package = client.get(HERE + "datapackage.json").json()
    for resource in package["resources"]:
        path = tmp_path / resource["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(client.get(HERE + resource["path"]).content)
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    return tmp_path / "datapackage.json"


@pytest.mark.filterwarnings("ignore")
def test_a_foreign_reader_finds_nothing_wrong_with_the_package(client, city, tmp_path):
    at = fetched(client, tmp_path)
    with system.use_context(trusted=True):
        report = validate(str(at))
    assert report.valid, report.flatten(["type", "message"])
    assert len(report.tasks) == len(DAILY)


def harvested(client, kind="ttl"):
    formats = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
    content = client.get(f"{HERE}katalog.{kind}").content
    return rdflib.Graph().parse(data=content, format=formats[kind])


def test_a_foreign_portal_harvests_every_dataset_and_its_files(client, city):
    graph = harvested(client)
    [catalogue] = graph.subjects(rdflib.RDF.type, DCAT.Catalog)
    files = [
        str(graph.value(file, DCAT.downloadURL))
        for dataset in graph.objects(catalogue, DCAT.dataset)
        for file in graph.objects(dataset, DCAT.distribution)
    ]
    assert len(files) == 3 * len(DAILY) + 2
    for address in files:
        assert client.get(address.removeprefix(settings.PUBLIC_URL)).status_code == 200


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("kind", ["jsonld", "rdf"])
def test_the_catalogue_says_the_same_in_every_format(client, city, kind):
    assert set(harvested(client, kind)) == set(harvested(client))


@pytest.mark.conformance
@pytest.mark.skipif(not SHAPES.exists(), reason="the reference data is not beside this clone")
def test_the_catalogue_keeps_to_dcat_ap_de(client, city):
    import pyshacl

    announced(client)
    graph, shapes = harvested(client), rdflib.Graph()
    for scheme, names in LISTED.items():
        for name in names:
            graph.add(
                (rdflib.URIRef(f"{scheme}/{name}"), rdflib.SKOS.inScheme, rdflib.URIRef(scheme))
            )
    for path in SHAPES.glob("dcat-*.ttl"):
        if "imports" not in path.name:
            shapes.parse(path)
    _ok, found, _text = pyshacl.validate(graph, shacl_graph=shapes, do_owl_imports=False)
    wrong = [
        (str(found.value(one, SH.focusNode)), str(found.value(one, SH.resultMessage)))
        for one in found.subjects(SH.resultSeverity, SH.Violation)
    ]
    assert wrong == []


# --- corrections ---


def clerk_of(client):
    with look(platform("test")):
        city = Provider.objects.get(pk=CITY)
    client.force_login(factories.make_member(city, Membership.Role.CLERK))
    return client


def announced(client, text="Drei Kurse fehlten."):
    said = {"name": "kurse", "text": text}
    clerk_of(client)
    preview = client.post("/buero/berichtigungen/", said)
    assert "So werden es alle lesen" in preview.content.decode()
    client.post("/buero/berichtigungen/", said | {"gesehen": "1"})
    client.post("/buero/berichtigungen/", said | {"gesehen": "1"})  # twice is once
    client.logout()
    public_page.forget()


def test_a_correction_is_read_by_everybody_wherever_the_data_is_described(client, city):
    announced(client)
    assert client.get(HERE).content.decode().count("Drei Kurse fehlten.") == 1
    assert "Drei Kurse fehlten." in client.get(HERE + "README.md").content.decode()
    assert "Drei Kurse fehlten." in client.get(HERE + "katalog.ttl").content.decode()


def test_a_correction_can_be_changed_before_it_is_out_and_needs_words(client, city):
    clerk_of(client)
    said = {"name": "kurse", "text": "Noch nicht fertig"}
    page = client.post("/buero/berichtigungen/", said | {"aendern": "1"}).content.decode()
    assert "Noch nicht fertig</textarea>" in page
    wrong = client.post(
        "/buero/berichtigungen/", {"name": "gibt-es-nicht", "text": " ", "gesehen": "1"}
    )
    assert "Das hat noch nicht geklappt" in wrong.content.decode()
    client.logout()
    assert "Noch nicht fertig" not in client.get(HERE).content.decode()


def test_a_course_that_is_gone_is_gone_from_the_next_version_only(client, city):
    day = timezone.localdate()
    with look(platform("test")):
        CatalogueEntry.objects.all().delete()
    with look(public):
        found = rows_today(timezone.now())
    publish_versions(found, today=day + timedelta(days=1))
    assert rows(client, "kurse.csv") == []
    assert len(rows(client, f"kurse/{day}.csv")) == 1
