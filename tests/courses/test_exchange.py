"""The catalogue in the formats of others: as their own rules and readers take it."""

import json
from xml.etree import ElementTree as ET

import httpx2
import pytest
from django.conf import settings
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from oaipmh_scythe import Scythe
from oaipmh_scythe.exceptions import IdDoesNotExist, NoRecordsMatch

from courses.exchange import moochub, oai
from courses.models import CatalogueEntry, CoursePage
from courses.views import exchange as views
from tenancy.lens import look, system
from tests import factories

OAI = "{http://www.openarchives.org/OAI/2.0/}"
EVERY = {"metadataPrefix": "oai_dc"}


@pytest.fixture
def course(db):
    return factories.make_course(factories.make_provider("haus"), title="Sicher <im> Netz & mehr")


@pytest.fixture
def two(course):
    return course, factories.make_course(factories.make_provider("nachbar"), title="Handy")


def told(client, name, **asked):
    answer = client.get(reverse(f"courses:{name}"), asked)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return answer


def lasting(course):
    return settings.PUBLIC_URL + reverse("courses:by_key", args=[course.translation_key])


# --- MOOChub ---


def test_a_portal_reads_page_after_page_and_misses_nobody(client, two, monkeypatch):
    monkeypatch.setattr(views, "EACH", 1)
    at, found = reverse("courses:moochub"), []
    while at:
        document = client.get(at.removeprefix(settings.PUBLIC_URL)).json()
        found += [each["id"] for each in document["data"]]
        at = document["links"].get("next", "")
    assert sorted(found) == sorted(str(course.translation_key) for course in two)
    assert document["links"]["self"] == document["links"]["last"]
    assert document["links"]["prev"] == document["links"]["first"]


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "9" * 30, "²"])
def test_a_page_that_is_not_there_is_not_found(client, course, page):
    assert client.get(reverse("courses:moochub"), {"page": page}).status_code == 404


def test_an_empty_catalogue_is_one_empty_page(client, db):
    with look(system("test")):
        CatalogueEntry.objects.all().delete()
    assert told(client, "moochub").json()["data"] == []
    assert told(client, "amb").content == b""


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("*/*", 200),
        ("application/vnd.api+json", 200),
        ("application/vnd.api+json; moochub-version=3", 200),
        ("application/vnd.api+json; moochub-version=2, application/vnd.api+json; moochub-version=3", 200),
        ("application/vnd.api+json; moochub-version=2", 406),
        ("application/vnd.api+json;moochub-version=4.1", 406),
    ],
)  # fmt: skip
def test_a_version_is_agreed_on_by_headers(client, course, accept, status):
    answer = client.get(reverse("courses:moochub"), headers={"accept": accept})
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == moochub.CONTENT_TYPE


# --- AMB, RSS ---


def test_every_line_is_the_record_that_the_courses_page_names(client, two):
    lines = [json.loads(line) for line in told(client, "amb").content.splitlines()]
    assert [line["id"] for line in lines] == sorted(
        (lasting(course) for course in two), key=lambda url: url.rsplit("/", 2)[1]
    )
    for course in two:
        page = client.get(reverse("courses:course", args=[course.provider.slug, course.slug]))
        at = reverse("courses:course_amb", args=[course.provider.slug, course.slug])
        assert f'type="application/ld+json" href="{at}"' in page.content.decode()
        assert client.get(at).json() in lines
    assert client.get(reverse("courses:course_amb", args=["haus", "nichts"])).status_code == 404


def test_a_feed_names_what_is_new_by_an_address_that_lasts(client, course):
    answer = told(client, "rss")
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    [item] = ET.fromstring(answer.content).iter("item")  # noqa: S314 -- our own
    assert item.findtext("title") == "Sicher <im> Netz & mehr"
    assert item.findtext("guid") == lasting(course)
    page = client.get(reverse("courses:catalogue")).content.decode()
    assert 'type="application/rss+xml" href="/kurse/neu.rss"' in page


def test_what_everybody_may_keep_is_said_in_german_whatever_is_spoken(client, course):
    german = told(client, "rss").content
    client.cookies["language"] = "en"
    assert client.get(reverse("courses:rss"), headers={"accept-language": "en"}).content == german


@pytest.mark.parametrize("name", ["moochub", "amb", "rss", "oai"])
def test_a_course_that_was_withdrawn_is_told_no_more(
    client, course, name, django_capture_on_commit_callbacks
):
    asked = {"verb": "ListRecords", **EVERY} if name == "oai" else {}
    assert str(course.translation_key) in told(client, name, **asked).content.decode()
    with django_capture_on_commit_callbacks(execute=True), look(system("test")):
        CoursePage.objects.get(pk=course.pk).unpublish()
    assert str(course.translation_key) not in told(client, name, **asked).content.decode()


def test_one_answer_is_a_few_statements_however_many_courses(
    client, two, django_assert_max_num_queries
):
    for name in ("moochub", "amb", "rss"):
        with django_assert_max_num_queries(6):
            told(client, name)
    with django_assert_max_num_queries(6):
        told(client, "oai", verb="ListRecords", **EVERY)


