"""However often the form of a new course is sent, there is one course, and the second answer leads to it."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.actions import share
from courses.models import CourseIndexPage, CoursePage
from tenancy.lens import look, system
from tests import factories
from tests.support import handouts
from tests.support.desk import address, as_


def courses(house):
    with look(system("test")):
        return [*CoursePage.objects.filter(provider=house).order_by("pk")]


@pytest.fixture
def index_page(house):
    with look(system("test")):
        return CourseIndexPage.objects.get(provider=house, locale__language_code="de").pk


def package():
    course = factories.make_course(factories.make_provider("nachbar"), title="Zum Mitnehmen")
    with look(system("test")):
        return SimpleUploadedFile("kurs.zip", share.export_course(course))


def handout():
    return SimpleUploadedFile("blatt.docx", handouts.handout())


def forms(house, index_page):
    theirs = factories.make_course(factories.make_provider("andere"), title="Sicher")
    start = {"act": "start", "title": "Neu", "index_page": index_page}
    return {
        "empty": ("new", lambda: start | {"template": "leer"}),
        "template": ("new", lambda: start | {"template": "fall"}),
        "handout": ("new", lambda: {"act": "handout", "file": handout(), "index_page": index_page}),
        "file": ("new", lambda: {"act": "file", "file": package(), "index_page": index_page}),
        "adopt": ("adopt", lambda: {"course": theirs.translation_key, "index_page": index_page}),
    }


@pytest.mark.parametrize("way", ["empty", "template", "handout", "file", "adopt"])
def test_one_form_one_course(client, author, house, index_page, way):
    door, made = forms(house, index_page)[way]
    as_(client, author)
    data = made() | {"form": str(uuid.uuid4())}
    assert client.post(reverse(f"desk:{door}"), data).status_code == 302
    [course] = courses(house)
    for sent in data.values():
        if hasattr(sent, "seek"):
            sent.seek(0)
    again = client.post(reverse(f"desk:{door}"), data)
    assert again.url == address("plan", course)
    assert courses(house) == [course]
    client.post(reverse(f"desk:{door}"), made() | {"form": str(uuid.uuid4())})
    assert len(courses(house)) == 2


def test_the_number_of_somebody_elses_form_is_another_one(client, author, house, index_page):
    number = str(uuid.uuid4())
    other = factories.make_provider("nebenan")
    with look(system("test")):
        stranger = factories.make_member(other, "author")
        theirs = CourseIndexPage.objects.get(provider=other, locale__language_code="de").pk
    data = {"act": "start", "title": "Neu", "template": "leer", "form": number}
    as_(client, stranger).post(reverse("desk:new"), data | {"index_page": theirs})
    as_(client, author).post(reverse("desk:new"), data | {"index_page": index_page})
    assert (len(courses(house)), len(courses(other))) == (1, 1)
