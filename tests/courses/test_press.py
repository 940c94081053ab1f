"""The press: what an author wrote becomes printed lessons, in every language, clean, with files that stay; answers are put in."""

import hashlib
import io
import re
import uuid
from html.parser import HTMLParser
from types import SimpleNamespace

import PIL.Image
import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale

from courses import markers
from courses.actions import bring_structure_over, reprint
from courses.blocks import LessonBody
from courses.models import AnswerKey, Edition, LessonPage, PrintedLesson
from courses.press import print_lesson
from courses.press.rich_text import rich
from learning.models import Progress
from tenancy.lens import look, system
from tests import factories
from tests.factories import block, single_choice
from tests.support import samples
from tests.support.laws import examples
from tests.support.pages import one_line


def ordering(*steps, id=""):
    value = {"question": "In welcher Folge?", "steps": [block("item", step) for step in steps]}
    return block("ordering", value) | ({"id": id} if id else {})


def gap_text(text):
    return block("gap_text", {"question": "Was fehlt?", "text": text})


def lesson_of(*blocks):
    """A German lesson as the press is handed one; it is stored nowhere."""
    return SimpleNamespace(
        title="Schritt",
        slug="schritt",
        minutes=5,
        open=False,
        translation_key=uuid.uuid4(),
        body=LessonBody().to_python(list(blocks)),
    )


def printed(*blocks):
    return print_lesson(lesson_of(*blocks), None, language="de", position=1)


# --- variants ------------------------------------------------------------------------------------------------------


@pytest.fixture
def course(db):
    return factories.make_course(factories.make_provider("haus"))


def translate(page, *, title="", body=None):
    """An English variant, published; `body` instead of the German blocks."""
    variant = page.copy_for_translation(Locale.objects.get(language_code="en"))
    variant.title = title or variant.title
    if body is not None:
        variant.body = body
    variant.save_revision().publish()
    return variant


def printed_lesson(course, position, language="en"):
    with look(system("test")):
        found = PrintedLesson.objects.filter(edition__course=course.translation_key)
        found = found.filter(language=language, position=position)
        return found.latest("edition__number", "printing")


def test_a_step_without_a_variant_is_printed_in_german_and_says_so(client, course):
    enrolment = factories.make_enrolment(course)
    with look(system("test")):
        translate(course, title="Safe online")
        translate(course.lessons().first(), title="First step")
    assert [(s.lang, s.title) for s in (printed_lesson(course, 1), printed_lesson(course, 2))] == [
        ("en", "First step"),
        ("de", "Schritt 2"),
    ]
    client.force_login(enrolment.learner)
    pages = [client.get(f"/en/lernen/haus/{course.slug}/schritt-{n}/") for n in (1, 2)]
    assert [page.context["lesson"]["fallback"] for page in pages] == [False, True]
    tags = [re.search(r"<article[^>]*>", page.content.decode())[0] for page in pages]
    assert ['lang="en"' in tags[0], 'lang="de"' in tags[1]] == [True, True]


def test_the_german_lesson_decides_which_questions_count(course):
    """A question that a variant lacks follows in German; one that only a variant has is left out."""
    with look(system("test")):
        german = course.lessons().first()
        [question] = [b.id for b in german.body if b.block_type == "single_choice"]
        extra = single_choice(right="Only in English")
        translate(course)
        translate(german, body=[block("text", "<p>Some words.</p>"), extra])
    page = printed_lesson(course, 1)
    assert page.items == [question]
    assert "Some words." in page.html
    assert "Geheimer Text" not in page.html
    assert re.search(rf'<div lang="de">\s*<section[^>]* id="b-{question}"', page.html)
    assert "Only in English" not in page.html
    with look(system("test")):
        assert [*AnswerKey.objects.get(printed_lesson=page).keys] == [question]


