"""Content types are called as the reader's language calls them, where their language files say how."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from h5p.queries.desk import installed
from h5p_lite.models import Library
from h5p_lite.queries.semantics import Semantics
from tenancy.lens import look, public, system
from tests.factories import activities
from tests.h5p_samples.packages import LIBRARIES, QUIZ, library
from tests.support.h5p_desk import Desk, install_ours, only
from tests.support.pages import one_line

GERMAN = ["Abfolge", "Frage", "Karten", "Quiz"]
ENGLISH = ["Cards", "Question", "Quiz", "Sequence"]
ABOUT = "Test.Quiz-1.2/library.json"
SPOKEN = "Test.Quiz-1.2/language/de.json"


@pytest.fixture
def types(db):
    """Ours, and a foreign one whose German file says no title."""
    install_ours()
    activities.install(LIBRARIES)


@pytest.fixture
def ada(client, author, types):
    client.force_login(author)
    return Desk(client)


def text(client, door, *args, language="de"):
    with override(language):
        address = reverse(door, args=args)
    return one_line(client.get(address))


def chosen_from(page):
    return re.findall(r'<input type="radio" name="type"[^>]*><span>(.*?)</span>', page)


def shown():
    """{machine name: (title, description)}"""
    with look(public):
        found = installed().values()
    return {one.machine_name: (one.shown_title, one.shown_description) for one in found}


# --- authors ---


@pytest.mark.parametrize(
    ("language", "titles"), [("de", GERMAN), ("de-simple", GERMAN), ("en", ENGLISH)]
)
def test_an_author_chooses_among_titles_in_her_language(ada, language, titles):
    assert sorted(chosen_from(text(ada.client, "activities:new", language=language))) == titles


def test_what_a_type_is_for_is_said_in_her_language(ada):
    german = text(ada.client, "activities:new")
    assert "<p>Eine Frage mit einer oder mehreren richtigen Antworten</p>" in german
    assert "one or several right answers" not in german
    english = text(ada.client, "activities:new", language="en")
    assert "<p>A question with one or several right answers</p>" in english


def test_what_only_english_is_said_in_stays_marked_as_english(ada):
    activities.install(LIBRARIES | {ABOUT: library(QUIZ, patchVersion=4, description="Asks you")})
    assert '<p lang="en">Asks you</p>' in text(ada.client, "activities:new")


def test_what_types_have_in_common_is_no_choice(ada):
    assert "Grundlage" not in text(ada.client, "activities:new")
    answer = ada.post("new", type="LernHN.Base 1.0", title="Leer", language="de")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("language", "whole", "part"), [("de", "Abfolge", "Frage"), ("en", "Sequence", "Question")]
)
def test_lists_pages_and_forms_say_the_type_in_her_language(ada, language, whole, part):
    ada.begin("LernHN.Sequence 1.0", title="Folge")
    pk = only().pk
    listed = text(ada.client, "activities:list", language=language)
    assert f'<span class="ls-small ls-muted">{whole}</span>' in listed
    assert f"<dd>{whole} 1.0</dd>" in text(ada.client, "activities:activity", pk, language=language)
    form = text(ada.client, "activities:edit", pk, language=language)
    assert f'<p class="ls-kicker">{whole}</p>' in form
    options = dict(re.findall(r'<option value="(LernHN[^"]*)"[^>]*>(.*?)</option>', form))
    assert options["LernHN.Quiz 1.0"] == part


def test_a_type_with_barriers_is_named_in_her_language(ada):
    ada.begin("LernHN.Cards 1.0", title="Karten")
    with look(system("test")):
        cards = Library.objects.filter(machine_name="LernHN.Cards")
        cards.update(verdict="alternative", note="Zu klein.")
    page = text(ada.client, "activities:activity", only().pk)
    assert re.search(r"<li>\s*<strong>Karten</strong>:\s*Zu klein\.\s*</li>", page)


# --- the office ---


@pytest.mark.parametrize(
    ("language", "titles", "part"), [("de", GERMAN, "Grundlage"), ("en", ENGLISH, "Base")]
)
def test_the_office_sees_titles_in_its_language(office, types, language, titles, part):
    page = text(office, "h5p_office:list", language=language)
    named = re.findall(r'<th scope="row"><a [^>]*>(.*?)</a>', page)
    assert named == [*titles, part, "Quiz"]
    with look(system("test")):
        base = Library.objects.get(machine_name="LernHN.Base")
    page = text(office, "h5p_office:library", base.pk, language=language)
    assert f"<h1>{part}</h1>" in page
    needing = re.findall(r'<li><a href="[^"]*">([^<]*? 1\.0\.1)</a></li>', page)
    assert needing == [f"{title} 1.0.1" for title in titles if title != "Quiz"]


def test_what_an_upload_has_brought_is_said_in_the_language_of_the_office(office):
    with look(system("test")):
        upload = install_ours()
    german = text(office, "h5p_office:upload", upload.pk)
    brought = ["Grundlage 1.0.0", "Karten 1.0.1", "Frage 1.0.1", "Abfolge 1.0.1"]
    assert re.findall(r"<li>(.*?)</li>", german.partition("Neu installiert")[2])[:4] == brought
    assert "Question 1.0.1" in text(office, "h5p_office:upload", upload.pk, language="en")


# --- what language files say ---


@pytest.mark.parametrize("said", [None, "", "  ", 5, ["Fragen"], {"de": "Fragen"}, "x" * 256])
def test_what_is_no_title_is_not_shown(types, said):
    spoken = {"title": said, "description": "Fragt Sie", "semantics": []}
    activities.install(LIBRARIES | {ABOUT: library(QUIZ, patchVersion=4), SPOKEN: spoken})
    assert shown()["Test.Quiz"] == ("Quiz", "")


def test_a_title_without_a_description_leaves_the_english_one(types):
    about = library(QUIZ, patchVersion=4, description="Asks you")
    activities.install(LIBRARIES | {ABOUT: about, SPOKEN: {"title": "Fra\n gen"}})
    assert shown()["Test.Quiz"] == ("Fra gen", "Asks you")


def test_a_title_is_text_and_no_markup(ada):
    files = {ABOUT: library(QUIZ, patchVersion=4), SPOKEN: {"title": "<b>Fett</b>"}}
    activities.install(LIBRARIES | files)
    titles = chosen_from(text(ada.client, "activities:new"))
    assert "&lt;b&gt;Fett&lt;/b&gt;" in titles
    assert "<b>Fett</b>" in [unescape(title) for title in titles]


def test_a_newer_patch_is_called_as_it_says_itself(types):
    assert shown()["Test.Quiz"] == ("Quiz", "")
    files = {ABOUT: library(QUIZ, patchVersion=4), SPOKEN: {"title": "Rätsel"}}
    activities.install(LIBRARIES | files)
    assert shown()["Test.Quiz"] == ("Rätsel", "")


def test_titles_are_as_the_library_has_them_where_nobody_reads(types):
    with look(public):
        assert (
            Semantics().titles()[QUIZ._replace(machine_name="LernHN.Quiz", minor=0)] == "Question"
        )


def test_titles_cost_no_statement_more_per_library(ada):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            ada.get("new")
        return len(queries)

    asked()
    few = asked()
    more = {}
    for number in range(3, 6):
        name = QUIZ._replace(minor=number)
        more |= {f"{name.folder}/library.json": library(name), f"{name.folder}/quiz.js": "var a;"}
        more |= {f"{name.folder}/language/de.json": {"title": "Fragen"}}
    activities.install(more)
    asked()
    assert asked() == few
