"""An author tries a question of a draft as learners answer it: graded like theirs, and nothing is stored."""

import uuid

import pytest
from django.urls import reverse

from courses.blocks import QUESTIONS
from learning.models import Attempt
from tenancy.lens import look, system
from tests import factories
from tests.courses.test_half_finished import WHOLE
from tests.support.desk import as_
from tests.support.pages import one_line
from tests.support.writing import raw, url, written


@pytest.fixture
def step(house):
    return written(factories.make_course(house, lessons=1), WHOLE)


def door(step, kind):
    return reverse("try_out", args=[step.pk, raw(step, kind)["id"]])


def answers(step, kind):
    """(right, wrong) as the form sends them."""
    value = raw(step, kind)["value"]
    if "choices" in value:
        right, wrong = (
            [row["id"] for row in value["choices"] if row["value"]["right"] is is_right]
            for is_right in (True, False)
        )
        return {"choice": right}, {"choice": wrong}
    if kind == "true_false":
        return {"choice": ["true"]}, {"choice": ["false"]}
    if kind == "gap_text":
        return {"gap-1": "Wort"}, {"gap-1": "Bort"}
    rows = [row["id"] for row in value["steps"]]
    return tuple(
        {f"pos-{row}": str(place) for row, place in zip(order, (1, 2), strict=True)}
        for order in (rows, rows[::-1])
    )


@pytest.mark.parametrize("kind", [kind for kind in QUESTIONS if kind != "matching"])
def test_a_draft_is_answered_as_learners_do_and_nothing_is_stored(client, author, step, kind):
    as_(client, author)
    at = door(step, kind)
    page = client.get(at).text
    assert ("Antwort prüfen" in page, "hx-post" in page, "Richtig." in page) == (True, False, False)
    right, wrong = answers(step, kind)
    assert "Richtig." in client.post(at, right).text
    assert "Noch nicht ganz." in client.post(at, wrong).text
    assert "Da fehlt noch etwas." in client.post(at, {}).text
    with look(system("test")):
        assert Attempt.objects.count() == 0


def test_a_question_that_is_not_finished_says_what_it_lacks(client, author, house):
    half = {"single_choice": WHOLE["single_choice"] | {"question": ""}}
    step = written(factories.make_course(house, lessons=1), half)
    page = as_(client, author).get(door(step, "single_choice"))
    assert page.context["lacks"] == ["Fehlt noch: Frage"]
    shown = one_line(page)
    assert ("Diese Frage ist noch nicht fertig:" in shown, "Antwort prüfen" in shown) == (
        True,
        False,
    )


def test_what_is_no_question_or_not_ones_own_is_not_there(client, author, step):
    as_(client, author)
    assert client.get(door(step, "text")).status_code == 404
    assert client.get(reverse("try_out", args=[step.pk, uuid.uuid4()])).status_code == 404
    with look(system("test")):
        stranger = factories.make_member(factories.make_provider("nebenan"), "author")
    at = door(step, "true_false")
    assert as_(client, stranger).get(at).status_code == 404


def test_the_sheet_leads_there_from_questions_alone(client, author, step):
    page = as_(client, author).get(url("step", step)).text
    tried = [kind for kind in WHOLE if f'href="{door(step, kind)}"' in page]
    assert tried == [kind for kind in WHOLE if kind in QUESTIONS]
