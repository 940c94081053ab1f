"""Our own libraries become files that we ourselves would take from anybody."""

import io
import json
import shutil

import pytest

from h5p_lite.core.building import LIBRARIES, build, bundle, folders
from h5p_lite.core.package import Refused, read

FILES = [
    "lernhn-cards-1.0.1.h5p",
    "lernhn-quiz-1.0.1.h5p",
    "lernhn-sequence-1.0.1.h5p",
    "lernhn.h5p",
]
ALL = ["LernHN.Base 1.0", "LernHN.Cards 1.0", "LernHN.Quiz 1.0", "LernHN.Sequence 1.0"]


def opened(raw, name=""):
    return read(io.BytesIO(raw), name=name)


@pytest.fixture
def copied(tmp_path):
    return shutil.copytree(LIBRARIES, tmp_path / "libraries")


def test_every_content_type_becomes_a_file_and_all_libraries_one():
    assert [built.name for built in build()] == FILES


def test_the_same_folders_give_the_same_bytes(copied):
    for path in copied.rglob("*"):
        path.touch()
    assert list(build(copied)) == list(build())


def test_all_of_them_as_one_is_libraries_only():
    package = opened(bundle(), "lernhn.h5p")
    assert package.is_bundle
    assert [str(library.name) for library in package.libraries] == ALL
    assert [sorted(library.languages) for library in package.libraries] == [["de", "en"]] * 4
    assert {library.about.core_api for library in package.libraries} == {(1, 24)}


@pytest.mark.parametrize(
    ("file", "main", "title", "packed"),
    [
        (FILES[0], "LernHN.Cards", "Begriffe zur Sicherheit", ALL[:2]),
        (FILES[1], "LernHN.Quiz", "Phishing erkennen", [ALL[0], ALL[2]]),
        (FILES[2], "LernHN.Sequence", "Sichere Konten", ALL),
    ],
)
def test_a_file_brings_its_example_and_everything_it_needs(file, main, title, packed):
    package = opened(dict(build())[file], file)
    assert (package.manifest.main.machine_name, package.manifest.title) == (main, title)
    assert [str(library.name) for library in package.libraries] == packed
    folder = next(each for each in folders().values() if each.file_name == file)
    assert package.params == folder.example["params"]


def test_examples_and_hidden_files_are_not_packed(copied):
    (copied / "LernHN.Quiz" / ".DS_Store").write_bytes(b"x")
    quiz = opened(bundle(copied)).libraries[2]
    assert [entry.path for entry in quiz.files] == [
        "icon.svg",
        "language/de.json",
        "language/en.json",
        "library.json",
        "quiz.css",
        "quiz.js",
        "semantics.json",
    ]


def test_what_we_would_not_take_is_not_built(copied):
    (copied / "LernHN.Quiz" / "quiz.css").unlink()
    with pytest.raises(Refused) as refused:
        list(build(copied))
    assert [problem.code for problem in refused.value.problems] == ["asset-missing"]


def test_an_example_may_only_use_libraries_that_are_there(copied):
    about = copied / "LernHN.Quiz" / "library.json"
    about.write_text(json.dumps(json.loads(about.read_text()) | {"minorVersion": 1}))
    with pytest.raises(LookupError, match=r"LernHN\.Quiz 1\.0"):
        list(build(copied))


def test_dependencies_come_before_what_needs_them(copied):
    about = copied / "LernHN.Cards" / "library.json"
    said = json.loads(about.read_text())
    needed = [{"machineName": "LernHN.Quiz", "majorVersion": 1, "minorVersion": 0}]
    needed += said["preloadedDependencies"]
    about.write_text(json.dumps(said | {"preloadedDependencies": needed}))
    package = opened(dict(build(copied))[FILES[0]])
    listed = [str(name) for name in package.manifest.preloaded]
    assert listed == ["LernHN.Cards 1.0", "LernHN.Base 1.0", "LernHN.Quiz 1.0"]
    assert [str(library.name) for library in package.libraries] == ALL[:3]
