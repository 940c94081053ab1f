"""A draft may be half finished, in Wagtail's form too; what it lacks is said at handing in and at publishing."""

import copy
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.blocks import StreamValue

from courses import queries
from courses.blocks import LessonBody
from courses.models import CoursePage, LessonPage, Review
from tenancy.lens import look, system
from tests import factories
from tests.factories import block
from tests.support.desk import address, as_

BODY = LessonBody()
FEEDBACK = {"feedback_right": "", "feedback_wrong": ""}
CHOICES = [block("item", {"text": t, "right": t == "a", "feedback": ""}) for t in "ab"]
QUESTION = {"question": "Was?", "choices": CHOICES, "fixed_order": False}
PAIRS = [block("item", {"left": one, "right": two}) for one, two in ("ax", "by")]
FOLDS = [block("item", {"title": one, "html": "<p>x</p>"}) for one in "ab"]
NO_PICTURE = {"image": None, "decorative": False, "alt_text": ""}
#: A value of every kind of block; what names a file or a picture is still empty.
WHOLE: dict[str, Any] = {
    "text": "<p>Ein Satz.</p>",
    "image": {"image": NO_PICTURE, "caption": ""},
    "video": {
        "title": "t",
        "file": None,
        "captions": None,
        "cues": [block("item", {"start": "0:01", "end": "0:04.5", "text": "Hallo."})],
        "poster": None,
        "transcript": "<p>x</p>",
    },
    "audio": {"title": "t", "file": None, "transcript": "<p>x</p>"},
    "download": {"title": "t", "file": None},
    "callout": {"kind": "tip", "title": "t", "html": "<p>x</p>"},
    "table": {"caption": "t", "rows": "a | b\nc | d", "headings": "row"},
    "term": {"term": "t", "html": "<p>x</p>"},
    "walkthrough": {
        "title": "t",
        "stages": [block("item", {"html": "<p>x</p>", "image": NO_PICTURE}) for _ in "ab"],
    },
    "accordion": {"folds": FOLDS},
    "gallery": {
        "title": "t",
        "pictures": [block("item", {"image": NO_PICTURE, "caption": ""}) for _ in "ab"],
    },
    "link_card": {"title": "t", "address": "https://www.stadt.example/", "text": "x"},
    "tried": {"statement": "s"},
    "single_choice": QUESTION,
    "multiple_choice": QUESTION,
    "true_false": {"statement": "s", "right": True, **FEEDBACK},
    "gap_text": {"question": "q", "text": "Ein {{Wort}}.", **FEEDBACK},
    "ordering": {"question": "q", "steps": [block("item", "a"), block("item", "b")], **FEEDBACK},
    "matching": {"question": "q", "pairs": PAIRS, **FEEDBACK},
    "h5p": {"content": None, "lead": "", "pass_mark": 100, "alternative": "", "question": []},
}


BEGINS = "Adresse: So ist es keine Adresse. Sie beginnt mit https:// oder http://."


