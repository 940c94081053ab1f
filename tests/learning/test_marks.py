"""Answers that people have written are marked by hand: with points and words, by those who see learners, for that person to read.

Walked with docs/states.md: rows 1 to 5, 7 and 12.
"""

import pytest
from django.db import ProgrammingError

from learning.models import AnswerMark, TutorAct, XapiStatement
from tenancy.lens import learner, look, system
from tests import factories
from tests.learning.test_results import asked, door, furnished, report
from tests.support.pages import one_line

__all__ = ["asked", "furnished"]  # fixtures

ESSAY = {
    "object": {
        "definition": {
            "interactionType": "long-fill-in",
            "description": {"de": "Was haben Sie gelernt?"},
        }
    },
    "result": {"response": "Erst lesen.\nDann klicken.", "score": {"raw": 0, "max": 4}},
}


def wrote(place, text="Erst lesen.\nDann klicken."):
    said = ESSAY | {"result": ESSAY["result"] | {"response": text}}
    parts = {"children": [{"statement": said, "children": []}]}
    sent = {"statement": report("0")["statement"], "parts": parts}
    assert place.post("activity_result", sent).status_code == 200


@pytest.fixture
def marking(asked, house):
    """A tutor, and an answer that waits for them."""
    wrote(asked)
    tutor = factories.make_member(house, "tutor", name="Tom Tutor")
    asked.client.force_login(tutor)
    asked.tutor = tutor
    [row] = asked.client.get(door(asked, "written")).context["rows"]
    asked.place = {"statement": row.answer.statement, "part": row.answer.said.part}
    return asked


def marked(place, **said):
    return place.client.post(
        door(place, "written"), place.place | {"points": "3", "text": ""} | said
    )


def marks():
    with look(system("test")):
        return [*AnswerMark.objects.values_list("points", "most", "text", "by_name")]


def test_a_tutor_marks_what_was_written_and_its_author_reads_it(marking):
    page = one_line(marking.client.get(door(marking, "written")))
    assert "Was haben Sie gelernt?" in page
    assert "Erst lesen.<br>Dann klicken." in page
    for _ in range(2):  # a second click says nothing new
        assert marked(marking, points="2,5", text="Gut.\n<b>Mehr!</b>").status_code == 302
    assert marks() == [(2.5, 4, "Gut.\n<b>Mehr!</b>", "Tom Tutor")]
    marked(marking, points="4")  # they think again
    assert marks() == [(4, 4, "", "Tom Tutor")]
    with look(system("test")):
        acts = TutorAct.objects.filter(enrolment=marking.enrolment).values_list("kind", "about")
        assert [*acts] == [("marked", "Frage")] * 2
    marked(marking, text="Gut.\n<b>Mehr!</b>")
    marking.client.force_login(marking.enrolment.learner)
    own = one_line(marking.client.get(door(marking, "my_results")))
    assert "Bewertet von Tom Tutor: 3 / 4 Punkte" in own
    assert "Gut.<br>&lt;b&gt;Mehr!&lt;/b&gt;" in own
    assert "Ihre Antwort: Erst lesen. Dann klicken." in own


@pytest.mark.parametrize(
    ("points", "says"),
    [
        ("", "Bitte geben Sie Punkte."),
        ("5", "Mehr als 4 Punkte gibt es hier nicht."),
        ("-1", ""),
        ("NaN", ""),
        ("viel", ""),
    ],
)
def test_what_is_wrong_in_a_mark_keeps_what_was_typed(marking, points, says):
    answer = marked(marking, points=points, text="Schon fast")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert says in page
    assert "Schon fast</textarea>" in page
    assert marks() == []


def test_a_mark_for_an_answer_that_was_replaced_is_not_stored(marking):
    marking.client.force_login(marking.enrolment.learner)
    wrote(marking, "Neu.")
    marking.client.force_login(marking.tutor)
    page = marking.client.post(door(marking, "written"), marking.place | {"points": "3"}, follow=True)  # fmt: skip
    assert "Diese Antwort gibt es nicht mehr." in page.content.decode()
    assert marks() == []


@pytest.mark.parametrize(
    "odd", [{"statement": "x"}, {"part": "99"}, {"part": ""}, {"statement": ""}]
)
def test_a_mark_for_nothing_is_none(marking, odd):
    assert marked(marking, **odd).status_code == 302
    assert marks() == []


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_only_who_sees_learners_marks(marking, house, role):
    marking.client.force_login(factories.make_member(house, role, name="Andere"))
    assert marking.client.get(door(marking, "written")).status_code == 404
    assert marked(marking).status_code == 404
    assert marks() == []


def test_no_learner_writes_a_mark(marking):
    with look(system("test")):
        statement = XapiStatement.objects.get()
    with pytest.raises(ProgrammingError, match="row-level security"), look(learner(statement.learner_id)):  # fmt: skip
        AnswerMark.objects.create(
            learner_id=statement.learner_id,
            provider_id=statement.provider_id,
            enrolment_id=statement.enrolment_id,
            statement=statement,
            part=0,
            points=4,
            most=4,
            by_person=1,
            by_name="Ich",
        )
