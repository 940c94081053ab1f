"""What we write as .h5p is read again as it was, by us and by every rule of H5P."""

import io
import json
import zipfile
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from h5p_lite.core.exporting import ExportLibrary, Source, manifest_for, write_package
from h5p_lite.core.names import Name
from h5p_lite.core.package import Problem, Refused, read
from h5p_samples.packages import (
    CONTENT,
    GOOD,
    PART,
    PNG,
    QUIZ,
    library,
    manifest,
    read_files,
)

WHEEL = Name("H5PEditor.Wheel", 1, 0)
PARAMS = CONTENT["content/content.json"]


def source(path, raw=b"x"):
    raw = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    return Source(path, partial(io.BytesIO, raw))


def exported(**said):
    """The bytes of a package with two libraries and a picture."""
    parts = [
        ExportLibrary(QUIZ, [source("quiz.js"), source("library.json", library(QUIZ))]),
        ExportLibrary(PART, [source("library.json", library(PART)), source("quiz.js")]),
    ]
    usual = {"manifest": manifest(), "params": PARAMS, "media": [source("images/a.png", PNG)]}
    into = io.BytesIO()
    write_package(into, **usual | {"libraries": parts} | said)
    return into.getvalue()


def refused(**said):
    with pytest.raises(Refused) as bad:
        exported(**said)
    return bad.value.problems


# --- the file ------------------------------------------------------------------------------------------------------


def test_what_is_written_is_read_again():
    package = read(io.BytesIO(exported()), name="quiz.h5p")
    assert (package.manifest.raw, package.params) == (manifest(), PARAMS)
    assert [(each.name, each.about.raw) for each in package.libraries] == [
        (PART, library(PART)),
        (QUIZ, library(QUIZ)),
    ]
    assert package.open(package.media[0]).read() == PNG


def test_what_was_read_is_written_again():
    package = read_files(GOOD)
    into = io.BytesIO()
    write_package(
        into,
        manifest=package.manifest.raw,
        params=package.params,
        media=[Source(entry.path, partial(package.open, entry)) for entry in package.media],
        libraries=[
            ExportLibrary(each.name, [Source(f.path, partial(package.open, f)) for f in each.files])
            for each in package.libraries
        ],
    )
    again = read(into)
    assert (again.manifest, again.params, again.media) == (
        package.manifest,
        package.params,
        package.media,
    )
    contents = [[f.sha256 for f in each.files] for each in package.libraries]
    assert [[f.sha256 for f in each.files] for each in again.libraries] == contents


def test_the_same_content_gives_the_same_bytes():
    media = [source("images/a.png", PNG), source("b.txt")]
    assert exported(media=media) == exported(media=media[::-1])
    with zipfile.ZipFile(io.BytesIO(exported(media=media))) as archive:
        assert archive.namelist() == [
            "h5p.json",
            "content/content.json",
            "Test.Part-2.0/library.json",
            "Test.Part-2.0/quiz.js",
            "Test.Quiz-1.2/library.json",
            "Test.Quiz-1.2/quiz.js",
            "content/b.txt",
            "content/images/a.png",
        ]
        assert {info.date_time for info in archive.infolist()} == {(2020, 1, 1, 0, 0, 0)}


def test_what_is_packed_already_is_stored_and_the_rest_is_packed():
    media = [source("a.png", PNG), source("a.mp3", b"ID3"), source("a.txt"), source("a.bmp", b"BM")]
    with zipfile.ZipFile(io.BytesIO(exported(media=media, libraries=[]))) as archive:
        stored = {i.filename for i in archive.infolist() if i.compress_type == zipfile.ZIP_STORED}
    assert stored == {"content/a.png", "content/a.mp3"}


def test_what_would_look_like_a_bomb_is_stored():
    package = read(io.BytesIO(exported(media=[source("a.txt", b" " * 2_000_000)])))
    assert [entry.size for entry in package.media] == [2_000_000]


def test_a_stream_that_cannot_go_back_is_enough():
    class Response(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_place):
            raise io.UnsupportedOperation

        tell = seek

    into = Response()
    write_package(into, manifest=manifest(), params=PARAMS, media=[], libraries=[])
    assert read(io.BytesIO(into.getvalue())).params == PARAMS


DEEP = []
for _ in range(200):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"manifest": manifest(title="")}, Problem("field-wrong", "h5p.json", ("title",))),
        (
            {"manifest": manifest(mainLibrary="Test.X")},
            Problem("main-library-unlisted", "h5p.json", ("Test.X",)),
        ),
        ({"params": {"a": float("nan")}}, Problem("bad-number", "content.json")),
        ({"params": {"a": "\0"}}, Problem("bad-text", "content.json")),
        ({"params": {"a": DEEP}}, Problem("too-deep", "content.json")),
        ({"params": {"a": [0] * 400_000}}, Problem("json-too-big", "content.json")),
        ({"media": [source("../a.png")]}, Problem("unsafe-name", "content/../a.png")),
        ({"media": [source(".a.png")]}, Problem("unsafe-name", "content/.a.png")),
        ({"media": [source("a.svg")]}, Problem("not-allowed", "content/a.svg", ("svg",))),
        (
            {"media": [source("a.txt"), source("A.txt")]},
            Problem("same-name-twice", "content/A.txt"),
        ),
        (
            {"media": [source("content.json")]},
            Problem("same-name-twice", "content/content.json"),
        ),
        (
            {"libraries": [ExportLibrary(QUIZ, [])]},
            Problem("library-json-missing", "Test.Quiz-1.2"),
        ),
        (
            {"media": [source(f"{number}.txt") for number in range(10_000)]},
            Problem("too-many-files"),
        ),
        (
            {"media": [source("a.mp4", b"\0" * (64 * 1024 * 1024 + 1))]},
            Problem("file-too-big", "content/a.mp4"),
        ),
    ],
)
def test_what_would_be_refused_is_not_written(said, problem):
    assert refused(**said) == [problem]


