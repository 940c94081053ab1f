"""Activities go along when a course is taken to another house: the content, never the programs."""

import hashlib
import io
import json
import zipfile

import pytest

from courses.actions import share
from courses.models import CourseIndexPage, CoursePage, LessonPage
from courses.packages import BadPackage
from h5p_lite.core.package import read
from h5p_lite.models import Content, Library
from tenancy.lens import look, system
from tests import factories
from tests.factories import activities


@pytest.fixture
def course(house, db):
    activities.install()
    return activities.make_course_with(activities.make_activity(house))


@pytest.fixture
def exported(course):
    with look(system("test")):
        return share.export_course(course)


@pytest.fixture
def index_page(db):
    provider = factories.make_provider("nachbar")
    with look(system("test")):
        return CourseIndexPage.objects.get(provider=provider, locale__language_code="de")


def arrive(exported, index_page):
    with look(system("test")):
        return share.import_course(exported, index_page, by=None)


def activity_in(course):
    lesson = LessonPage.objects.child_of(course).get()
    return next(block.value["content"] for block in lesson.body if block.block_type == "h5p")


def test_a_course_takes_its_activities_along(exported, index_page):
    arrived = arrive(exported, index_page)
    with look(system("test")):
        there = activity_in(CoursePage.objects.get(pk=arrived.pk))
        assert (there.owner_id, there.title) == (index_page.provider_id, "Ein Quiz")
        assert there.revisions.get().params == {"question": "Wie?"}
        assert {*there.revisions.get().files} == {"images/a.png"}


def test_the_file_brings_no_programs(exported):
    with zipfile.ZipFile(io.BytesIO(exported)) as package:
        [name] = [name for name in package.namelist() if name.endswith(".h5p")]
        raw = package.read(name)
    inside = read(io.BytesIO(raw))
    assert (inside.libraries, str(inside.manifest.main)) == ((), "Test.Quiz 1.2")


def test_twice_the_same_is_one_activity(exported, index_page):
    arrive(exported, index_page)
    arrive(exported, index_page)
    with look(system("test")):
        assert Content.objects.filter(owner=index_page.provider).count() == 1


def test_a_house_without_the_type_says_so_and_changes_nothing(exported, index_page):
    with look(system("test")):
        Library.objects.all().delete()
        courses = CoursePage.objects.count()
    with pytest.raises(BadPackage) as refused:
        arrive(exported, index_page)
    assert [*refused.value.problems] == [("activity-type-missing", "Test.Quiz 1.2")]
    with look(system("test")):
        assert CoursePage.objects.count() == courses


BROKEN = b"PK\x03\x04 broken"


def test_a_broken_activity_is_named(exported, index_page):
    with zipfile.ZipFile(io.BytesIO(exported)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    data = json.loads(files["course.json"])
    [item] = data["media"]
    old, new = item["file"], f"media/{hashlib.sha256(BROKEN).hexdigest()}.h5p"
    text = files["course.json"].decode().replace(old, new)
    files = {k: v for k, v in files.items() if k != old} | {
        "course.json": text.encode(),
        new: BROKEN,
    }
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    with pytest.raises(BadPackage) as refused:
        arrive(into.getvalue(), index_page)
    assert [problem.code for problem in refused.value.problems] == ["activity-broken"]
