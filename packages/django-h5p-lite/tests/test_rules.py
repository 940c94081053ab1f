"""Every rule of H5PValidator for h5p.json and library.json, and which files a package may bring."""

import pytest

from h5p_lite.core.package import Problem, kinds
from h5p_samples.packages import (
    CONTENT,
    GOOD,
    PART,
    PNG,
    QUIZ,
    folder,
    found,
    library,
    manifest,
    problems,
    read_files,
)

MANIFEST, LIBRARY = "h5p.json", "Test.Quiz-1.2/library.json"
DEPENDENCY = QUIZ.as_dependency()


@pytest.mark.parametrize(
    ("said", "code", "place"),
    [
        ({"title": None}, "field-missing", "title"),
        ({"title": ""}, "field-wrong", "title"),
        ({"title": "ä" * 256}, "field-wrong", "title"),
        ({"title": "zwei\nZeilen"}, "field-wrong", "title"),
        ({"title": ["x"]}, "field-wrong", "title"),
        ({"language": "deutsch, einfach"}, "field-wrong", "language"),
        ({"language": "dé"}, "field-wrong", "language"),
        ({"mainLibrary": "Test-Quiz"}, "field-wrong", "mainLibrary"),
        ({"mainLibrary": "Test.Other"}, "main-library-unlisted", "Test.Other"),
        ({"embedTypes": "iframe"}, "field-wrong", "embedTypes"),
        ({"embedTypes": ["external"]}, "field-wrong", "embedTypes"),
        ({"preloadedDependencies": None}, "field-missing", "preloadedDependencies"),
        ({"preloadedDependencies": []}, "main-library-unlisted", "Test.Quiz"),
        ({"preloadedDependencies": DEPENDENCY}, "field-wrong", "preloadedDependencies"),
        ({"preloadedDependencies": ["x"]}, "field-wrong", "preloadedDependencies[1]"),
        (
            {"preloadedDependencies": [DEPENDENCY, DEPENDENCY | {"machineName": "a b"}]},
            "field-wrong",
            "preloadedDependencies[2].machineName",
        ),
        (
            {"preloadedDependencies": [DEPENDENCY | {"minorVersion": True}]},
            "field-wrong",
            "preloadedDependencies[1].minorVersion",
        ),
        (
            {"preloadedDependencies": [DEPENDENCY | {"minorVersion": 100_000}]},
            "field-wrong",
            "preloadedDependencies[1].minorVersion",
        ),
        (
            {"dynamicDependencies": [{"machineName": "A", "majorVersion": 1}]},
            "field-missing",
            "dynamicDependencies[1].minorVersion",
        ),
        ({"contentType": "x" * 256}, "field-wrong", "contentType"),
        ({"author": 1.5}, "field-wrong", "author"),
        ({"authors": [{"role": "Author"}]}, "field-missing", "authors[1].name"),
        ({"authors": [{"name": "A", "role": "Au thor"}]}, "field-wrong", "authors[1].role"),
        ({"source": "javascript:alert(1)"}, "field-wrong", "source"),
        ({"license": "CC-BY"}, "field-wrong", "license"),
        ({"licenseVersion": "5.0"}, "field-wrong", "licenseVersion"),
        ({"licenseExtras": "x" * 5001}, "field-wrong", "licenseExtras"),
        ({"yearsFrom": "20200"}, "field-wrong", "yearsFrom"),
        ({"yearsTo": "bald"}, "field-wrong", "yearsTo"),
        ({"changes": [{"date": "2020-01-01"}]}, "field-wrong", "changes[1].date"),
        ({"changes": [{"author": "x" * 256}]}, "field-wrong", "changes[1].author"),
        ({"changes": [{"log": "x" * 5001}]}, "field-wrong", "changes[1].log"),
        ({"authorComments": "x" * 5001}, "field-wrong", "authorComments"),
        ({"a11yTitle": "x" * 256}, "field-wrong", "a11yTitle"),
        ({"w": "10000"}, "field-wrong", "w"),
        ({"h": -1}, "field-wrong", "h"),
        ({"metaKeywords": ["a"]}, "field-wrong", "metaKeywords"),
        ({"metaDescription": {"a": 1}}, "field-wrong", "metaDescription"),
    ],
)
def test_h5p_json_keeps_every_rule(said, code, place):
    assert problems(GOOD | {MANIFEST: manifest(**said)}) == [Problem(code, MANIFEST, (place,))]


