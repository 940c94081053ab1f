"""In which order choices are seen, and what is said at each row of an answer."""

import re
import tomllib
import uuid
from collections import Counter
from pathlib import Path

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accessibility.checks import LessonPart, QuestionPart, check
from courses import markers
from courses.models import LessonPage, PrintedLesson
from learning.models import Attempt, Enrolment
from tenancy.lens import look, system
from tests import factories
from tests.factories import block

DEMO = Path(__file__).resolve().parent.parent.parent / "demo" / "content"
ids = st.lists(st.uuids().map(str), min_size=2, max_size=7, unique=True)


def rows(chosen):
    return "".join(f"<!--choice:{one}--><label>{one}</label>\n" for one in chosen) + "<!--mixed-->"


def seen(html):
    return re.findall(r"<label>([0-9a-f-]{36})</label>", html)


# --- law -------------------------------------------------------------------------------------------------------------


@given(ids, st.text(max_size=9), st.randoms())
def test_an_order_is_the_same_each_time_and_loses_nothing(chosen, seed, dice):
    mixed = markers.mixed(f"<p>{rows(chosen)}</p>", seed)
    assert sorted(seen(mixed)) == sorted(chosen)
    assert markers.mixed(mixed, seed) == mixed
    other = list(chosen)
    dice.shuffle(other)
    assert seen(markers.mixed(rows(other), seed)) == seen(mixed)


def test_every_place_is_as_likely_as_the_others():
    chosen = [str(uuid.UUID(int=n)) for n in range(3)]
    first = Counter(markers.order(chosen, str(seed))[0] for seed in range(900))
    assert len(first) == 3
    assert min(first.values()) > 240


def test_questions_are_mixed_each_for_itself():
    one, two = ([str(uuid.uuid4()) for _ in range(4)] for _ in range(2))
    html = markers.mixed(f"{rows(one)}<hr>{rows(two)}", "x")
    assert sorted(seen(html.partition("<hr>")[0])) == sorted(one)


# --- pages -----------------------------------------------------------------------------------------------------------


def question(*, fixed=False, kind="single_choice"):
    choices = [
        {
            "type": "item",
            "id": str(uuid.uuid4()),
            "value": {"text": f"Antwort {n}", "right": n == 3, "feedback": ""},
        }
        for n in range(8)
    ]
    return block(kind, {"question": "Welche?", "choices": choices, "fixed_order": fixed})


def course_with(*blocks):
    course = factories.make_course(factories.make_provider("haus"))
    with look(system("test")):
        lesson = course.lessons().first()
        lesson.body = lesson.body.stream_block.to_python(list(blocks))
        lesson.save_revision().publish()
    return course, lesson


def address(course, lesson):
    return reverse("learning:lesson", args=["haus", course.slug, lesson.slug])


def texts(page):
    return re.findall(r"<span>(Antwort \d)</span>", page.content.decode())


def written():
    return [f"Antwort {n}" for n in range(8)]


@pytest.fixture
def mixed_course(db):
    return course_with(question())


def enrolled(client, course):
    learner = factories.make_user()
    client.force_login(learner)
    client.post(reverse("learning:enrol", args=["haus", course.slug]))
    return learner


def test_visitors_see_one_order_and_it_is_not_the_authors(client, mixed_course):
    first, second = (client.get(address(*mixed_course)) for _ in range(2))
    assert first.content == second.content
    assert sorted(texts(first)) == written()
    assert texts(first) != written()
    assert "<!--" not in re.sub(r"<!--\[if.*?-->", "", first.content.decode())


def test_whoever_is_enrolled_has_an_order_of_her_own_that_stays(client, mixed_course):
    orders = []
    for _learner in range(4):
        enrolled(client, mixed_course[0])
        page = client.get(address(*mixed_course))
        assert texts(client.get(address(*mixed_course))) == texts(page)
        orders.append(tuple(texts(page)))
        client.logout()
    assert len(set(orders)) > 1


@pytest.mark.parametrize("script", [True, False])
def test_the_order_stays_after_an_answer_and_the_choice_is_marked(client, mixed_course, script):
    course, lesson = mixed_course
    enrolled(client, course)
    before = texts(client.get(address(course, lesson)))
    asked = lesson.body[0]
    chosen = asked.value["choices"].bound_blocks[5].id
    headers = {"HX-Request": "true"} if script else {}
    answer = client.post(
        f"{address(course, lesson)}antwort/",
        {"item": asked.id, "choice": chosen, **token(client, course, lesson)},
        headers=headers,
        follow=True,
    )
    assert texts(answer) == before
    assert f'value="{chosen}" checked' in answer.content.decode()


def token(client, course, lesson):
    page = client.get(address(course, lesson)).content.decode()
    return {"csrfmiddlewaretoken": re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)[1]}


def test_what_is_right_does_not_depend_on_the_order(client, mixed_course):
    course, lesson = mixed_course
    asked = lesson.body[0]
    right = asked.value["choices"].bound_blocks[3].id
    for _learner in range(3):
        learner = enrolled(client, course)
        form = {"item": asked.id, "choice": right, **token(client, course, lesson)}
        client.post(f"{address(course, lesson)}antwort/", form)
        with look(system("test")):
            assert Attempt.objects.get(learner=learner).right
        client.logout()


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice"])
def test_an_author_may_keep_her_order(client, db, kind):
    course, lesson = course_with(question(fixed=True, kind=kind))
    assert texts(client.get(address(course, lesson))) == written()
    enrolled(client, course)
    page = client.get(address(course, lesson))
    assert texts(page) == written()
    assert "data-mixed" not in page.content.decode()


