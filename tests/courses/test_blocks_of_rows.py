"""Instructions, texts that open, several pictures, links to elsewhere: printed, checked, found, and written at the desk."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images import get_image_model

from accessibility.models import Inspection
from courses.models import LessonPage
from courses.press import print_lesson
from courses.press.words import words_of
from courses.queries.variants import words_of as read_by_translators
from tenancy.lens import look, system
from tests import factories
from tests.courses.test_card_picture import OPEN, picture
from tests.courses.test_half_finished import NO_PICTURE, WHOLE
from tests.courses.test_press import lesson_of
from tests.factories import block
from tests.support import samples
from tests.support.desk import as_
from tests.support.writing import form, raw, written

pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function Spooled"),
]


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=1, title="Fotos ordnen")


@pytest.fixture
def step(course):
    return written(course, WHOLE)


def item(**value):
    return block("item", value)


def shown(image, alt):
    return {"image": image.pk, "alt_text": alt, "decorative": False}


def printed(*blocks):
    with look(system("test")):
        return print_lesson(lesson_of(*blocks), None, language="de", position=1)


def walkthrough(*stages):
    return block("walkthrough", {"title": "App laden", "stages": [*stages]})


def accordion(*rows):
    folds = [item(title=title, html=f"<p>{text}</p>") for title, text in rows]
    return block("accordion", {"folds": folds})


def test_instructions_are_an_ordered_list_with_pictures_where_there_are_some(house):
    with look(system("test")):
        image = picture(house)
    html = printed(
        walkthrough(
            item(html="<p>Öffnen.</p>", image=shown(image, "Der Laden")),
            item(html="<p>Suchen.</p>", image=NO_PICTURE),
        )
    ).html
    rows = re.findall(r"<li\b.*?</li>", html, re.DOTALL)
    assert [re.findall(r'alt="([^"]*)"', row) for row in rows] == [["Der Laden"], []]
    assert [re.search(r"<p>(.*?)</p>", row)[1] for row in rows] == ["Öffnen.", "Suchen."]


@pytest.mark.django_db
def test_texts_that_open_are_found_by_the_search_and_their_headings_are_titles():
    words = words_of(
        printed(accordion(("Kostet es etwas?", "Nein."), ("Und dann?", "Nichts."))).html
    )
    assert words.titles == "Kostet es etwas? . Und dann? . Fertig gelesen?"
    assert "Nein." in words.body


def test_several_pictures_are_described_and_credited_one_by_one(house):
    with look(system("test")):
        first, second = picture(house), picture(house)
        get_image_model().objects.filter(pk=second.pk).update(title="Bild")
        second.credit = credited(second)
    rows = [
        item(image=shown(first, "Eine Bank"), caption="Am Fluss"),
        item(image=shown(second, "Ein Weg"), caption=""),
    ]
    lesson = printed(block("gallery", {"title": "Der Garten", "pictures": rows}))
    assert re.findall(r'alt="([^"]*)"', lesson.html) == ["Eine Bank", "Ein Weg"]
    assert [(one["what"], one["author"]) for one in lesson.credits] == [("Bild 2", "Frida Foto")]
    assert "Frida Foto" in lesson.html


def credited(image):
    from courses.actions import credit

    return credit(image, **OPEN)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "href", "host"),
    [
        ("https://www.stadt.example/a?b=1", "https://www.stadt.example/a?b=1", "www.stadt.example"),
        (" https://stadt.example ", "https://stadt.example", "stadt.example"),
        ("javascript:alert(1)", None, ""),
        ("//stadt.example", None, "stadt.example"),
        ("http://[", None, ""),
        ("", None, ""),
    ],
)
def test_a_link_names_where_it_leads_and_runs_nothing(address, href, host):
    html = printed(block("link_card", {"title": "Stadt", "address": address, "text": ""})).html
    found = re.search(r'<a(?: href="([^"]*)")? rel="noopener">', html)
    assert (found[1], f"Andere Website: {host}</span>" in html) == (href, True)


def test_the_checks_look_into_every_row(course):
    with look(system("test")):
        image = picture(course.provider)
        lesson = LessonPage.objects.get(pk=course.lessons().get().pk)
        stage = item(html="<p>Klicken Sie hier.</p>", image=shown(image, ""))
        rows = [item(image=shown(image, "Bild von einem Weg"), caption="") for _ in "ab"]
        lesson.body = [
            walkthrough(stage, stage),
            accordion(("Oben", '<a href="https://a.example">hier</a>'), ("Unten", "Ja.")),
            block("gallery", {"title": "Garten", "pictures": rows}),
        ]
        lesson.save_revision(clean=False)
        found = Inspection.objects.get(revision=lesson.latest_revision_id).findings
    kinds = {one.id: one.block_type for one in lesson.body}
    rules = {(kinds[part], rule) for rule, part, _said in found}
    assert {("walkthrough", "alt-missing"), ("accordion", "link-vague")} <= rules
    assert any(kind == "gallery" and rule.startswith("alt-") for kind, rule in rules)


def test_translators_read_the_words_of_every_row():
    [one] = lesson_of(accordion(("Oben", "Erstens."), ("Unten", "Zweitens."))).body
    said = [re.sub("<[^>]*>", "", text) for text in read_by_translators(one)]
    assert said == ["Oben", "Erstens.", "Unten", "Zweitens."]


@pytest.mark.parametrize(("kind", "rows"), [("gallery", "pictures"), ("walkthrough", "stages")])
def test_a_picture_is_brought_into_its_own_row(client, author, step, kind, rows):
    first, second = raw(step, kind)["value"][rows]
    at, data = form(step, kind)
    upload = SimpleUploadedFile("IMG_1.jpg", samples.photo())
    name = f"v-{rows}-{second['id']}-image-neu"
    assert as_(client, author).post(at, data | {name: upload}).status_code == 302
    one, other = raw(step, kind)["value"][rows]
    assert one["value"]["image"]["image"] == first["value"]["image"]["image"]
    assert other["value"]["image"]["image"] is not None
    assert other["value"]["image"]["alt_text"] == ""


def test_stages_change_places(client, author, step):
    first, second = raw(step, "walkthrough")["value"]["stages"]
    at, data = form(step, "walkthrough", do=f"down:v-stages:{first['id']}")
    as_(client, author).post(at, data)
    now = raw(step, "walkthrough")["value"]["stages"]
    assert [one["id"] for one in now] == [second["id"], first["id"]]