# --- OAI-PMH ---


@pytest.fixture
def harvester(client):
    """A reader by others, which asks through Django's test client."""

    def answer(request):
        ours = client.get(f"{request.url.path}?{request.url.query.decode()}")
        return httpx2.Response(ours.status_code, headers=dict(ours.headers), content=ours.content)

    with Scythe(settings.PUBLIC_URL + reverse("courses:oai")) as scythe:
        scythe._client = httpx2.Client(transport=httpx2.MockTransport(answer))
        yield scythe


def test_a_harvester_takes_the_whole_catalogue_in_parts(harvester, two, monkeypatch):
    monkeypatch.setattr(oai, "EACH", 1)
    found = {record.header.identifier: record.metadata for record in harvester.list_records()}
    assert {key.rpartition(":")[2] for key in found} == {str(c.translation_key) for c in two}
    [said] = [each for key, each in found.items() if key.endswith(str(two[0].translation_key))]
    assert said["title"] == ["Sicher <im> Netz & mehr"]
    assert said["identifier"] == [lasting(two[0])]
    assert said["rights"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert len(list(harvester.list_identifiers())) == 2


def test_a_harvester_learns_what_is_here_and_takes_one_house_or_one_course(harvester, two):
    assert harvester.identify().protocolVersion == "2.0"
    assert [one.metadataPrefix for one in harvester.list_metadata_formats()] == ["oai_dc"]
    assert [one.setSpec for one in harvester.list_sets()] == ["haus", "nachbar"]
    [only] = harvester.list_records(set_="haus")
    again = harvester.get_record(identifier=only.header.identifier)
    assert again.metadata == only.metadata
    with pytest.raises(IdDoesNotExist):
        harvester.get_record(identifier=f"{only.header.identifier}x")


def test_a_harvester_comes_back_for_what_has_changed(harvester, course):
    [record] = harvester.list_records()
    stamp = record.header.datestamp
    assert len(list(harvester.list_records(from_=stamp, until=stamp))) == 1
    assert len(list(harvester.list_records(from_=stamp[:10], until=stamp[:10]))) == 1
    with pytest.raises(NoRecordsMatch):
        list(harvester.list_records(from_="2999-01-01"))
    with pytest.raises(NoRecordsMatch):
        list(harvester.list_records(until="1999-01-01T00:00:00Z"))


@pytest.mark.parametrize(
    ("code", "query"),
    [
        ("badVerb", ""),
        ("badVerb", "verb=Anders"),
        ("badVerb", "verb=Identify&verb=Identify"),
        ("badArgument", "verb=Identify&x=1"),
        ("badArgument", "verb=ListRecords"),
        ("badArgument", "verb=GetRecord&metadataPrefix=oai_dc"),
        ("badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=gestern"),
        ("badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30"),
        ("badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-03&until=2026-02-02"),
        ("badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-03&until=2026-02-04T00:00:00Z"),
        ("badArgument", "verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x"),
        ("cannotDisseminateFormat", "verb=ListRecords&metadataPrefix=marc21"),
        ("badResumptionToken", "verb=ListRecords&resumptionToken=x"),
        ("badResumptionToken", "verb=ListRecords&resumptionToken=bnVsbA=="),
        ("badResumptionToken", "verb=ListSets&resumptionToken=x"),
        ("idDoesNotExist", "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:1"),
        ("idDoesNotExist", "verb=ListMetadataFormats&identifier=%00"),
        ("noRecordsMatch", "verb=ListRecords&metadataPrefix=oai_dc&set=nichts"),
        ("badArgument", "verb=ListRecords&metadataPrefix=oai_dc&set=%00"),
    ],
)  # fmt: skip
def test_what_breaks_the_rules_is_answered_in_the_words_of_the_protocol(
    client, course, code, query
):
    for answer in (
        client.get(f"{reverse('courses:oai')}?{query}"),
        client.post(
            reverse("courses:oai"), query, content_type="application/x-www-form-urlencoded"
        ),
    ):
        assert answer.status_code == 200
        root = ET.fromstring(answer.content)  # noqa: S314 -- our own
        assert root.find(f"{OAI}error").get("code") == code
        attributes = root.find(f"{OAI}request").attrib
        assert bool(attributes) == (code not in ("badVerb", "badArgument"))


@given(st.lists(st.tuples(st.sampled_from(["verb", "from", "until", "set", "identifier", "metadataPrefix", "resumptionToken", "x"]), st.text(max_size=30)), max_size=5))  # fmt: skip
def test_nothing_that_is_asked_breaks_the_reader(arguments):
    assert refused(arguments) in ("", "badVerb", "badArgument", "badResumptionToken", "cannotDisseminateFormat")  # fmt: skip


def refused(arguments):
    """The protocol's word for what is wrong; empty: nothing."""
    try:
        oai.read(arguments)
    except oai.Refused as reason:
        return reason.code
    return ""


@given(st.text())
def test_every_text_can_be_written_as_xml(text):
    element = ET.Element("a")
    element.text = oai.clean(text)
    assert ET.fromstring(ET.tostring(element)) is not None  # noqa: S314 -- our own