def test_another_course_of_the_same_learner_begins_with_another_order(client, mixed_course):
    """A retake is a new enrolment: what one has remembered is an answer, not a place."""
    course, lesson = mixed_course
    learner = enrolled(client, course)
    orders = set()
    for _retake in range(4):
        orders.add(tuple(texts(client.get(address(course, lesson)))))
        with look(system("test")):
            Enrolment.objects.filter(learner=learner, closed_at=None).delete()
        client.post(reverse("learning:enrol", args=["haus", course.slug]))
    assert len(orders) > 1


def test_what_was_printed_before_is_shown_as_it_was(client, mixed_course):
    course, lesson = mixed_course
    with look(system("test")):
        for printed_lesson in PrintedLesson.objects.filter(edition__course=course.translation_key):
            old = re.sub(r"<!--(choice|at):[^>]*-->|<!--mixed-->", "", printed_lesson.html)
            PrintedLesson.objects.filter(pk=printed_lesson.pk).update(html=old)
    enrolled(client, course)
    assert sorted(texts(client.get(address(course, lesson)))) == written()


# --- what is said at its place ----------------------------------------------------------------------------------------


FEEDBACK = {"feedback_right": "Gut.", "feedback_wrong": "Schade."}


@pytest.fixture
def rows_and_gaps(db):
    steps = [{"type": "item", "id": str(uuid.uuid4()), "value": f"Schritt {n}"} for n in range(4)]
    return course_with(
        block("ordering", {"question": "Ordnen", "steps": steps, **FEEDBACK}),
        block("gap_text", {"question": "Füllen", "text": "Ein {{a}} und ein {{b}}.", **FEEDBACK}),
    )


def said_at(page):
    return re.findall(r"data-place>\s*<span[^>]*></span>([^<]*)</span>", page)


def answers(lesson):
    order, gaps = lesson.body
    steps = [step.id for step in order.value["steps"].bound_blocks]
    moved = {f"pos-{step}": str(n) for step, n in zip(steps, (1, 2, 4, 3), strict=True)}
    return [
        ({"item": order.id, **moved}, "2 von 4 Zeilen stimmen.", Counter({"Richtig": 2, "Gehört an einen anderen Platz": 2})),
        ({"item": gaps.id, "gap-1": "a", "gap-2": "x"}, "1 von 2 Lücken stimmt.", Counter({"Richtig": 1, "Stimmt noch nicht": 1})),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["visitor", "learner"])
@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("which", [0, 1])
def test_each_row_says_whether_it_is_right(client, rows_and_gaps, who, script, which):
    course, lesson = rows_and_gaps
    form, count, places = answers(lesson)[which]
    if who == "learner":
        enrolled(client, course)
        form |= token(client, course, lesson)
    headers = {"HX-Request": "true"} if script else {}
    page = client.post(
        f"{address(course, lesson)}antwort/", form, headers=headers, follow=True
    ).content.decode()
    assert count in page
    assert Counter(said_at(page)) == places
    if who == "learner":
        again = client.get(address(course, lesson)).content.decode()
        assert Counter(said_at(again)) == places


def test_a_right_answer_needs_no_marks(client, rows_and_gaps):
    course, lesson = rows_and_gaps
    form = {"item": lesson.body[1].id, "gap-1": "a", "gap-2": "b"}
    page = client.post(f"{address(course, lesson)}antwort/", form).content.decode()
    assert "Gut." in page
    assert said_at(page) == []


# --- the demo ---------------------------------------------------------------------------------------------------------


def demo_questions(language):
    """Of the German steps, or of one of their variants."""
    ending = f".{language}.toml" if language else ".toml"
    for path in sorted(DEMO.glob("*/*/[0-9]*.toml")):
        if path.name.endswith(ending) and path.name.count(".") == ending.count("."):
            for each in tomllib.loads(path.read_text())["block"]:
                if each["type"] in ("single_choice", "multiple_choice"):
                    choices = tuple((one["text"], one["right"]) for one in each["choice"])
                    yield QuestionPart(each["question"], choices)


def is_longest(question):
    (length, right), (second, _right) = sorted(
        ((len(text), right) for text, right in question.choices), reverse=True
    )[:2]
    return right and length > second


@pytest.mark.parametrize("language", ["", "en", "de-simple"])
def test_the_demos_answers_cannot_be_guessed_by_place_or_length(language):
    asked = list(demo_questions(language))
    found = check([LessonPart(str(n), one) for n, one in enumerate(asked)], lang="de")
    assert [f for f in found if f.rule.startswith("answer-")] == []
    single = [one for one in asked if one.place is not None]
    places = Counter(one.place for one in single)
    longest = [one for one in single if is_longest(one)]
    assert max(places.values()) <= len(single) * 0.4
    assert len(longest) <= len(single) * 0.4


def test_the_page_of_the_desk_asks_whether_the_order_matters():
    block = LessonPage._meta.get_field("body").stream_block.child_blocks["single_choice"]
    assert str(block.child_blocks["fixed_order"].label) == "Diese Reihenfolge behalten"