def test_an_answer_in_a_variant_counts_for_the_same_question(client, course):
    enrolment = factories.make_enrolment(course)
    with look(system("test")):
        german = course.lessons().first()
        translate(course)
        translate(german)
    client.force_login(enrolment.learner)
    answer = factories.right_answer(german)
    client.post(f"/en/lernen/haus/{course.slug}/schritt-1/antwort/", answer)
    with look(system("test")):
        assert [str(p.item) for p in Progress.objects.all()] == [answer["item"]]
    for language in ("", "/en"):
        page = client.get(f"{language}/lernen/haus/{course.slug}/schritt-1/")
        assert page.context["lesson"]["done"]


def test_what_is_new_in_german_is_brought_over_with_its_ids(course):
    with look(system("test")):
        german = course.lessons().first()
        translate(course)
        own = block("text", "<p>Only here.</p>")
        first = german.body[0].id
        variant = translate(german, body=[dict(german.body.raw_data[0]), own])
        question = german.body[1].id
        assert bring_structure_over(variant, by=None) == [question]
        variant.refresh_from_db()
        assert bring_structure_over(variant, by=None) == []
        draft = variant.get_latest_revision_as_object()
        assert [b.id for b in draft.body] == [first, question, own["id"]]
        assert [b.id for b in LessonPage.objects.get(pk=variant.pk).body] == [first, own["id"]]


def test_nothing_is_printed_when_nothing_has_changed(course):
    with look(system("test")):
        before = Edition.objects.get(course=course.translation_key)
        count = PrintedLesson.objects.count()
        course.refresh_from_db()
        assert reprint(course, by=None) == before
        course.lessons().first().save_revision().publish()
        after = Edition.objects.get(course=course.translation_key)
        assert (after.number, after.printing, after.checksum) == (1, 1, before.checksum)
        assert PrintedLesson.objects.count() == count


def test_a_lesson_without_a_question_asks_whether_it_was_read():
    lesson = lesson_of(block("text", "<p>Worte.</p>"))
    printed_lesson = print_lesson(lesson, None, language="de", position=3)
    assert printed_lesson.items == [str(lesson.translation_key)]
    assert printed_lesson.keys == {printed_lesson.items[0]: {"kind": "read"}}
    assert not printed_lesson.open
    assert "Ich habe das gelesen" in printed_lesson.html


# --- clean ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("<p>Gut<script>alert(1)</script></p>", "<p>Gut</p>"),
        ('<p onclick="alert(1)">Gut</p>', "<p>Gut</p>"),
        ('<p style="color:red">Gut</p>', "<p>Gut</p>"),
        ("<style>p{}</style><p>Gut</p>", "<p>Gut</p>"),
        ('<img src="x" onerror="alert(1)"><p>Gut</p>', "<p>Gut</p>"),
        ('<a href="javascript:alert(1)">Gut</a>', '<a rel="noopener">Gut</a>'),
        (
            '<a href="https://example.org" target="x">Gut</a>',
            '<a href="https://example.org" rel="noopener">Gut</a>',
        ),
        ('<p><span lang="en">Good</span></p>', '<p><span lang="en">Good</span></p>'),
        ("<!--after:0-->Gut<!--csrf-->", "Gut"),
        ("</section></form><h2>Gut", "<h2>Gut</h2>"),
    ],
)
def test_rich_text_is_cleaned(written, clean):
    assert rich(written) == clean
    assert clean in printed(block("text", written)).html


def test_plain_words_are_no_markup():
    said = '<script>alert("1")</script>'
    printed_lesson = printed(
        single_choice(right=said), gap_text(f"Es ist {{{{lang}}}} {said}."), ordering(said, "b")
    )
    assert "<script>" not in printed_lesson.html
    assert printed_lesson.html.count("&lt;script&gt;") == 4  # a step is named twice


# --- ordering ------------------------------------------------------------------------------------------------------


@examples(40)
@given(st.uuids(), st.integers(2, 9))
def test_steps_are_shuffled_the_same_at_every_printing_and_never_right(id, count):
    question = ordering(*(f"Schritt {n}" for n in range(count)), id=str(id))
    orders = [re.findall(r'<select name="pos-([^"]+)"', printed(question).html) for _ in range(2)]
    assert orders[0] == orders[1] != [step["id"] for step in question["value"]["steps"]]
    assert {*orders[0]} == {step["id"] for step in question["value"]["steps"]}


