"""Translations: English is complete, plain German may fall back, and no placeholder is lost on the way."""

import re
from pathlib import Path

import django
import polib
import pytest
import wagtail
from django import forms
from django.utils.translation import gettext, override, pgettext

from config.embedded.places import ROOT
from tests.house.test_house import ROOMS, SOURCE, TEMPLATES
from tests.support.texts import texts_of

# "{{lang}}" is a gap in a text, not a placeholder.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!\{)\{\w*\}(?!\})")


def catalogue(language):
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


def texts(entry):
    """(German, translation) of every form that is filled in."""
    if entry.msgid_plural:
        sources = [entry.msgid, entry.msgid_plural]
        forms = [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)]
        return [(de, text) for de, text in zip(sources, forms, strict=True) if text]
    return [(entry.msgid, entry.msgstr)] if entry.msgstr else []


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def test_every_text_is_there_in_english():
    assert [entry.msgid for entry in catalogue("en").untranslated_entries()] == []


def test_every_text_of_the_code_is_in_the_catalogue():
    """A sentence that was changed in one place only would stand on an English page in German."""
    known = {(entry.msgctxt or "", entry.msgid) for entry in catalogue("en") if not entry.obsolete}
    ours = [p for p in SOURCE if p.relative_to(ROOT).parts[0] in ROOMS] + TEMPLATES
    missing = {
        (context, text, str(path.relative_to(ROOT)))
        for path in ours
        if "packages" not in path.parts and "h5p_lite" not in path.relative_to(ROOT).parts[:1]
        for context, text in texts_of(path)
        if text and (context, text) not in known
    }
    assert missing == set()


#: Word -> the sentences it may stand in: a thing has one name.
ONE_WORD = {
    "Zertifikat": {"Zertifikat", "Zertifikate", "Mit Zertifikat"},  # one of three kinds of Nachweis
    "Ihr Stand ": set(),  # of a learner: Lernstand
    "Ihren Stand ": set(),
}


def test_a_thing_has_one_name():
    for word, allowed in ONE_WORD.items():
        sentences = [e.msgid for e in catalogue("en") if word in e.msgid and not e.obsolete]
        assert set(sentences) <= allowed
    simple = [text for e in catalogue("de_Simple") for _german, text in texts(e)]
    assert [text for text in simple if "Zertifikat" in text] == []


def test_the_glossary_holds():
    """Where a word of docs/glossary.md is a text of its own, its translation is the one written there."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", (ROOT / "docs/glossary.md").read_text(), re.MULTILINE)  # fmt: skip
    words = {german: english for german, english in rows if german != "German"}
    said: dict[str, set[str]] = {word: set() for word in words}
    for entry in catalogue("en"):
        if entry.msgid in words and not entry.obsolete:
            said[entry.msgid].add(entry.msgstr)
    assert len(words) > 15
    assert {word for word, english in words.items() if english not in said[word]} == set()


@pytest.mark.parametrize("language", ["en", "de_Simple"])
def test_nothing_is_translated_by_guesswork(language):
    """gettext marks guesses as fuzzy; Django does not show them."""
    assert [entry.msgid for entry in catalogue(language).fuzzy_entries()] == []
    assert not catalogue(language).metadata_is_fuzzy


@pytest.mark.parametrize("language", ["en", "de_Simple"])
def test_a_translation_has_the_placeholders_of_its_source(language):
    assert [
        (german, text)
        for entry in catalogue(language)
        for german, text in texts(entry)
        if placeholders(german) != placeholders(text)
    ] == []


@pytest.mark.parametrize("language", ["en", "de_Simple"])
def test_a_plural_has_both_forms_or_none(language):
    plurals = [entry for entry in catalogue(language) if entry.msgid_plural]
    assert plurals
    assert [entry.msgid for entry in plurals if len(texts(entry)) == 1] == []


@pytest.mark.parametrize("language", ["en", "de_Simple"])
def test_line_breaks_and_html_survive(language):
    def shape(text):
        return text.count("\n"), sorted(re.findall(r"</?\w+>", text))

    assert [
        german
        for entry in catalogue(language)
        for german, text in texts(entry)
        if shape(german) != shape(text)
    ] == []


FOREIGN = ("django/conf", "django/contrib/auth", "allauth")


def foreign():
    """Sentences of the libraries, in their own German: {English: entry}."""
    packages = Path(django.__file__).parent.parent
    files = [packages / name / "locale/de/LC_MESSAGES/django.po" for name in FOREIGN]
    return {entry.msgid: entry for file in files for entry in polib.pofile(str(file))}


def test_what_replaces_a_sentence_of_a_library_still_has_one_to_replace():
    assert {entry.msgid for entry in catalogue("de")} <= foreign().keys()


def test_nobody_is_called_du():
    """In what allauth's code says; its templates are all replaced by ours."""
    familiar = {
        english
        for english, entry in foreign().items()
        if re.search(r"\b([Dd]u|[Dd]ein\w*|[Dd]ir|[Dd]ich)\b", entry.msgstr)
        and any(
            place.endswith(".py") and not place.startswith(("socialaccount", "idp"))
            for place, _line in entry.occurrences
        )
    }
    assert familiar - {entry.msgid for entry in catalogue("de")} == set()


def test_a_library_speaks_the_houses_german():
    with override("de"):
        assert forms.Field().error_messages["required"] == "Bitte füllen Sie das aus."
    with override("de-simple"):  # where plain German says nothing of its own
        assert gettext("Incorrect password.") == "Das Passwort stimmt nicht."


def test_no_library_says_something_else_for_a_word_of_ours():
    """All catalogues lie in one heap: "Tag" is a day here and a keyword of taggit there. Such a word needs a context."""
    ours = [e for e in catalogue("en") if not e.obsolete and not e.msgid_plural]
    with override("de"):
        said = {
            e.msgid: pgettext(e.msgctxt, e.msgid) if e.msgctxt else gettext(e.msgid) for e in ours
        }
    assert {german: other for german, other in said.items() if german and other != german} == {}


def test_the_h5p_package_changes_no_word_of_others():
    """Translations of all apps lie in one heap: what Wagtail or Django says as well needs a context of its own."""
    german = "locale/de/LC_MESSAGES/django"
    ours = polib.pofile(ROOT / f"packages/django-h5p-lite/src/h5p_lite/{german}.po")
    said = {entry.msgid: entry.msgstr for entry in ours if not entry.msgctxt}
    changed = [
        (str(file.parent), entry.msgid)
        for package in (django, wagtail)
        for file in Path(package.__file__).parent.rglob(f"{german}.mo")
        for entry in polib.mofile(file)
        if not entry.msgctxt and said.get(entry.msgid, entry.msgstr) != entry.msgstr
    ]
    assert changed == []
