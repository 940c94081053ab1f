"""A German lesson in another interface: every word says its language (WCAG 3.1.2), the author's and ours."""

import uuid
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Locale

from courses.blocks import LessonBody
from courses.models import CatalogueEntry
from courses.press import print_lesson
from tenancy.lens import look, system
from tests import factories
from tests.factories import block
from tests.support import samples

VOID = {"input", "img", "br", "meta", "link", "source", "track", "hr"}
SPOKEN = {"aria-label", "alt", "label", "placeholder", "title"}
SIGNS = set("0123456789–·:,. ")  # numbers and dashes have no language
HERS = "Kapitel"  # stands in everything the author of these tests writes


class Ear(HTMLParser):
    """Hears a page as a screen reader does: all words, each with the language its element says."""

    def __init__(self, html, language):
        super().__init__()
        self.languages, self.heard = [language], []
        self.feed(html)
        self.close()

    def hear(self, words, language):
        if set(words) - SIGNS:
            self.heard.append((" ".join(words.split()), language))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        language = found.get("lang", self.languages[-1])
        for name in SPOKEN & {*found}:
            self.hear(found[name], language)
        if tag not in VOID:
            self.languages.append(language)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.languages.pop()

    def handle_data(self, data):
        if data.strip():
            self.hear(data, self.languages[-1])


def heard(html, language):
    """{language: words} of the author, and of the interface."""
    hers, ours = {}, {}
    for words, spoken in Ear(html, language).heard:
        (hers if HERS in words else ours).setdefault(spoken, []).append(words)
    return hers, ours


def document(provider, name, content):
    return get_document_model().objects.create(
        title=name, file=ContentFile(content, name), collection=provider.collection
    )


def item(value):
    return {"type": "item", "id": str(uuid.uuid4()), "value": value}


def every_block(provider):
    """One of each kind."""
    film = document(provider, "film.mp4", samples.mp4()).pk
    captions = document(provider, "film.vtt", samples.VTT.encode()).pk
    text = f"<p>{HERS}.</p>"
    choices = [item({"text": f"{HERS} {n}", "right": n == 1, "feedback": ""}) for n in (1, 2)]
    pairs = [item({"left": f"{HERS} {n}", "right": f"{HERS} {n}"}) for n in (1, 2)]
    stages = [item({"html": text, "image": None}) for _ in range(2)]
    folds = [item({"title": HERS, "html": text}) for _ in range(2)]
    link = {"title": HERS, "address": "https://www.stadt.example/", "text": HERS}
    says = {"feedback_right": HERS, "feedback_wrong": HERS}
    return [
        block("text", text),
        block("video", {"title": HERS, "file": film, "captions": captions, "transcript": text}),
        block("download", {"title": HERS, "file": captions}),
        *(block("callout", {"kind": kind, "title": HERS, "html": text}) for kind in KINDS),
        block("term", {"term": HERS, "html": text}),
        block("walkthrough", {"title": HERS, "stages": stages}),
        block("accordion", {"folds": folds}),
        block("link_card", link),
        block("tried", {"statement": HERS}),
        block("single_choice", {"question": HERS, "choices": choices}),
        block("multiple_choice", {"question": HERS, "choices": choices}),
        block("true_false", {"statement": HERS, "right": True} | says),
        block("gap_text", {"question": HERS, "text": f"{HERS} {{{{lang}}}} {HERS}"} | says),
        block("ordering", {"question": HERS, "steps": [item(HERS), item(f"{HERS} 2")]} | says),
        block("matching", {"question": HERS, "pairs": pairs} | says),
    ]


KINDS = ("tip", "warning", "remember")


def lesson_of(blocks):
    """A German lesson as the press is handed one; it is stored nowhere."""
    return SimpleNamespace(
        title=HERS,
        slug="kapitel",
        minutes=5,
        open=False,
        translation_key=uuid.uuid4(),
        body=LessonBody().to_python(blocks),
    )