# --- matching ------------------------------------------------------------------------------------------------------


@examples(40)
@given(st.integers(2, 9))
def test_what_belongs_together_cannot_be_seen_in_the_page(count):
    sides = [block("item", {"left": f"L{n}", "right": f"R{n}"}) for n in range(count)]
    question = block("matching", {"question": "Was gehört dazu?", "pairs": sides})
    lesson = printed(question)
    key = lesson.keys[question["id"]]["pairs"]
    rows = re.findall(r'<select id="[^"]+" name="pair-([^"]+)"', lesson.html)
    options = re.findall(r'<option value="([0-9a-f]+)">(R\d)', lesson.html)
    assert rows == [*key] == [pair["id"] for pair in sides]
    assert options == sorted(set(options)) * count  # an order of their own, the same in each row
    assert {key[pair["id"]]: pair["value"]["right"] for pair in sides} == dict(options)
    assert not {token for token, _text in options} & {*rows}
    assert printed(question).html == lesson.html


def test_what_somebody_has_matched_is_put_back():
    sides = [block("item", {"left": f"L{n}", "right": f"R{n}"}) for n in range(3)]
    question = block("matching", {"question": "Was gehört dazu?", "pairs": sides})
    lesson = printed(question)
    pairs = lesson.keys[question["id"]]["pairs"]
    answer = {f"pair-{pair}": [token] for pair, token in pairs.items()}
    html = markers.fill(lesson.html, given={question["id"]: answer})
    assert Reader(part(html, question)).chosen == [token for [token] in answer.values()]


# --- files ---------------------------------------------------------------------------------------------------------


def picture(provider):
    content = io.BytesIO()
    PIL.Image.effect_noise((900, 300), 60).save(content, "PNG")
    file = ImageFile(io.BytesIO(content.getvalue()), "bild.png")
    return get_image_model().objects.create(
        title="Bild", file=file, collection=provider.collection, width=900, height=300
    )


def document(provider, name, content):
    return get_document_model().objects.create(
        title=name, file=ContentFile(content, name), collection=provider.collection
    )


def publish_with(lesson, *blocks):
    raw = [dict(b) for b in lesson.body.raw_data]
    lesson.body = lesson.body.stream_block.to_python([*raw, *blocks])
    lesson.save_revision().publish()


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")  # Wagtail's own
def test_a_picture_of_an_edition_outlives_the_picture_at_the_desk(client, course):
    with look(system("test")):
        image = picture(course.provider)
        value = {"image": {"image": image.pk, "alt_text": "Ein Schloss", "decorative": False}}
        publish_with(course.lessons().first(), block("image", value))
    html = printed_lesson(course, 1, "de").html
    assert 'alt="Ein Schloss"' in html
    addresses = re.findall(r"/druck/[0-9a-f]{40}\.webp(?= \d+w)", html)
    assert len({*addresses}) == 2  # 640 and 900 pixels, no wider than it was
    with look(system("test")):
        for rendition in image.renditions.all():
            rendition.delete()
        default_storage.delete(image.file.name)
        image.delete()
    for address in addresses:
        answer = client.get(address)
        content = answer.getvalue()
        assert answer.headers["Content-Type"] == "image/webp"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert address == f"/druck/{hashlib.sha256(content).hexdigest()[:40]}.webp"
    assert client.cookies == {}


