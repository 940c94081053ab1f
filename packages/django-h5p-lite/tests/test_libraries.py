"""Our own libraries say the same thing everywhere, in both languages, and their examples are good contents."""

import json
import re

import pytest

from h5p_lite.core.building import folders, playable
from h5p_lite.core.grading import key_of
from h5p_lite.core.loading import names_in
from h5p_lite.core.semantics import clean, defaults, parse_semantics, problems, translated

EVERY = {folder.path.name: folder for folder in folders().values()}
TYPES = {folder.path.name: folder for folder in playable(folders())}
BASE = EVERY["LernHN.Base"]
FIELDS = {
    folder.name: parse_semantics(json.loads((folder.path / "semantics.json").read_text("utf-8")))
    for folder in TYPES.values()
}
EACH = pytest.mark.parametrize("folder", EVERY.values(), ids=EVERY)
TYPE = pytest.mark.parametrize("folder", TYPES.values(), ids=TYPES)
NAMED = ("title", "description")
NO_WORDS = {"name", "type", "importance", "widget", "enterMode", "tags", "optional", "common", "min", "max", "maxLength",
            "defaultNum"}  # fmt: skip


def said(folder, path):
    return json.loads((folder.path / path).read_text("utf-8"))


def language(folder, code):
    return translated(FIELDS[folder.name], said(folder, f"language/{code}.json"))


def texts(folder):
    """What the script says where a content has no texts."""
    script = (folder.path / folder.about["preloadedJs"][0]["path"]).read_text("utf-8")
    written = re.search(r"const WORDS = \{(.*?)\n  \};", script, re.DOTALL)[1]
    return dict(re.findall(r'(\w+): "([^"]*)"', written))


def words(field):
    """The words of a field of semantics.json, as a language file has them."""
    found = {name: value for name, value in field.items() if name not in NO_WORDS}
    if field["type"] == "library":
        found.pop("options")
    elif "options" in found:
        found["options"] = [{"label": option["label"]} for option in found["options"]]
    if field["type"] != "text":
        found.pop("default", None)
    if "field" in found:
        found["field"] = words(found["field"])
    if "fields" in found:
        found["fields"] = [words(inner) for inner in found["fields"]]
    return found


def code(folder):
    """Its script and its styles."""
    paths = [folder.about[kind][0]["path"] for kind in ("preloadedJs", "preloadedCss")]
    return "".join((folder.path / path).read_text("utf-8") for path in paths)


def functions(text):
    return set(re.findall(r"function (\w+)\(", text))


def shape(value):
    """Names and places, without the words."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    return [shape(inner) for inner in value] if isinstance(value, list) else ""


@EACH
def test_a_folder_is_called_like_its_library(folder):
    about = folder.about
    assert (about["machineName"], about["license"]) == (folder.path.name, "MIT")
    assert about["coreApi"] == {"majorVersion": 1, "minorVersion": 24}


@TYPE
def test_what_all_types_have_in_common_is_in_one_library(folder):
    needed = [{"machineName": "LernHN.Base", "majorVersion": 1, "minorVersion": 0}]
    assert folder.about["preloadedDependencies"] == needed
    own, common = (code(each) for each in (folder, BASE))
    assert not functions(own) & functions(common)
    assert "--ground:" not in own
    assert "--ground:" in common


def test_the_library_of_the_others_is_no_type_itself():
    assert (BASE.about["runnable"], BASE.needs) == (0, [])
    assert not (BASE.path / "semantics.json").exists()
    assert [*TYPES] == ["LernHN.Cards", "LernHN.Quiz", "LernHN.Sequence"]


@EACH
def test_both_languages_say_what_it_is(folder):
    english, german = said(folder, "language/en.json"), said(folder, "language/de.json")
    assert [english[name] for name in NAMED] == [folder.about[name] for name in NAMED]
    assert shape(german) == shape(english)
    assert all(german[name] not in ("", english[name]) for name in NAMED)


@TYPE
def test_both_languages_say_everything(folder):
    english = said(folder, "language/en.json")
    assert english["semantics"] == [words(field) for field in said(folder, "semantics.json")]


@TYPE
def test_the_texts_of_the_script_are_the_english_ones(folder):
    begun = defaults(language(folder, "en"), libraries=FIELDS.get)
    assert texts(folder) == begun["l10n"]


@TYPE
def test_a_new_content_speaks_german(folder):
    begun = defaults(language(folder, "de"), libraries=FIELDS.get)
    assert begun["l10n"] == folder.example["params"]["l10n"]
    assert not set(begun["l10n"].values()) & set(texts(folder).values()) - {"opened"}


@TYPE
def test_an_example_is_a_good_content(folder):
    fields, params = FIELDS[folder.name], folder.example["params"]
    assert problems(fields, params, libraries=FIELDS.get) == ()
    assert clean(fields, params, libraries=FIELDS.get, files=set()) == params
    assert set(names_in(params)) <= set(FIELDS)


def test_examples_with_questions_can_be_graded():
    keys = {name: key_of(str(each.name), each.example["params"]) for name, each in TYPES.items()}
    most = {name: key and key["max"] for name, key in keys.items()}
    assert most == {"LernHN.Cards": None, "LernHN.Quiz": 2, "LernHN.Sequence": 4}


@EACH
def test_scripts_and_styles_need_nothing_from_elsewhere(folder):
    for kind in ("preloadedJs", "preloadedCss"):
        text = (folder.path / folder.about[kind][0]["path"]).read_text("utf-8")
        assert re.findall(r"https?://(?!adlnet\.gov|id\.tincanapi\.com)|@import|url\(", text) == []


@EACH
def test_styles_know_no_left_and_right(folder):
    style = (folder.path / folder.about["preloadedCss"][0]["path"]).read_text("utf-8")
    physical = r"-(?:left|right|top|bottom)\b|(?<![-\w])(?:left|right|top|bottom|width|height)\s*:"
    assert re.findall(physical, style) == []
