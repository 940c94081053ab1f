"""H5P packages: what a good one says, and one bad package for every rule of H5PValidator."""

import io

import pytest

from h5p_lite.core.names import Name
from h5p_lite.core.package import Author, Problem, Refused, manifest_of, read
from h5p_samples.packages import (
    CONTENT,
    GOOD,
    LIBRARIES,
    PART,
    PNG,
    QUIZ,
    folder,
    found,
    library,
    manifest,
    packed,
    problems,
    read_files,
    without,
)

# --- a package that is good ----------------------------------------------------------------------------------------


def test_a_good_package_says_what_it_is():
    package = read_files(GOOD, name="Quiz.H5P")
    assert package.manifest == manifest_of(manifest())
    assert (package.manifest.title, package.manifest.language) == ("Ein Quiz", "de")
    assert (package.manifest.main, package.manifest.preloaded) == (QUIZ, (QUIZ, PART))
    assert package.params == CONTENT["content/content.json"]
    assert [(entry.path, entry.size) for entry in package.media] == [("images/a.png", len(PNG))]
    assert [each.name for each in package.libraries] == [PART, QUIZ]
    assert not package.is_bundle


def test_a_library_says_what_it_is():
    said = {
        "author": "Ada",
        "license": "MIT",
        "description": "Fragen",
        "preloadedDependencies": [PART.as_dependency()],
        "dynamicDependencies": [Name("Test.Late", 1, 0).as_dependency()],
        "editorDependencies": [Name("H5PEditor.Wheel", 1, 0).as_dependency()],
        "preloadedJs": [{"path": "\\quiz.js"}, {"path": "./quiz.js"}],
        "preloadedCss": [{"path": "/css/a.css"}],
        "dropLibraryCss": [{"machineName": "Test.Part"}],
        "coreApi": {"majorVersion": 1, "minorVersion": "28"},
        "embedTypes": ["div"],
        "fullscreen": 1,
        "addTo": {"content": {"types": []}},
        "metadataSettings": {"disable": 0, "disableExtraTitleField": 1},
        "unknown": "wird nicht geprüft",
    }
    files = folder(**said) | {"Test.Quiz-1.2/css/a.css": "", "Test.Quiz-1.2/semantics.json": []}
    quiz = read_files(files).libraries[0]
    about = quiz.about
    assert (quiz.name, quiz.patch, quiz.folder) == (QUIZ, 3, "Test.Quiz-1.2")
    assert (about.title, about.runnable, about.author, about.license) == (
        "Quiz",
        True,
        "Ada",
        "MIT",
    )
    assert (about.preloaded, about.dynamic) == ((PART,), (Name("Test.Late", 1, 0),))
    assert about.editor == (Name("H5PEditor.Wheel", 1, 0),)
    assert (about.preloaded_js, about.preloaded_css) == (("quiz.js", "quiz.js"), ("css/a.css",))
    assert (about.drop_css, about.core_api) == (("Test.Part",), (1, 28))
    assert (about.embed_types, about.fullscreen) == (("div",), True)
    assert about.add_to == {"content": {"types": []}}
    assert about.metadata_settings == {"disable": 0, "disableExtraTitleField": 1}
    assert about.raw == library(**said)
    assert (quiz.semantics, quiz.languages) == ([], {})
    assert [e.path for e in quiz.files] == [
        "css/a.css",
        "library.json",
        "quiz.js",
        "semantics.json",
    ]


def test_a_library_that_says_little_has_plain_values():
    about = read_files(folder(preloadedJs=None)).libraries[0].about
    assert (about.preloaded_js, about.core_api, about.add_to) == ((), (1, 0), None)
    assert (about.fullscreen, about.license, about.metadata_settings) == (False, "", {})


def test_metadata_are_read():
    said = {
        "authors": [{"name": "Ada", "role": "Author"}, {"name": "Bo"}],
        "license": "CC BY",
        "licenseVersion": "4.0",
        "licenseExtras": "Zeile 1\nZeile 2",
        "source": "https://a.example/",
        "yearFrom": 2019,
        "yearTo": "2020",
        "changes": [{"date": "01-02-20 10:00:00", "log": "neu"}],
        "authorComments": "x",
        "a11yTitle": "Quiz",
        "defaultLanguage": "de",
    }
    about = read_files(without(files=CONTENT) | {"h5p.json": manifest(**said)}).manifest
    assert about.authors == (Author("Ada", "Author"), Author("Bo", ""))
    assert (about.license, about.license_version, about.source) == ("CC BY", "4.0", said["source"])
    assert (about.license_extras, about.author_comments) == (said["licenseExtras"], "x")
    assert (about.year_from, about.year_to, about.changes) == (2019, 2020, (*said["changes"],))
    assert (about.a11y_title, about.default_language) == ("Quiz", "de")
    assert about.metadata == said


