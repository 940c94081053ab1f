"""How courses are found from outside: sitemap, robots, canonical addresses, what stands in the head of a page."""

import json
import re
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from PIL import Image

from courses.models import LessonPage
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import make_run
from tests.support.schema_org import faults

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def course(db):
    return factories.make_course(factories.make_provider("haus"), title="Sicher im Netz")


def locations(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (
        200,
        "application/xml; charset=utf-8",
    )
    return [found.text for found in ET.fromstring(answer.content).iter(f"{SITEMAP}loc")]  # noqa: S314 -- our own


def test_the_sitemap_names_courses_providers_open_lessons_and_dates(client, course):
    run = make_run(course.provider)
    make_run(course.provider, publish=False)
    [file] = locations(client, "/sitemap.xml")
    found = locations(client, file.removeprefix(settings.PUBLIC_URL))
    at = f"haus/{course.slug}"
    paths = ["/", "/kurse/", "/termine/", "/anbieter/", "/hilfe/"]
    paths += sorted(
        ["/anbieter/haus/", f"/kurse/{at}/", f"/lernen/{at}/schritt-1/", f"/termine/{run.key}/"]
    )
    assert [*found[:5], *sorted(found[5:])] == [f"{settings.PUBLIC_URL}{path}" for path in paths]
    assert client.get("/sitemap/2.xml").status_code == 404
    for address in found:
        assert client.get(address.removeprefix(settings.PUBLIC_URL)).status_code == 200


def test_robots_are_let_into_open_lessons_and_told_of_the_sitemap(client, db):
    said = client.get("/robots.txt").content.decode()
    assert "/lernen/" not in said
    assert "Disallow: /konto/" in said
    assert said.endswith(f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml\n")


def test_an_open_lesson_may_be_found_and_a_learners_own_page_not(client, course):
    path = f"/lernen/haus/{course.slug}/schritt-1/"
    visitor = client.get(path).content.decode()
    assert "noindex" not in visitor
    assert "ein Schritt aus dem Kurs „Sicher im Netz“" in visitor
    client.force_login(factories.make_enrolment(course).learner)
    assert '<meta name="robots" content="noindex">' in client.get(path).content.decode()


def test_addresses_in_the_head_are_absolute(client, course):
    path = f"/kurse/haus/{course.slug}/"
    head = client.get(f"{path}?x=1").content.decode().partition("</head>")[0]
    assert f'<link rel="canonical" href="{settings.PUBLIC_URL}{path}">' in head
    assert dict(re.findall(r'rel="alternate" hreflang="([^"]+)"\s+href="([^"]+)"', head)) == {
        "de": f"{settings.PUBLIC_URL}{path}",
        "en": f"{settings.PUBLIC_URL}/en{path}",
        "x-default": f"{settings.PUBLIC_URL}{path}",
    }


def test_results_of_a_search_are_not_to_be_found_and_further_pages_are_their_own(client, course):
    searched = client.get("/kurse/", {"q": "netz"}).content.decode()
    assert '<meta name="robots" content="noindex, follow">' in searched
    plain = client.get("/kurse/").content.decode()
    assert "noindex" not in plain
    assert f'<link rel="canonical" href="{settings.PUBLIC_URL}/kurse/">' in plain


def test_a_course_says_what_it_is_in_the_words_of_schema_org(client, course):
    page = client.get(f"/kurse/haus/{course.slug}/").content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert data["@type"] == "Course"
    assert data["name"] == "Sicher im Netz"
    assert data["url"] == f"{settings.PUBLIC_URL}/kurse/haus/{course.slug}/"
    assert data["provider"] == {
        "@type": "EducationalOrganization",
        "name": "Haus haus",
        "url": f"{settings.PUBLIC_URL}/anbieter/haus/",
    }
    assert data["hasCourseInstance"][0]["courseWorkload"] == "PT20M"
    assert faults(data) == []


def test_nothing_a_title_says_ends_the_script_element(client, db):
    course = factories.make_course(factories.make_provider("haus"), title="</script><b>&amp;")
    page = client.get(f"/kurse/haus/{course.slug}/").content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert data["name"] == "</script><b>&amp;"


@pytest.mark.parametrize(
    "title", ["Kurz", "Ein sehr langer Titel " * 11, "Donaudampfschifffahrtsgesellschaft" * 3]
)
def test_every_course_has_a_picture_for_messages(client, db, title):
    course = factories.make_course(factories.make_provider("haus"), title=title[:255])
    path = f"/kurse/haus/{course.slug}/bild.png"
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert (
        f'content="{settings.PUBLIC_URL}{path}"'
        in client.get(f"/kurse/haus/{course.slug}/").content.decode()
    )


def test_a_course_that_is_not_there_has_no_picture(client, db):
    assert client.get("/kurse/haus/nirgends/bild.png").status_code == 404
    with look(system("test")):
        assert not LessonPage.objects.exists()