def test_a_video_is_printed_with_captions_and_words(client, course):
    with look(system("test")):
        film = document(course.provider, "film.mp4", samples.mp4())
        captions = document(course.provider, "film.vtt", samples.VTT.encode())
        words = "<p>Wir sehen ein <script>x</script>Schloss.</p>"
        video = {"title": "Film", "file": film.pk, "captions": captions.pk, "transcript": words}
        download = {"title": "Zum Ausdrucken", "file": captions.pk}
        publish_with(course.lessons().first(), block("video", video), block("download", download))
    html = one_line(printed_lesson(course, 1, "de").html)
    kept = {kind: re.search(rf"/druck/[0-9a-f]{{40}}\.{kind}", html)[0] for kind in ("mp4", "vtt")}
    assert f'<source src="{kept["mp4"]}" type="video/mp4">' in html
    assert re.search(rf'<track kind="captions" src="{kept["vtt"]}" srclang="de"', html)
    assert "<p>Wir sehen ein Schloss.</p>" in html
    assert f'<a href="{kept["vtt"]}" download="film.vtt"' in html
    served = client.get(kept["vtt"])
    assert served.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert served.getvalue() == samples.VTT.encode()
    facts = printed_lesson(course, 0, "de").facts
    said = {row["term"]: row["says"] for row in facts["access"]}
    assert facts["captioned"]
    assert said["Videos"] == "1, mit Untertiteln und Abschrift"


# --- answers are put back ------------------------------------------------------------------------------------------

GAPS, OTHER_GAPS = gap_text("{{a}} und {{b}}"), gap_text("{{a}} und {{b}}")
CHOICES, ORDER = single_choice(), ordering("eins", "zwei", "drei")
SHEET = printed(GAPS, CHOICES, OTHER_GAPS, ORDER).html


class Reader(HTMLParser):
    """Fields with their values, selected options, all tags."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.fields, self.chosen = [], {}, []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        found = dict(attributes)
        if found.get("name", "").startswith("gap-"):
            self.fields[found["name"]] = found["value"]
        if "checked" in found or "selected" in found:
            self.chosen.append(found["value"])


def part(html, question):
    return markers.section(html, question["id"])


typed = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            'name="gap-2" value=""',
            "<!--csrf-->",
            f"<!--after:{GAPS['id']}-->",
            '"><script>alert(1)</script>',
            "</section>",
            f'id="b-{OTHER_GAPS["id"]}"',
            r"\1 &amp;",
        ]
    ),
)


@given(typed, typed)
def test_an_answer_is_put_back_as_text_and_only_into_its_own_question(one, two):
    answer = {"gap-1": [one], "gap-2": [two]}
    html = markers.fill(SHEET, given={GAPS["id"]: answer})
    empty = markers.fill(SHEET)
    filled = Reader(part(html, GAPS))
    assert filled.fields == {"gap-1": one, "gap-2": two}
    assert Reader(html).tags == Reader(empty).tags
    for question in (CHOICES, OTHER_GAPS, ORDER):
        assert part(html, question) == part(empty, question)
    assert "<!--" not in html


def test_choices_and_places_are_put_back():
    wrong, _right = (choice["id"] for choice in CHOICES["value"]["choices"])
    steps = [step["id"] for step in ORDER["value"]["steps"]]
    places = {f"pos-{step}": [str(n)] for n, step in enumerate(steps, 1)}
    given_last = {CHOICES["id"]: {"choice": [wrong]}, ORDER["id"]: places}
    html = markers.fill(SHEET, given=given_last)
    assert Reader(part(html, CHOICES)).chosen == [wrong]
    by_step = re.findall(r'name="pos-([^"]+)".*?value="(\d)" selected', html, re.DOTALL)
    assert {f"pos-{step}": [place] for step, place in by_step} == places


@given(st.text(max_size=30), st.text(max_size=30))
def test_markers_are_filled_once_and_elsewhere_nothing_is(state, after):
    asked = GAPS["id"]
    html = markers.fill(SHEET, csrf="[csrf]", states={asked: state}, after={asked: after})
    expected = SHEET.replace(f"<!--state:{asked}-->", state).replace(f"<!--after:{asked}-->", after)
    expected = re.sub("<!--(state|after|at|choice):[0-9a-z:-]+-->|<!--mixed-->", "", expected)
    assert html == expected.replace("<!--csrf-->", "[csrf]")


def test_a_section_of_an_unknown_question_is_empty():
    assert markers.section(SHEET, str(uuid.uuid4())) == ""
    assert markers.fill(SHEET, given={str(uuid.uuid4()): {"choice": ["x"]}}) == markers.fill(SHEET)