@pytest.mark.parametrize(
    ("said", "code", "place"),
    [
        ({"title": None}, "field-missing", "title"),
        ({"machineName": "Test Quiz"}, "field-wrong", "machineName"),
        ({"majorVersion": "eins"}, "field-wrong", "majorVersion"),
        ({"minorVersion": 2.0}, "field-wrong", "minorVersion"),
        ({"patchVersion": -1}, "field-wrong", "patchVersion"),
        ({"runnable": 2}, "field-wrong", "runnable"),
        ({"runnable": True}, "field-wrong", "runnable"),
        ({"author": "x" * 256}, "field-wrong", "author"),
        ({"license": "WTFPL"}, "field-wrong", "license"),
        ({"description": 1.5}, "field-wrong", "description"),
        ({"metadataSettings": 1}, "field-wrong", "metadataSettings"),
        ({"metadataSettings": {"disable": 2}}, "field-wrong", "metadataSettings.disable"),
        ({"preloadedDependencies": [PART.as_dependency() | {"machineName": ""}]}, "field-wrong", "preloadedDependencies[1].machineName"),
        ({"dynamicDependencies": 1}, "field-wrong", "dynamicDependencies"),
        ({"editorDependencies": [1]}, "field-wrong", "editorDependencies[1]"),
        ({"preloadedJs": [{}]}, "field-missing", "preloadedJs[1].path"),
        ({"preloadedJs": [{"path": "https://a.example/a.js"}]}, "field-wrong", "preloadedJs[1].path"),
        ({"preloadedJs": [{"path": "a//b.js"}]}, "field-wrong", "preloadedJs[1].path"),
        ({"preloadedCss": [{"path": "a.js"}]}, "field-wrong", "preloadedCss[1].path"),
        ({"dropLibraryCss": [{"machineName": "a/b"}]}, "field-wrong", "dropLibraryCss[1].machineName"),
        ({"w": "breit"}, "field-wrong", "w"),
        ({"h": 10000}, "field-wrong", "h"),
        ({"embedTypes": ["div", 1]}, "field-wrong", "embedTypes"),
        ({"fullscreen": "ja"}, "field-wrong", "fullscreen"),
        ({"coreApi": {"majorVersion": 1}}, "field-missing", "coreApi.minorVersion"),
        ({"addTo": "content"}, "field-wrong", "addTo"),
    ],
)  # fmt: skip
def test_library_json_keeps_every_rule(said, code, place):
    files = GOOD | {LIBRARY: library(**said)}
    assert problems(files) == [Problem(code, LIBRARY, (place,))]


@pytest.mark.parametrize(("major", "minor"), [(1, 29), (2, 0)])
def test_a_library_for_a_newer_core_is_refused(major, minor):
    said = {"coreApi": {"majorVersion": major, "minorVersion": minor}}
    wrong = Problem("newer-core", LIBRARY, (f"{major}.{minor}", "1.28"))
    assert problems(GOOD | {LIBRARY: library(**said)}) == [wrong]


@pytest.mark.parametrize("path", ["a.js" * 60, "a" * 250 + "/", "-" * 250])
def test_the_paths_of_scripts_are_judged_at_once(path):
    """Core's own pattern takes exponential time for these."""
    assert found(GOOD | folder(preloadedJs=[{"path": f"{path}!"}])) == [("field-wrong", LIBRARY)]


# --- which files, and what is in them ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["svg", "html", "js", "css", "xml", "swf", "woff", "docx", "exe", "htm", ""]
)
def test_contents_bring_nothing_that_runs(kind):
    path = f"content/a.{kind}".rstrip(".")
    assert found(GOOD | {path: "x"}) == [("not-allowed", path)]


@pytest.mark.parametrize("kind", ["html", "php", "docx", "exe", "map", ""])
def test_libraries_bring_only_what_is_listed(kind):
    path = f"Test.Part/a.{kind}".rstrip(".")
    assert found(GOOD | {path: "x"}) == [("not-allowed", path)]


BEGINNINGS = {
    "PNG": PNG,
    "jpg": b"\xff\xd8\xff\xe0",
    "jpeg": PNG,
    "gif": b"GIF89a",
    "bmp": b"BM",
    "tif": b"II*\0",
    "tiff": b"MM\0*",
    "webm": b"\x1a\x45\xdf\xa3",
    "mp4": b"\0\0\0\x18ftypmp42",
    "m4a": b"\0\0\0\x18ftypM4A ",
    "ogg": b"OggS",
    "mp3": b"\xff\xfb\x90",
    "wav": b"RIFF\0\0\0\0WAVE",
    "pdf": b"%PDF-1.7",
    "glb": b"glTF",
    "txt": b"Worte",
    "vtt": b"WEBVTT",
    "md": b"# Titel",
    "csv": b"a;b",
    "json": b"{}",
}


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_a_file_that_is_what_it_says_is_taken(kind):
    assert len(read_files(CONTENT | {f"content/b.{kind}": BEGINNINGS[kind]}).media) == 2


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_a_page_under_another_name_is_refused(kind):
    page = b"\xef\xbb\xbf \n<SVG onload='x'>"
    path = f"content/b.{kind}"
    assert found(CONTENT | {path: page}) == [("wrong-kind", path)]


@pytest.mark.parametrize(
    "head", [b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypavif", b"\0\0\0\x18ftypheic"]
)
def test_a_newer_picture_under_an_old_name_is_a_picture(head):
    assert len(read_files(CONTENT | {"content/b.jpg": head}).media) == 2


@pytest.mark.parametrize(
    ("path", "head", "right"),
    [
        ("a.ttf", b"\0\1\0\0", True),
        ("a.woff2", b"wOF2", True),
        ("a.eot", b"\0" * 34 + b"LP", True),
        ("a.woff", b"<svg>", False),
        ("a.png", b"MZ", False),
        ("a.mp3", b"\xff\x00", False),
        ("a.css", b"<svg>", True),
        ("a.txt", b"<html>", True),
    ],
)
def test_files_of_libraries_are_looked_at_too(path, head, right):
    assert kinds.wrong_kind(path, head, library=True) is not right


def test_an_empty_file_is_harmless():
    assert len(read_files(CONTENT | {"content/b.png": b""}).media) == 2
