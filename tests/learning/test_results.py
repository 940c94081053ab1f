"""What came of activities: every attempt for the tutor, questions that mean something, and one's own answers to look at again."""

import csv
import io
import json
import re
import uuid

import pytest
from django.urls import reverse

from h5p import actions
from h5p.actions.contents import begin_content, draft_of
from h5p_lite.core.names import Name
from h5p_lite.models import Content, Revision
from learning.models import XapiStatement
from learning.queries.question_figures import _wrong
from learning.queries.results import ActivityTry, person_of
from learning.reporting import WrongAnswer, own_answers, questions_of
from tenancy.lens import learner, look, system
from tests import factories
from tests.factories.worlds import files_of, made_once
from tests.learning.test_activities import Place, statement
from tests.support.h5p_desk import install_ours
from tests.support.pages import one_line

TEXTS = ("Eile und ein Link", "Ihr Name", "Ein fremder Absender")
QUESTION = {
    "mode": "multiple",
    "question": "Woran erkennt man Phishing?",
    "answers": [{"text": text, "correct": n != 1} for n, text in enumerate(TEXTS)],
}
#: As the type says it; the third answer is marked up.
ABOUT = {
    "definition": {
        "interactionType": "choice",
        "name": {"de": "Frage"},
        "description": {"de": "<p>Woran erkennt man Phishing?</p>"},
        "choices": [{"id": str(n), "description": {"de": text}} for n, text in enumerate(TEXTS)],
    }
}


def furnish():
    """A question of two points that the server grades."""
    install_ours()
    house = factories.make_provider("haus")
    with look(system("test")):
        made = begin_content(house, Name("LernHN.Quiz", 1, 0), title="Frage", language="de", by=None)  # fmt: skip
        draft = draft_of(made.newest)._replace(params=QUESTION)
        actions.save_revision(made, draft, by=None, why="edited")
    return made.pk


@pytest.fixture(scope="module")
def furnished(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    with made_once(django_db_blocker, folder, furnish) as content:
        yield content, folder


@pytest.fixture
def asked(furnished, client, db):
    files_of(furnished[1])
    with look(system("test")):
        content = Content.objects.select_related("owner").get(pk=furnished[0])
    return Place(content, client).enrol()


def report(response, *, claims=0, success=False):
    """What the browser sends for an answer; what it claims is not believed."""
    score = {"raw": claims, "max": 2, "min": 0, "scaled": claims / 2}
    result = {"response": response, "score": score, "success": success, "completion": True}
    said = statement(object=ABOUT, result=result)
    return {"statement": said, "parts": {"statement": said, "children": []}}


def answered(place, *responses, **claims):
    for response in responses:
        assert place.post("activity_result", report(response, **claims)).status_code == 200


def door(place, name="results"):
    return reverse(f"learning:{name}", args=[place.where["provider"], place.where["course"]])


def as_tutor(place, house, *, which=""):
    place.client.force_login(factories.make_member(house, "tutor"))
    page = place.client.get(door(place) + (f"?versuch={which}" if which else ""))
    [shown] = page.context["activities"]
    return page, shown


# --- attempts ---


@pytest.mark.parametrize(
    ("which", "points", "graded", "average"),
    [
        ("", "2 / 2", True, None),
        ("best", "2 / 2", True, None),
        ("first", "1 / 2", False, None),
        ("last", "0 / 2", False, None),
        ("average", "", None, 50),
        ("'; DROP", "2 / 2", True, None),
    ],
)
def test_the_tutor_chooses_which_attempt_is_shown(asked, house, which, points, graded, average):
    answered(asked, "0", "0[,]2", "0[,]1", claims=2)  # whatever it claims
    _page, shown = as_tutor(asked, house, which=which)
    [person] = shown.people
    assert [one.in_points for one in person.tries] == ["1 / 2", "2 / 2", "0 / 2"]
    assert (person.points, person.graded, person.average) == (points, graded, average)
    assert (shown.tried, shown.right) == (1, 1)


def test_of_two_that_are_equally_good_the_later_one_is_the_best():
    early, late = (ActivityTry(at, True, 1.0, 2.0, True) for at in (1, 2))
    assert person_of("A", [early, late], "best").shown is late


def test_every_attempt_is_a_line_of_the_table(asked, house):
    answered(asked, "0", "0[,]2")
    asked.client.force_login(factories.make_member(house, "tutor"))
    file = asked.client.get(door(asked, "results_csv"))
    assert file["Content-Disposition"].startswith('attachment; filename="ergebnisse-')
    head, *lines = csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";")
    assert head == ["Aktivität", "Name", "Versuch", "Zeitpunkt", "Erreichte Punkte", "Mögliche Punkte", "Gezählt von", "Geschafft", "Gilt"]  # fmt: skip
    assert [[*line[:3], *line[4:]] for line in lines] == [
        ["Frage", "Anna Test", "1", "1", "2", "uns", "nein", "nein"],
        ["Frage", "Anna Test", "2", "2", "2", "uns", "ja", "ja"],
    ]