@st.composite
def half_finished(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """A block of which some fields are empty, and some rows are gone."""
    return block(kind, draw(_less(copy.deepcopy(WHOLE[kind]))))


@st.composite
def _less(draw: st.DrawFn, value: Any) -> Any:
    if isinstance(value, str):
        return draw(st.sampled_from([value, "", "{{}}", " "]))
    if isinstance(value, bool):
        return draw(st.booleans())
    if isinstance(value, list):
        return [row | {"value": draw(_less(row["value"]))} for row in value if draw(st.booleans())]
    if isinstance(value, dict):
        return {n: v if n in ("kind", "headings") else draw(_less(v)) for n, v in value.items()}
    return value


def stream(*raw: dict[str, Any]) -> StreamValue:
    return BODY.to_python(list(raw))


def test_every_kind_of_block_is_tried():
    assert WHOLE.keys() == BODY.child_blocks.keys()


@pytest.mark.parametrize("kind", WHOLE)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_half_finished_block_can_be_saved_as_a_draft(kind, data):
    value = stream(data.draw(half_finished(kind)))
    BODY.clean_deferred(value)  # raises nothing
    assert not BODY.is_deferred_validation


@pytest.mark.parametrize("kind", WHOLE)
def test_an_empty_block_says_what_it_lacks(kind):
    value = stream(
        block(kind, BODY.child_blocks[kind].get_prep_value(BODY.child_blocks[kind].get_default()))
    )
    [empty] = value
    assert queries.lacks_of(empty)
    with pytest.raises(ValidationError):
        BODY.clean(value)


@pytest.mark.parametrize(
    ("kind", "change", "says"),
    [
        ("text", "", ["Fehlt noch: Text"]),
        ("callout", {"title": ""}, ["Fehlt noch: Überschrift"]),
        (
            "single_choice",
            {"choices": [CHOICES[0], block("item", {"text": "", "right": False, "feedback": ""})]},
            ["Bei Antwort 2 fehlt noch der Text."],
        ),
        (
            "single_choice",
            {"choices": [CHOICES[1], CHOICES[1]]},
            ["Bitte markieren Sie genau eine Antwort als richtig."],
        ),
        (
            "ordering",
            {"steps": [block("item", "a"), block("item", "")]},
            ["Fehlt noch: Schritt 2"],
        ),
        (
            "matching",
            {"pairs": [PAIRS[0], block("item", {"left": "c", "right": ""})]},
            ["Bei Paar 2 fehlt noch: Gehört dazu"],
        ),
        (
            "matching",
            {"pairs": [PAIRS[0], block("item", {"left": "c", "right": " X "})]},
            ["Zwei Paare sagen dasselbe. Jede Seite darf nur einmal vorkommen."],
        ),
        (
            "accordion",
            {"folds": [FOLDS[0], block("item", {"title": "", "html": "<p>x</p>"})]},
            ["Bei Teil 2 fehlt noch: Überschrift"],
        ),
        ("link_card", {"address": "ftp://a.example/"}, [BEGINS]),
        (
            "h5p",
            {"question": [block("true_false", {"statement": "", "right": True, **FEEDBACK})]},
            [
                "Fehlt noch: Aktivität",
                "Bei Frage an ihrer Stelle fehlt noch: Aussage",
            ],
        ),
    ],
)
def test_what_is_missing_is_said_with_its_place(kind, change, says):
    value = WHOLE[kind] | change if isinstance(change, dict) else change
    [one] = stream(block(kind, value))
    assert queries.lacks_of(one) == says


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=1, title="Fotos ordnen")


def write(course: CoursePage, *body: dict[str, Any]) -> LessonPage:
    with look(system("test")):
        lesson = course.lessons().get()
        lesson.body = list(body)
        lesson.save_revision(clean=False)
        return lesson


def test_a_half_finished_course_is_not_handed_in_and_its_author_reads_why(client, author, course):
    empty = block("true_false", {"statement": "", "right": True, **FEEDBACK})
    lesson = write(
        course, block("text", '<p>Mehr <a href="https://a.example">hier</a>.</p>'), empty
    )
    as_(client, author)
    refused = client.post(address("ask", course), {"words": "Stimmt das?"})
    assert refused.status_code == 400
    assert "Noch 2 Sachen, dann können Sie den Kurs abgeben." in refused.text
    assert "Stimmt das?" in refused.text  # nothing typed is lost
    desk = reverse("writing:step", args=[lesson.pk])
    assert [(thing.says, thing.url) for thing in refused.context["things"]] == [
        (
            "Frage: stimmt oder stimmt nicht. Fehlt noch: Aussage",
            f"{desk}#block-{empty['id']}",
        ),
        ("1 Hindernis", reverse("gate", args=[lesson.pk])),
    ]
    with look(system("test")):
        assert Review.objects.count() == 0


def test_empty_goals_are_said_in_words_of_the_page(course):
    with look(system("test")):
        page = CoursePage.objects.get(pk=course.pk)
        page.goals = []
        said = [lack.says for lack in queries.lacking(page) if lack.part == "goals"]
    assert said == ["Fehlt noch: Das lernen Sie"]


def test_a_course_without_a_step_reaches_no_reviewer(client, author, course):
    with look(system("test")):
        course.lessons().get().delete()
        course.title = "Fotos"
        course.save_revision()
    refused = as_(client, author).post(address("ask", course))
    [thing] = refused.context["things"]
    assert (refused.status_code, thing.says) == (400, "Der Kurs hat noch keinen Schritt.")


def test_a_step_without_a_block_reaches_no_reviewer(client, author, course):
    write(course)
    refused = as_(client, author).post(address("ask", course))
    assert [thing.says for thing in refused.context["things"]] == ["Der Schritt ist noch leer."]


def test_what_is_finished_is_handed_in(client, author, course):
    write(course, block("text", "<p>Ein Satz.</p>"))
    page = as_(client, author).get(address("course", course))
    assert page.context["things"] == []
    assert client.post(address("ask", course)).status_code == 302
