"""The store: libraries come in whole or not at all, contents bring no code, and one can go back."""

import hashlib
import io
from datetime import timedelta

import pytest

from h5p import actions
from h5p.actions.libraries import NoFormer
from h5p.models import LibraryRequest, Upload
from h5p_lite import blobs
from h5p_lite.core.building import bundle
from h5p_lite.core.names import Name
from h5p_lite.core.package import read
from h5p_lite.models import Content, Library, LibraryFile, Revision
from h5p_lite.queries.active import active_libraries, loaded_for
from tenancy.lens import look, public, system
from tests.factories import activities, make_provider
from tests.h5p_samples.packages import (
    CONTENT,
    GOOD,
    LIBRARIES,
    PART,
    PNG,
    QUIZ,
    folder,
    manifest,
    without,
)


@pytest.fixture
def house(db):
    return make_provider("haus")


@pytest.fixture
def libraries(db):
    return activities.install()


def wishing():
    """A content of a type that is not here."""
    wish = [Name("Test.Wish", 1, 0).as_dependency()]
    return CONTENT | {"h5p.json": manifest(mainLibrary="Test.Wish", preloadedDependencies=wish)}


def newer(**said):
    """The quiz in its next patch."""
    files = folder(QUIZ, patchVersion=4, preloadedDependencies=[PART.as_dependency()], **said)
    return {**files, "Test.Quiz-1.2/quiz.js": "var b;"}


def test_libraries_come_with_their_files_and_what_they_need(libraries):
    assert (libraries.state, libraries.installed) == ("done", ["Quiz 2.0.3", "Quiz 1.2.3"])
    with look(public):
        here = active_libraries()
        assert here.loading([QUIZ]).order == [PART, QUIZ]
        paths = LibraryFile.objects.filter(library__machine_name="Test.Quiz").order_by("path")
        assert [file.path for file in paths] == [
            "icon.svg",
            "language/de.json",
            "library.json",
            "quiz.js",
            "semantics.json",
        ]
        assert blobs.read_text(paths[3].sha256) == "var a;"
        quiz = Library.objects.get(machine_name="Test.Quiz")
        assert (quiz.semantics, quiz.languages) == (
            [{"name": "question", "type": "text"}],
            {"de": {"semantics": [{"label": "Frage"}]}},
        )


def test_a_library_that_lacks_another_one_is_refused_whole(db):
    files = folder(QUIZ, preloadedDependencies=[PART.as_dependency()]) | folder(
        Name("Test.Other", 1, 0)
    )
    refused = activities.install(files)
    assert (refused.state, refused.problems) == (
        "refused",
        [
            {
                "code": "dependency-missing",
                "file": "Test.Quiz-1.2/library.json",
                "values": ["Test.Part 2.0"],
            }
        ],
    )
    with look(public):
        assert Library.objects.count() == 0


def test_a_newer_patch_takes_over_and_can_be_taken_back(libraries):
    with look(public):
        before = loaded_for(active_libraries(), (QUIZ,))
    activities.install(newer())
    with look(public):
        after = loaded_for(active_libraries(), (QUIZ,))
        assert before.stamp != after.stamp
        assert [
            str(one) for one in Library.objects.filter(machine_name="Test.Quiz", state="active")
        ] == ["Quiz 1.2.4"]
    with look(system("test")):
        newest = Library.objects.get(machine_name="Test.Quiz", state="active")
        assert actions.roll_back(newest, by=None).version == "1.2.3"
        with pytest.raises(NoFormer):
            actions.roll_back(Library.objects.get(machine_name="Test.Quiz"), by=None)
    with look(public):
        assert loaded_for(active_libraries(), (QUIZ,)).stamp == before.stamp


def test_an_older_or_the_same_patch_changes_nothing(libraries):
    assert activities.install().installed == []
    older = folder(QUIZ, patchVersion=2)
    assert activities.install(older).installed == []
    with look(public):
        assert {library.version for library in Library.objects.all()} == {"1.2.3", "2.0.3"}


def test_what_the_office_said_of_a_patch_was_said_of_that_program(libraries):
    with look(system("test")):
        quiz = Library.objects.get(machine_name="Test.Quiz")
        actions.set_office_words(
            quiz, profile="eval", verdict="recommended", note="Nur mit Maus.", by=None
        )
    activities.install(newer())
    with look(public):
        quiz = Library.objects.get(machine_name="Test.Quiz", state="active")
        assert (quiz.profile, quiz.verdict, quiz.note) == ("strict", "", "")
        assert quiz.needs_alternative
        assert loaded_for(active_libraries(), (QUIZ,)).profiles == {"strict"}