# --- questions ---


def test_questions_say_how_hard_they_were_at_first_and_what_was_wrong(asked, house):
    answered(asked, "0[,]1", "0[,]2", success=False)
    page, shown = as_tutor(asked, house)
    [question] = shown.questions
    assert (question.words, question.answered, question.right) == ("Woran erkennt man Phishing?", 1, 0)  # fmt: skip
    assert question.wrong == [("Eile und ein Link, Ihr Name", 1, False)]
    assert "Eile und ein Link, Ihr Name (1)" in one_line(page)


def part(response, raw, **definition):
    about = {"definition": {"description": {"de": "Wie?"}} | definition}
    return {"object": about, "result": {"response": response, "score": {"raw": raw, "max": 1}}}


def test_the_most_frequent_wrong_answers_come_first_and_typed_ones_are_told_apart():
    said = ["Rom", "Bonn", "Rom", "Paris", "Wien"]
    answers = [[part(text, 0, interactionType="fill-in")] for text in said]
    [question] = questions_of([*answers, [part("Berlin", 1)]])
    assert (question.answered, question.right, question.share) == (6, 1, 17)
    assert question.wrong == [("Rom", 2, True), ("Bonn", 1, True), ("Paris", 1, True)]


@pytest.mark.parametrize(
    ("response", "definition", "words"),
    [
        ("Berlin[,]Bonn", {"interactionType": "fill-in"}, "Berlin, Bonn"),
        ("<b>a</b> &amp; b", {}, "a & b"),
        ("<![CDATA[x", {}, "<![CDATA[x"),
        ("1[.]0[,]0[.]1", {"source": [{"id": "0", "description": {"de": "A"}}], "target": 3}, "1 – A, A – 1"),
        ("7", {"choices": [1, {"id": 7}]}, "7"),
        (7, {}, ""),
        ("", {}, ""),
    ],
)  # fmt: skip
def test_answers_are_read_as_xapi_writes_them(response, definition, words):
    [own] = own_answers([part(response, 1, **definition)])
    assert (own.answer, own.right) == (words, True)


# --- one's own ---


def test_people_look_at_what_they_have_answered(asked):
    answered(asked, "0", "0[,]2", success=True)
    page = one_line(asked.client.get(door(asked, "my_results")))
    assert page.index("2 / 2 Punkte, geschafft") < page.index("1 / 2 Punkte, noch nicht geschafft")
    assert "Ihre Antwort: Eile und ein Link, Ein fremder Absender" in page
    assert len(re.findall(r"Ihre Antwort: Eile und ein Link\s*<", page)) == 1
    assert (
        page.count("noch nicht richtig") == 1
    )  # counted here, whatever the browser has said of it
    lesson = asked.client.get(asked.url("lesson")).content.decode()
    assert "../meine-ergebnisse/" in lesson


def test_nothing_done_is_said_and_strangers_find_nothing(asked):
    page = asked.client.get(door(asked, "my_results")).content.decode()
    assert "Sie haben in diesem Kurs noch keine Aktivität zu Ende gemacht." in page
    asked.client.force_login(factories.make_user("Ben"))
    assert asked.client.get(door(asked, "my_results")).status_code == 404
    asked.client.logout()
    assert asked.client.get(door(asked, "my_results")).status_code == 302


def test_nobody_sees_answers_of_others(asked):
    answered(asked, "0")
    other = factories.make_enrolment(asked.course, factories.make_user("Ben"))
    asked.client.force_login(other.learner)
    assert asked.client.get(door(asked, "my_results")).context["activities"] == []


