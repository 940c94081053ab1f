"""Translations: English is complete, plain German may fall back, and no placeholder is lost on the way."""

import re

import polib
import pytest

from config.embedded.places import ROOT

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
