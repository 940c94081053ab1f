"""Where pictures and files come from: asked for at the desk, printed below them, and nothing is published without."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale

from courses import queries
from courses.actions import credit
from courses.actions.credits import words_of_credit
from courses.licences import DEEDS, lacks
from courses.models import Credit, LessonPage, PrintedLesson
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.factories import block
from tests.support.pages import one_line

#: Wagtail leaves the closing of a picture's working copy to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function Spooled"),
]
LINK = "https://commons.example/schloss.jpg"
DEED = DEEDS["CC-BY-4.0"]
WORDS = {
    "title": "Schloss & Park",
    "author": "Maria Muster",
    "licence": "CC-BY-4.0",
    "link": LINK,
    "origin": "Wikimedia Commons",
}
TYPED = {f"credit_{name}": said for name, said in WORDS.items()}
#: What the press makes of WORDS.
LINE = (
    f'<a href="{LINK}" rel="noopener">Schloss &amp; Park</a>, Maria Muster, '
    f'<a href="{DEED}" rel="noopener">CC BY 4.0</a>, Wikimedia Commons'
)


@pytest.fixture
def image(house):
    with look(system("test")):
        return get_image_model().objects.create(
            title="Schloss", file=get_test_image_file("schloss.png"), collection=house.collection
        )


@pytest.fixture
def document(house):
    with look(system("test")):
        return get_document_model().objects.create(
            title="Plan", file=ContentFile(b"Plan", name="plan.txt"), collection=house.collection
        )


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=1)


@pytest.fixture
def desk(client, house):
    client.force_login(factories.make_member(house, Membership.Role.REVIEWER))
    return client


def kept(thing):
    with look(system("test")):
        return words_of_credit(thing)


def give_credit(thing, **words):
    with look(system("test")):
        credit(thing, **(WORDS | words))


def upload():
    picture = get_test_image_file("neu.png")
    picture.seek(0)
    return picture


def edit_of(thing):
    name = "wagtailimages:edit" if thing._meta.model_name == "image" else "wagtaildocs:edit"
    return reverse(name, args=[thing.pk])


def publish_with(course, *blocks):
    with look(system("test")):
        lesson = course.lessons().get()
        raw = [dict(each) for each in lesson.body.raw_data]
        lesson.body = lesson.body.stream_block.to_python([*raw, *blocks])
        lesson.save_revision().publish()


def picture_block(image, *, caption=""):
    value = {"image": image.pk, "alt_text": "Ein Schloss", "decorative": False}
    return block("image", {"image": value, "caption": caption})


def printed_lesson(course, position, language="de"):
    with look(system("test")):
        printed_lessons = PrintedLesson.objects.filter(
            edition__course=course.translation_key, language=language
        )
        return printed_lessons.filter(position=position).latest("edition__number", "printing")


# --- what is asked -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("licence", "author", "link", "missing"),
    [
        ("own", "", "", []),
        ("CC-BY-4.0", "", "", ["author", "link"]),
        ("CC-BY-4.0", " ", LINK, ["author"]),
        ("CC0-1.0", "Maria", "", ["link"]),
        ("PDM-1.0", "Maria", "", []),
        ("permission", "", "", ["author"]),
    ],
)
def test_every_licence_asks_for_its_own(licence, author, link, missing):
    assert lacks(licence, author=author, link=link) == missing


@pytest.mark.parametrize("kind", ["image", "document"])
def test_the_form_keeps_the_credit_and_shows_it_again(desk, request, kind):
    thing = request.getfixturevalue(kind)
    answer = desk.post(edit_of(thing), {"title": "Neuer Titel"} | TYPED)
    assert answer.status_code == 302
    assert kept(thing) == WORDS
    form = desk.get(edit_of(thing)).context["form"]
    assert {name: form[name].value() for name in TYPED} == TYPED


@pytest.mark.parametrize("kind", ["image", "document"])
def test_without_author_and_link_nothing_is_saved_and_nothing_lost(desk, request, kind):
    thing = request.getfixturevalue(kind)
    typed = TYPED | {"title": "Neuer Titel", "credit_author": "", "credit_link": ""}
    answer = desk.post(edit_of(thing), typed)
    form = answer.context["form"]
    assert answer.status_code == 200
    assert form.errors == {
        "credit_author": ["Bitte nennen Sie, wer das Werk gemacht hat."],
        "credit_link": ["Bitte geben Sie den Link zum Original an. Die Lizenz verlangt das."],
    }
    assert {name: form[name].value() for name in typed} == typed
    assert kept(thing) == {}


def test_what_is_no_address_is_said_once(desk, image):
    answer = desk.post(edit_of(image), TYPED | {"title": "Bild", "credit_link": "irgendwo im Netz"})
    assert {name: len(errors) for name, errors in answer.context["form"].errors.items()} == {
        "credit_link": 1
    }


def test_own_work_needs_no_words_and_leaves_none(desk, image):
    give_credit(image)
    empty = dict.fromkeys(TYPED, "") | {"credit_licence": "own"}
    assert desk.post(edit_of(image), {"title": "Bild"} | empty).status_code == 302
    assert kept(image) == {}


def test_the_chooser_in_a_lesson_asks_too(desk):
    form = {"image-chooser-upload-title": "Schloss"}
    form |= {f"image-chooser-upload-{name}": said for name, said in TYPED.items()}
    file = {"image-chooser-upload-file": upload()}
    answer = desk.post(reverse("wagtailimages_chooser:create"), form | file)
    assert answer.json()["step"] == "chosen"
    with look(system("test")):
        found = Credit.objects.values_list("image__title", "author")
        assert [*found] == [("Schloss", "Maria Muster")]


def test_of_several_uploads_each_is_asked_for_its_credit(desk, house):
    answer = desk.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Schloss", "files[]": upload()},
    ).json()
    assert answer["success"]
    number = answer["image_id"]
    assert f'name="image-{number}-credit_author"' in answer["form"]
    form = {f"image-{number}-title": "Schloss"}
    form |= {f"image-{number}-{name}": said for name, said in TYPED.items()}
    address = reverse("wagtailimages:edit_multiple", args=[number])
    assert desk.post(address, form).json() == {"success": True, "image_id": number}
    with look(system("test")):
        image = get_image_model().objects.get(pk=number)
    assert kept(image) == WORDS


# --- what is printed -----------------------------------------------------------------------------------------------


def test_the_line_is_printed_below_the_picture_and_at_the_file(course, image, document):
    give_credit(image)
    give_credit(document, title="", licence="permission", link="")
    file = block("download", {"title": "Plan", "file": document.pk})
    publish_with(course, picture_block(image, caption="Das Schloss"), file)
    html = one_line(printed_lesson(course, 1).html)
    assert f"<figcaption>Das Schloss<br>Bild: {LINE}</figcaption>" in html
    permitted = "Datei: Maria Muster, Mit Erlaubnis, nur für diesen Kurs, Wikimedia Commons"
    assert f'<span class="ls-small ls-muted">{permitted}</span>' in html


def test_the_line_is_printed_at_a_video(course, image, document):
    give_credit(document)
    give_credit(image, author="Paul Poster", title="", origin="")
    value = {"title": "Film", "file": document.pk, "captions": document.pk, "poster": image.pk}
    publish_with(course, block("video", value | {"transcript": "<p>Worte.</p>"}))
    html = printed_lesson(course, 1).html
    still = f'<a href="{LINK}" rel="noopener">Original ansehen</a>, Paul Poster'
    assert f"<span>Video: {LINE}</span>" in html
    assert f'<span>Standbild: {still}, <a href="{DEED}" rel="noopener">CC BY 4.0</a></span>' in html
    assert f"<span>Untertitel: {LINE}</span>" in html


def test_own_work_without_words_has_no_line(course, image):
    publish_with(course, picture_block(image))
    assert "<figcaption>" not in printed_lesson(course, 1).html
    assert printed_lesson(course, 0).facts["credits"] == []
    assert "von anderen" not in printed_lesson(course, 0).html


def test_own_work_with_a_name_is_not_by_others(course, image):
    give_credit(image, licence="own", link="", origin="")
    publish_with(course, picture_block(image))
    line = "<figcaption>Bild: Schloss &amp; Park, Maria Muster</figcaption>"
    assert line in one_line(printed_lesson(course, 1).html)
    assert printed_lesson(course, 0).facts["credits"] == []


def test_the_course_page_lists_everything_once(client, course, image):
    give_credit(image)
    publish_with(course, picture_block(image), picture_block(image, caption="Noch einmal"))
    page = client.get(f"/kurse/haus/{course.slug}/").content.decode()
    assert "Bilder und Dateien von anderen" in page
    assert page.count(f"<li>Bild: {LINE}</li>") == page.count("Maria Muster") == 1


def test_the_words_of_the_interface_and_of_the_author_keep_their_languages(course, image):
    """Where the lesson has no English variant, its author's words are German and the words around them English."""
    give_credit(image, licence="PDM-1.0", link="")
    publish_with(course, picture_block(image))
    with look(system("test")):
        english = course.copy_for_translation(Locale.objects.get(language_code="en"))
        english.save_revision().publish()
    printed = one_line(printed_lesson(course, 1, "en").html)
    assert '<figcaption><span lang="en">' in printed
    assert '</span> Schloss &amp; Park, Maria Muster, <a lang="en" href=' in printed
    listed = printed_lesson(course, 0, "en").html
    assert (
        '<span lang="de">Schloss &amp; Park</span>, <span lang="de">Maria Muster</span>' in listed
    )