@pytest.mark.parametrize("nothing", [None, "", []])
def test_an_optional_field_may_say_nothing(nothing):
    said = dict.fromkeys(
        ["authors", "license", "source", "changes", "w", "dynamicDependencies"], nothing
    )
    assert read_files(CONTENT | {"h5p.json": manifest(**said)}).manifest.metadata == {}


def test_a_year_that_is_none_is_no_year():
    said = manifest(yearFrom="2019-2020", yearTo=True)
    about = read_files(CONTENT | {"h5p.json": said}).manifest
    assert (about.year_from, about.year_to) == (None, None)


def test_content_comes_without_libraries_and_libraries_without_content():
    content, bundle = read_files(CONTENT), read_files(LIBRARIES, name="libraries.zip")
    assert (content.libraries, content.is_bundle) == ((), False)
    assert (bundle.manifest, bundle.params, bundle.media, bundle.is_bundle) == (
        None,
        None,
        (),
        True,
    )
    assert [each.folder for each in bundle.libraries] == ["Test.Part", "Test.Quiz-1.2"]


def test_who_may_not_install_does_not_have_libraries_looked_at():
    broken = CONTENT | {"Test.Quiz-1.2/library.json": "{", "Test.Quiz-1.2/run.exe": "MZ"}
    assert read_files(broken, libraries=False).libraries == ()
    assert found(LIBRARIES, libraries=False) == [("no-manifest", "h5p.json")]


def test_translations_are_read_when_asked_for():
    files = GOOD | {"Test.Quiz-1.2/language/pt-BR.json": {"semantics": []}}
    quiz = read_files(files).libraries[1]
    german = LIBRARIES["Test.Quiz-1.2/language/de.json"]
    assert quiz.languages == {"de": german, "pt-br": {"semantics": []}}


def test_files_are_opened_and_copied():
    package, copy = read_files(GOOD), io.BytesIO()
    picture = package.media[0]
    assert package.open(picture).read() == PNG
    assert package.copy(picture, copy) == picture.sha256
    assert copy.getvalue() == PNG


def test_what_h5p_skips_is_skipped():
    skipped = {
        "__MACOSX/content/._content.json": b"\0",
        "content/.DS_Store": b"\0",
        "content/_old/tree.exe": b"MZ",
        "Test.Quiz-1.2/.git/config": b"x",
        "content/images/": b"",
        "README.exe": b"MZ",
    }
    package = read_files(skipped | GOOD)
    assert [entry.inside for entry in package.media] == ["content/images/a.png"]
    assert package.libraries == read_files(GOOD).libraries


def test_texts_may_begin_with_a_byte_order_mark():
    content = CONTENT | {"content/content.json": b'\xef\xbb\xbf{"a": 1}'}
    assert read_files(content).params == {"a": 1}


def test_translations_may_have_a_key_twice():
    """Volunteers write them, and only we read them."""
    files = GOOD | {"Test.Quiz-1.2/language/de.json": '{"a": 1, "a": 2}'}
    assert read_files(files).libraries[1].languages == {"de": {"a": 2}}


# --- packages that are not -----------------------------------------------------------------------------------------