@pytest.mark.parametrize("name", ["H5P", "h5pEditor", "H5PIntegration", "LernHN.Quiz", "lernhn.x"])
def test_nobody_takes_the_name_of_the_core_or_ours(name, db):
    refused = activities.install(folder(Name(name, 1, 0)))
    assert [(one["code"], one["values"]) for one in refused.problems] == [
        ("protected-name", [f"{name} 1.0"])
    ]
    with look(public):
        assert Library.objects.count() == 0


def test_our_own_types_are_ours_to_the_last_byte(db):
    ours = read(io.BytesIO(bundle()))
    files = {
        f"{one.folder}/{entry.path}": ours.open(entry).read()
        for one in ours.libraries
        for entry in one.files
    }
    assert activities.install(files | {"LernHN.Base/base.js": "steal();"}).state == "refused"
    assert activities.install(files).state == "done"


def test_a_provider_brings_content_and_never_code(house, libraries):
    stranger = {
        **GOOD,
        "Test.Quiz-1.2/quiz.js": "steal()",
        "Test.Quiz-1.2/library.json": GOOD["Test.Quiz-1.2/library.json"] | {"patchVersion": 99},
    }
    arrived = activities.upload(stranger, provider=house)
    assert arrived.state == "done"
    with look(system("test")):
        assert Library.objects.get(machine_name="Test.Quiz").patch == 3
        revision = Revision.objects.get(content=arrived.content)
        assert (revision.library, revision.uses) == (QUIZ, ["Test.Quiz 1.2"])
        assert revision.params == {"question": "Wie?"}  # its semantics know no picture
        assert revision.files == {
            "images/a.png": {"sha256": blobs.keep_bytes(PNG).sha256, "size": len(PNG)}
        }


def test_a_content_waits_for_its_library_and_the_office_is_asked(house, owner):
    waiting = activities.upload(CONTENT, provider=house, by=owner)
    assert (waiting.state, waiting.missing) == ("missing", ["Test.Quiz 1.2"])
    again = activities.upload(CONTENT, provider=house, by=owner)
    with look(system("test")):
        assert [(str(one), one.state, one.by_name) for one in LibraryRequest.objects.all()] == [
            ("Test.Quiz 1.2", "open", "Olga Leitung")
        ]
        file = blobs.open_blob(waiting.sha256)
        file.close()
    installing = activities.upload(LIBRARIES, purpose=Upload.Purpose.LIBRARIES)
    with look(system("test")):
        assert LibraryRequest.objects.get().state == "done"
        went_on = Upload.objects.filter(state="missing").values_list("pk", flat=True)
        assert {*went_on} == {waiting.pk, again.pk}
        actions.process(Upload.objects.get(pk=waiting.pk))
        assert Content.objects.get().title == "Ein Quiz"
    assert installing.state == "done"


def test_a_broken_package_leaves_its_problems_and_nothing_else(house, libraries):
    refused = activities.upload(without("content/content.json", files=CONTENT), provider=house)
    assert (refused.state, [problem["code"] for problem in refused.problems]) == (
        "refused",
        ["no-content"],
    )
    with look(system("test")):
        assert Content.objects.count() == 0


def test_an_upload_is_taken_in_once(house, libraries):
    arrived = activities.upload(CONTENT, provider=house)
    with look(system("test")):
        actions.process(Upload.objects.get(pk=arrived.pk))
        assert Content.objects.count() == 1


def test_files_nobody_needs_go_after_a_day(house, libraries, monkeypatch):
    activities.upload(CONTENT, provider=house)
    waiting = activities.upload(wishing(), provider=house)
    stray = blobs.keep_bytes(b"nobody needs this")
    kept = {path.rpartition("/")[2] for path in blobs.all_paths()}
    with look(system("test")):
        assert actions.forget_unused() == 0
        monkeypatch.setattr("h5p.actions.unused_files.REST", timedelta(seconds=-1))
        assert actions.forget_unused() > 0
        left = {path.rpartition("/")[2] for path in blobs.all_paths()}
        needed = {*LibraryFile.objects.values_list("sha256", flat=True)}
    assert stray.sha256 in kept - left
    picture = hashlib.sha256(PNG).hexdigest()
    assert {*needed, waiting.sha256, picture} <= left
    assert blobs.read_text(sorted(needed)[0])