def test_no_script_becomes_a_link(course, image):
    give_credit(image, link="javascript:alert(1)", title="<b>")
    publish_with(course, picture_block(image))
    html = printed_lesson(course, 1).html
    assert "javascript:" not in html
    assert "Bild: &lt;b&gt;, Maria Muster" in html


# --- what stops ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ({}, []),
        ({"author": ""}, ["credit-incomplete"]),
        ({"link": ""}, ["credit-incomplete"]),
        ({"licence": "own", "author": "", "link": ""}, []),
    ],
)
def test_an_incomplete_credit_stops_publishing(course, image, document, words, rules):
    give_credit(image, **words)
    give_credit(document, **words)
    file = block("download", {"title": "Plan", "file": document.pk})
    video = {"title": "Film", "file": document.pk, "captions": document.pk, "poster": image.pk}
    video["transcript"] = f"<p>{'Wir sehen ein Schloss. ' * 4}</p>"
    for shown in (picture_block(image), file, block("video", video)):
        with look(system("test")):
            lesson = course.lessons().get()
            lesson.body = lesson.body.stream_block.to_python([shown])
            stopping = queries.checked(lesson).stopping
        found = [(f.rule, f.part) for f in stopping if f.rule == "credit-incomplete"]
        assert found == [
            (rule, shown["id"]) for rule in rules * (2 if shown["type"] == "video" else 1)
        ]


def test_the_gate_says_what_is_missing(desk, course, image):
    give_credit(image, link="")
    with look(system("test")):
        lesson = course.lessons().get()
        raw = [dict(each) for each in lesson.body.raw_data]
        lesson.body = lesson.body.stream_block.to_python([*raw, picture_block(image)])
        lesson.save_revision()
    page = desk.get(reverse("gate", args=[lesson.pk])).content.decode()
    assert "Bei einem Werk von anderen fehlen Angaben." in page
    assert "CC BY 4.0 § 3 (a)" in page
    with look(system("test")):
        assert len(LessonPage.objects.get(pk=lesson.pk).body) == 2  # what is live stayed