MANIFEST, PARAMS, LIBRARY = "h5p.json", "content/content.json", "Test.Quiz-1.2/library.json"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, ("not-a-zip", "")),
        ({"README.txt": "x"}, ("not-a-package", "")),
        ({"Folder/x.js": "x"}, ("not-a-package", "")),
        ({f"Mein Quiz/{path}": file for path, file in GOOD.items()}, ("in-a-folder", "Mein Quiz")),
        (without(MANIFEST), ("no-manifest", MANIFEST)),
        (without(MANIFEST) | {"H5P.JSON": manifest()}, ("no-manifest", MANIFEST)),
        (without(PARAMS), ("no-content", PARAMS)),
        (without(*CONTENT) | {MANIFEST: manifest()}, ("no-content", PARAMS)),
        (GOOD | {MANIFEST: "{"}, ("not-json", MANIFEST)),
        (GOOD | {MANIFEST: []}, ("wrong-shape", MANIFEST)),
        (GOOD | {PARAMS: "nix"}, ("not-json", PARAMS)),
        (GOOD | {PARAMS: b'{"a": "\xff"}'}, ("not-json", PARAMS)),
        (GOOD | {PARAMS: "[1]"}, ("wrong-shape", PARAMS)),
        (GOOD | {PARAMS: '{"a": NaN}'}, ("not-json", PARAMS)),
        (GOOD | {PARAMS: '{"a": -Infinity}'}, ("not-json", PARAMS)),
        (GOOD | {PARAMS: '{"a": 1e999}'}, ("bad-number", PARAMS)),
        (GOOD | {PARAMS: f'{{"a": {10**20}}}'}, ("bad-number", PARAMS)),
        (GOOD | {PARAMS: '{"a": 1%s}' % ("0" * 5000)}, ("not-json", PARAMS)),
        (GOOD | {PARAMS: '{"a": 1, "b": 2, "a": 1}'}, ("key-twice", PARAMS)),
        (GOOD | {PARAMS: '{"a": "\\u0000"}'}, ("bad-text", PARAMS)),
        (GOOD | {PARAMS: '{"\\ud800": 1}'}, ("bad-text", PARAMS)),
        (without(LIBRARY), ("library-json-missing", "Test.Quiz-1.2")),
        (GOOD | {LIBRARY: "nix"}, ("not-json", LIBRARY)),
        (GOOD | folder(at="Test.Quiz-1.3"), ("folder-name", "Test.Quiz-1.3")),
        (GOOD | folder(at="Anders"), ("folder-name", "Anders")),
        (GOOD | folder(at="Test.Quiz"), ("library-twice", "Test.Quiz-1.2")),
        (without("Test.Quiz-1.2/quiz.js"), ("asset-missing", LIBRARY)),
        (GOOD | folder(preloadedJs=[{"path": "../Test.Part/quiz.js"}]), ("asset-missing", LIBRARY)),
        (GOOD | folder(preloadedCss=[{"path": "a.css"}]), ("asset-missing", LIBRARY)),
        (GOOD | {"Test.Quiz-1.2/semantics.json": "["}, ("not-json", "Test.Quiz-1.2/semantics.json")),
        (GOOD | {"Test.Quiz-1.2/semantics.json": {}}, ("wrong-shape", "Test.Quiz-1.2/semantics.json")),
        (
            GOOD | {"Test.Quiz-1.2/language/d3.json": {}},
            ("language-name", "Test.Quiz-1.2/language/d3.json"),
        ),
        (
            GOOD | {"Test.Quiz-1.2/language/old/de.json": {}},
            ("language-name", "Test.Quiz-1.2/language/old/de.json"),
        ),
        (
            GOOD | {"Test.Quiz-1.2/language/en.json": "nix"},
            ("not-json", "Test.Quiz-1.2/language/en.json"),
        ),
    ],
)  # fmt: skip
def test_a_bad_package_is_refused(files, expected):
    assert found(files) == [expected]


def test_several_problems_come_at_once():
    files = without("Test.Part/quiz.js") | {
        MANIFEST: manifest(title="", language="?"),
        PARAMS: "{",
        "content/page.html": "<p>",
        LIBRARY: library(runnable=7, license="?"),
        "Test.Quiz-1.2/semantics.json": "{",
        "Test.Quiz-1.2/language/1.json": "{",
        "Test.Quiz-1.2/run.exe": b"MZ",
    }
    assert problems(files) == [
        Problem("not-allowed", "content/page.html", ("html",)),
        Problem("not-allowed", "Test.Quiz-1.2/run.exe", ("exe",)),
        Problem("field-wrong", MANIFEST, ("title",)),
        Problem("field-wrong", MANIFEST, ("language",)),
        Problem("not-json", PARAMS),
        Problem("asset-missing", "Test.Part/library.json", ("quiz.js",)),
        Problem("field-wrong", LIBRARY, ("runnable",)),
        Problem("field-wrong", LIBRARY, ("license",)),
        Problem("not-json", "Test.Quiz-1.2/semantics.json"),
        Problem("language-name", "Test.Quiz-1.2/language/1.json"),
    ]


def test_there_are_at_most_fifty_problems():
    files = CONTENT | {f"content/{number}.html": "" for number in range(80)}
    assert len(problems(files)) == 50


@pytest.mark.parametrize(
    ("name", "files"), [("quiz.zip", GOOD), ("quiz", GOOD), ("libraries.rar", LIBRARIES)]
)
def test_the_name_of_the_file_ends_as_it_should(name, files):
    """Libraries alone may be called .zip as well."""
    assert found(files, name=name) == [("wrong-ending", name)]


def test_refused_says_codes_and_files():
    assert str(Refused([Problem("damaged"), Problem("ratio", "a")])) == "damaged, ratio a"


def test_reading_needs_no_more_than_a_file():
    assert read(packed(GOOD)).params == read_files(GOOD).params
