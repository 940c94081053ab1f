"""Every text is there in German, no placeholder is lost, and what is compiled is what is written."""

import gettext
import re

import polib

from texts import APP, all_texts

PLACEHOLDER = re.compile(r"%\(\w+\)s|:num|SCORE|MOST")
FILE = APP / "locale" / "de" / "LC_MESSAGES" / "django.po"
GERMAN = polib.pofile(str(FILE))


def test_every_text_is_there_in_german():
    said = {(e.msgid, e.msgid_plural or None) for e in GERMAN.translated_entries()}
    assert said == {*all_texts()}


def test_no_placeholder_is_lost():
    for entry in GERMAN:
        forms = list(entry.msgstr_plural.values()) or [entry.msgstr]
        wanted = sorted(PLACEHOLDER.findall(entry.msgid))
        assert [sorted(PLACEHOLDER.findall(form)) for form in forms] == [wanted] * len(forms)


def test_what_is_compiled_is_what_is_written():
    with FILE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in GERMAN:
        if entry.msgid_plural:
            forms = [compiled.ngettext(entry.msgid, entry.msgid_plural, n) for n in (1, 2)]
            assert forms == [entry.msgstr_plural[0], entry.msgstr_plural[1]]
        elif entry.msgctxt:
            assert compiled.pgettext(entry.msgctxt, entry.msgid) == entry.msgstr
        else:
            assert compiled.gettext(entry.msgid) == entry.msgstr