def test_a_package_that_grows_too_big_is_not_finished(monkeypatch):
    from h5p_lite.core import exporting
    from h5p_lite.core.package import Limits

    monkeypatch.setattr(exporting, "LIMITS", Limits(unpacked=900))
    assert refused(media=[source("a.txt", b"x" * 900)]) == [Problem("too-big-unpacked")]


# --- h5p.json ------------------------------------------------------------------------------------------------------


def made(**said):
    usual = {"title": "Ein Quiz", "language": "de", "main": QUIZ, "preloaded": [PART, QUIZ]}
    return manifest_for(**usual | said)


def test_the_manifest_lists_what_is_loaded_and_not_what_an_editor_needs():
    assert made(preloaded=[PART, WHEEL, QUIZ]) == manifest()
    assert made(preloaded=[PART]) == manifest()


def test_another_version_of_the_main_library_does_not_become_the_main_library():
    """Core takes the first of that name."""
    older = Name("Test.Quiz", 1, 0)
    raw = made(preloaded=[older, PART, QUIZ])
    assert read_files(CONTENT | {"h5p.json": raw}).manifest.main == QUIZ
    assert raw["preloadedDependencies"][1] == older.as_dependency()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("  Zwei\n Zeilen\0\u202e ", "Zwei Zeilen"),
        ("", "Test.Quiz"),
        ("ä" * 200, "ä" * 127),
        ("x" * 254 + "ä", "x" * 254),
    ],
)
def test_the_title_is_one_line_of_255_bytes(title, expected):
    """Core counts bytes."""
    assert made(title=title)["title"] == expected


@pytest.mark.parametrize(("language", "expected"), [("de", "de"), ("", "und"), ("zh_Hans", "und")])
def test_a_language_that_h5p_does_not_take_is_undetermined(language, expected):
    assert made(language=language)["language"] == expected


def test_metadata_come_along():
    said = {
        "authors": [{"name": "Ada", "role": "Editor"}],
        "source": "https://a.example/",
        "license": "CC BY",
        "licenseVersion": "4.0",
        "licenseExtras": "a\nb",
        "yearFrom": 2019,
        "yearTo": "2020",
        "changes": [{"date": "01-02-20 10:00:00", "author": "Bo", "log": "neu"}],
        "authorComments": "x",
        "a11yTitle": "Quiz",
        "defaultLanguage": "de",
    }
    assert made(metadata=said) == manifest(**said)
    assert read_files(CONTENT | {"h5p.json": made(metadata=said)}).manifest.metadata == said


def test_metadata_that_core_would_refuse_stay_behind():
    said = {
        "authors": [{"name": "Ada\nL."}, {"role": "Author"}, "Bo"],
        "source": "www.a.example",
        "license": "GNU GPL",
        "licenseVersion": "v3",
        "licenseExtras": "",
        "yearFrom": "früher",
        "changes": [{"date": "01-02-20 10:00:00", "log": "neu"}],
        "authorComments": "ä" * 2501,
        "a11yTitle": "\0",
        "title": "anders",
        "mainLibrary": "Test.X",
    }
    kept = {"authors": [{"name": "Ada L.", "role": "Author"}], "license": "GNU GPL"}
    assert made(metadata=said) == manifest(**kept)


TEXT = st.text(max_size=300) | st.none() | st.integers() | st.lists(st.text(max_size=5))
AUTHORS = st.lists(
    st.dictionaries(st.sampled_from(["name", "role", "x"]), TEXT, max_size=3), max_size=2
)
METADATA = st.fixed_dictionaries(
    {},
    optional={
        "authors": AUTHORS | TEXT,
        "changes": AUTHORS | TEXT,
        **dict.fromkeys(["source", "license", "yearFrom", "a11yTitle", "defaultLanguage"], TEXT),
    },
)


@given(st.text(max_size=300), st.text(max_size=12), METADATA)
def test_any_title_and_metadata_make_a_package_that_is_read(title, language, metadata):
    raw = manifest_for(
        title=title, language=language, main=QUIZ, preloaded=[PART], metadata=metadata
    )
    into = io.BytesIO()
    write_package(into, manifest=raw, params={}, media=[], libraries=[])
    assert read(into).manifest.raw == raw


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text("aä\n\"\\<\u2028€😀", max_size=9)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text("abäö", max_size=4), inside, max_size=4),
    max_leaves=20,
)  # fmt: skip
PATHS = st.lists(
    st.from_regex(r"[a-z]{1,3}(/[a-z]{1,3})?\.(txt|csv|md)", fullmatch=True),
    unique=True,
    max_size=5,
)


@given(
    st.dictionaries(st.text("abcd", max_size=4), JSON, max_size=5), PATHS, st.binary(max_size=30)
)
def test_any_content_comes_back_as_it_was(params, paths, raw):
    raw = b"_" + raw
    into = io.BytesIO()
    media = [source(path, raw) for path in paths]
    write_package(into, manifest=manifest(), params=params, media=media, libraries=[])
    package = read(into)
    assert package.params == params
    assert {e.path: package.open(e).read() for e in package.media} == dict.fromkeys(paths, raw)
