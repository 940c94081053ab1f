"""A provider takes all it has made along; another Lernstadt takes it in, all of it or nothing."""

import io
import json
import zipfile

import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from wagtail.images import get_image_model

from courses.actions import export_provider, receive_provider
from courses.models import CourseIndexPage, CoursePage
from courses.packages import BadPackage
from providers.models import Provider
from tenancy.lens import look, system
from tests import factories
from tests.factories.packages import png
from tests.support.records import recorded, text_of

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile")  # Wagtail's own
ZIP = "/anbieter/haus/verwalten/mitnehmen/archiv.zip"


@pytest.fixture
def furnished(house):
    """A published course, a draft, and a picture that no course uses."""
    factories.make_course(house, title="Sicher surfen")
    with look(system("test")):
        draft = CoursePage(title="Noch ein Entwurf", slug="entwurf", summary="Bald.", live=False)
        index_page(house).add_child(instance=draft)
        draft.save_revision(clean=False)
        picture = get_image_model()(title="Unser Haus", collection=house.collection)
        picture.file = ImageFile(io.BytesIO(png()), "haus.png")
        picture.save()
    return house


def index_page(provider):
    return CourseIndexPage.objects.get(provider=provider, locale__language_code="de")


def archive(provider):
    target = io.BytesIO()
    with look(system("test")):
        export_provider(provider, target, by=None)
    target.seek(0)
    return target


def titles(provider):
    with look(system("test")):
        pages = CoursePage.objects.filter(provider=provider, locale__language_code="de")
        return sorted(pages.values_list("title", "live"))


def changed(file, name, content):
    """The same archive with other `content` under `name`; None: without it."""
    target = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        if content is not None:
            new.writestr(name, content)
    target.seek(0)
    return target


def test_a_head_sees_what_is_in_it_and_takes_it(desk, furnished):
    page = text_of(desk.get("/anbieter/haus/verwalten/mitnehmen/"))
    assert "Sicher surfen" in page
    assert "Noch ein Entwurf (Entwurf)" in page
    answer = desk.get(ZIP)
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as file:
        facts = json.loads(file.read("anbieter.json"))
        assert "Daten von Lernenden sind nicht dabei." in file.read("LIESMICH.txt").decode()
    assert [course["title"] for course in facts["courses"]] == ["Sicher surfen", "Noch ein Entwurf"]
    assert [medium["title"] for medium in facts["media"]] == ["Unser Haus"]
    assert facts["provider"]["name"] == "Haus haus"
    assert [line.who for line in recorded("provider.exported")] == ["Olga Leitung"]


def test_nobody_of_its_team_and_no_learner_is_in_it(furnished, owner):
    learner = factories.make_user("Lea Geheim", "lea@lernende.example")
    with look(system("test")):
        course = CoursePage.objects.get(title="Sicher surfen", locale__language_code="de")
    factories.make_enrolment(course, learner)
    with zipfile.ZipFile(archive(furnished)) as file:
        content = b"".join(file.read(name) for name in file.namelist())
    for word in ("Lea Geheim", "lea@lernende.example", "Olga Leitung", owner.email):
        assert word.encode() not in content


def test_it_comes_in_at_the_desk_of_the_same_provider_elsewhere(client, furnished):
    file = archive(furnished)
    elsewhere = factories.make_provider("neu")
    with look(system("test")):
        Provider.objects.filter(pk=elsewhere.pk).update(name=furnished.name)
        target = index_page(elsewhere).pk
    client.force_login(factories.make_member(elsewhere, "owner"))
    upload = SimpleUploadedFile("haus.zip", file.getvalue())
    page = client.post(
        "/redaktion/kurse/neu/", {"act": "file", "file": upload, "index_page": target}, follow=True
    )
    assert "2 Kurse sind da, als Entwürfe." in text_of(page)
    assert titles(elsewhere) == [("Noch ein Entwurf", False), ("Sicher surfen", False)]
    with look(system("test")):
        [picture] = get_image_model().objects.filter(collection=elsewhere.collection)
    assert picture.title == "Unser Haus"


def test_somebody_else_gets_courses_with_their_origin_and_no_loose_files(furnished):
    neighbour = factories.make_provider("nachbar")
    with look(system("test")):
        receive_provider(archive(furnished), index_page(neighbour), by=None)
        taken = CoursePage.objects.get(
            provider=neighbour, title="Sicher surfen", locale__language_code="de"
        )
        assert taken.origin["provider"] == "Haus haus"
        assert not get_image_model().objects.filter(collection=neighbour.collection).exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("anbieter.json", b"nicht lesbar"),
        ("anbieter.json", b"[]"),
        (
            "anbieter.json",
            b'{"format": "x", "version": 1, "provider": {"name": "x"}, "courses": [], "media": []}',
        ),
        ("anbieter.json", None),
        ("kurse/002-noch-ein-entwurf.zip", b"kein zip"),
        ("kurse/002-noch-ein-entwurf.zip", None),
    ],
)
def test_what_is_wrong_with_it_is_said_and_nothing_is_stored(furnished, name, content):
    broken = changed(archive(furnished), name, content)
    neighbour = factories.make_provider("nachbar")
    with look(system("test")), pytest.raises(BadPackage):
        receive_provider(broken, index_page(neighbour), by=None)
    assert titles(neighbour) == []


def test_a_picture_that_is_not_what_it_says_is_refused(furnished):
    file = archive(furnished)
    with zipfile.ZipFile(file) as opened:
        facts = json.loads(opened.read("anbieter.json"))
    broken = changed(file, facts["media"][0]["file"], b"<script>alert(1)</script>")
    with look(system("test")), pytest.raises(BadPackage, match="wrong-hash"):
        receive_provider(broken, index_page(furnished), by=None)


def test_the_operator_does_both_by_command(furnished, tmp_path, capsys):
    path = tmp_path / "haus.zip"
    call_command("export_provider", "haus", path)
    assert "2 courses written to haus.zip." in capsys.readouterr().out
    neighbour = factories.make_provider("nachbar")
    call_command("import_provider", "nachbar", path)
    assert "2 courses are there as drafts." in capsys.readouterr().out
    assert len(titles(neighbour)) == 2
    with pytest.raises(CommandError, match="There is no provider"):
        call_command("import_provider", "niemand", path)