def test_after_leaving_the_course_ones_answers_are_still_there(asked):
    answered(asked, "0")
    asked.client.post(reverse("learning:leave", args=[asked.where["provider"], asked.where["course"]]))  # fmt: skip
    page = asked.client.get(door(asked, "my_results"))
    assert (page.context["is_open"], len(page.context["activities"])) == (False, 1)


# --- one table ---


def test_what_a_visitor_has_done_comes_into_the_account_with_its_statement(asked):
    asked.client.logout()
    kept = asked.post("activity_result", report("0[,]2")).json()["keep"]
    person = factories.make_user("Ben")
    asked.client.force_login(person)
    answer = {
        "address": "{provider}/{course}".format(**asked.where),
        "lesson": asked.where["lesson"],
    }
    given = [answer | {"item": asked.item, "given": kept["given"], "right": True}]
    for _ in range(2):
        asked.client.post("/lernen/mitnehmen/", {"antworten": json.dumps(given)})
    with look(system("test")):
        [stored] = XapiStatement.objects.filter(learner=person)
        assert (stored.points, stored.most, stored.graded) == (2, 2, True)


@pytest.mark.parametrize("odd", ["{", "[]", '{"statement": 1}', '{"statement": {"id": "\\u0000"}}'])
def test_what_is_no_report_is_no_statement(asked, odd):
    person = factories.make_user("Ben")
    asked.client.force_login(person)
    answer = {
        "address": "{provider}/{course}".format(**asked.where),
        "lesson": asked.where["lesson"],
    }
    given = [answer | {"item": asked.item, "given": {"result": [odd]}, "right": True}]
    came = asked.client.post("/lernen/mitnehmen/", {"antworten": json.dumps(given)})
    assert came.status_code == 302
    with look(system("test")):
        assert XapiStatement.objects.count() == 0


def test_a_statement_is_stored_once(asked):
    same = report("0")
    same["statement"]["id"] = str(uuid.UUID(int=7))
    for _ in range(3):
        asked.post("activity_result", same)
    with look(system("test")):
        assert XapiStatement.objects.count() == 1


# --- for authors: numbers without people ---


def played(place, number, response):
    """By so many people more, as the database keeps it."""
    said = report(response, claims=2 * (response == "0[,]2"), success=response == "0[,]2")
    with look(system("test")):
        revision = Revision.objects.latest("pk")
        people = [factories.make_user() for _ in range(number)]
        enrolments = [factories.make_enrolment(place.course, person) for person in people]
    for enrolment in enrolments:
        with look(learner(enrolment.learner_id)):
            XapiStatement.objects.create(
                id=uuid.uuid4(),
                learner=enrolment.learner,
                provider=enrolment.provider,
                enrolment=enrolment,
                item=place.item,
                revision=revision,
                statement=said["statement"],
                parts=[said["statement"]],
            )


def figures(place):
    """What its author reads."""
    with look(system("test")):
        content = Content.objects.get()
    page = one_line(place.client.get(reverse("activities:activity", args=[content.pk])))
    return re.search(r'<section[^>]*aria-labelledby="fragen".*?</section>', page)[0]


def test_authors_see_how_questions_went_from_twenty_people_on_and_only_in_tens(asked, author):
    asked.client.force_login(author)
    played(asked, 12, "0[,]2")
    played(asked, 7, "0[,]1")
    assert "sobald 20 Personen die Aktivität gemacht haben" in figures(asked)
    played(asked, 1, "1")  # twenty
    shown = figures(asked)
    assert "etwa 60 %" in shown
    assert re.search(r"Eile und ein Link, Ihr Name\s*\(etwa 35 %\)", shown)
    assert "Ihr Name (etwa 5 %)" not in shown  # one person has said so
    played(asked, 9, "1")
    assert figures(asked) == shown  # nobody is seen to come
    played(asked, 1, "1")
    assert "Von 30 Personen" in figures(asked)


def test_what_people_have_typed_is_shown_to_no_author():
    offered, typed = WrongAnswer("Rom", 9, False), WrongAnswer("Mein Name", 9, True)
    assert _wrong([typed, offered, WrongAnswer("Bonn", 1, False)], 20) == [("Rom", 45)]