@pytest.fixture
def lesson(db):
    provider = factories.make_provider("haus")
    with look(system("test")):
        return lesson_of(every_block(provider))


@pytest.mark.parametrize("language", ["en", "de-simple"])
def test_every_word_of_a_german_lesson_says_its_language(lesson, language):
    with look(system("test")):
        printed_lesson = print_lesson(lesson, None, language=language, position=1)
    hers, ours = heard(
        f'<article lang="{printed_lesson.lang}">{printed_lesson.html}</article>', language
    )
    assert [*hers] == ["de"]
    assert [*ours] == [language]
    assert ("Check answer" in ours[language]) == (language == "en")


def test_a_german_lesson_in_german_need_not_say_so(lesson):
    with look(system("test")):
        printed_lesson = print_lesson(lesson, None, language="de", position=1)
    assert " lang=" not in printed_lesson.html


def test_a_lesson_to_read_says_its_language(db):
    lesson = lesson_of([block("text", f"<p>{HERS}</p>")])
    printed_lesson = print_lesson(lesson, None, language="en", position=1)
    hers, ours = heard(f'<article lang="de">{printed_lesson.html}</article>', "en")
    assert (hers, [*ours]) == ({"de": [HERS]}, ["en"])


def test_a_german_question_in_an_english_lesson_says_its_language(lesson):
    variant = lesson_of([block("text", "<p>Chapter.</p>")])
    with look(system("test")):
        printed_lesson = print_lesson(lesson, variant, language="en", position=1)
    hers, ours = heard(
        f'<article lang="{printed_lesson.lang}">{printed_lesson.html}</article>', "en"
    )
    assert ([*hers], [*ours]) == (["de"], ["en"])
    assert "Chapter." in ours["en"]


@pytest.fixture
def course(db):
    return factories.make_course(factories.make_provider("haus"), title="Sicher im Netz")


def translate(course):
    """The course in English, its lessons still in German."""
    with look(system("test")):
        variant = course.copy_for_translation(Locale.objects.get(language_code="en"))
        variant.title = "Safe online"
        variant.save_revision().publish()


def answered(client, course, **headers):
    with look(system("test")):
        wrong = factories.wrong_answer(course.lessons().first())
    return client.post(f"/en/lernen/haus/{course.slug}/schritt-1/antwort/", wrong, headers=headers)


def spoken(html, words, language="en"):
    return {lang for said, lang in Ear(html, language).heard if words in said}


def test_what_is_said_about_an_answer_says_its_language(client, course):
    translate(course)
    html = answered(client, course).content.decode()
    assert spoken(html, "Das errät jeder.") == {"de"}
    assert spoken(html, "Not quite yet.") == {"en"}
    assert spoken(html, "Check answer") == {"en"}
    assert spoken(html, "Was ist sicher?") == {"de"}


def test_what_is_swapped_in_says_its_language(client, course):
    """The article around it, in which it comes to stand, is German."""
    translate(course)
    part = answered(client, course, HX_Request="true").content.decode()
    assert spoken(part, "Das errät jeder.", "de") == {"de"}
    assert spoken(part, "Not quite yet.", "de") == {"en"}
    assert spoken(part, "Check answer", "de") == {"en"}


def test_a_course_that_is_german_only_speaks_german_but_for_our_words(client, course):
    html = answered(client, course).content.decode()
    assert spoken(html, "Antwort prüfen") == spoken(html, "Das errät jeder.") == {"de"}
    assert spoken(html, "Not quite yet.") == {"en"}


def test_a_card_of_a_german_course_says_its_language(course):
    german, english = cards(course), cards(course, after=translate)
    assert spoken(german["en"], "Sicher im Netz") == spoken(german["en"], "Ein Satz.") == {"de"}
    assert spoken(german["en"], "Free of charge") == {"en"}
    assert " lang=" not in german["de"] + english["en"]


def cards(course, *, after=lambda course: None):
    after(course)
    with look(system("test")):
        return CatalogueEntry.objects.get(course=course.translation_key).html
