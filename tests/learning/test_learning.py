"""Joining and leaving a course, and an answer on its way: with htmx and without, of learners and of visitors."""

import re
import uuid

import pytest
from django.test import Client

from courses import markers
from courses.models import CatalogueEntry
from learning.actions import enrol, leave
from learning.models import Attempt, Enrolment
from learning.queries import first_lesson
from tenancy.lens import look, system
from tests import factories
from tests.factories import block

HTMX = {"HX-Request": "true"}


@pytest.fixture
def course(db):
    return factories.make_course(factories.make_provider("haus"), lessons=2)


@pytest.fixture
def enrolment(course):
    return factories.make_enrolment(course)


@pytest.fixture
def hers(client, enrolment):
    """The learner's browser."""
    client.force_login(enrolment.learner)
    return client


def address(course, *more):
    return "/".join(["/lernen/haus", course.slug, *more, ""])


def lesson(course, number=1):
    with look(system("test")):
        return list(course.lessons())[number - 1]


def answer(client, course, given, *, number=1, **headers):
    return client.post(address(course, f"schritt-{number}", "antwort"), given, headers=headers)


def attempts():
    with look(system("test")):
        return [*Attempt.objects.order_by("id").values_list("right", flat=True)]


def enrolments():
    with look(system("test")):
        return [*Enrolment.objects.order_by("id")]


def entry_of(course):
    return CatalogueEntry.objects.select_related("edition").get(course=course.translation_key)


def test_whoever_is_signed_in_may_try_an_open_lesson_before_she_joins(client, course):
    with look(system("test")):
        person = factories.make_user()
    client.force_login(person)
    said = answer(client, course, factories.right_answer(lesson(course)), **HTMX)
    assert said.status_code == 200
    assert "Richtig." in said.content.decode()
    assert attempts() == []
    closed = answer(client, course, factories.right_answer(lesson(course, 2)), number=2, **HTMX)
    assert (closed.status_code, closed.content) == (403, b"")


# --- joining and leaving -------------------------------------------------------------------------------------------


def test_a_visitor_who_wants_to_join_signs_in_first(client, course):
    asked = client.post(address(course, "anmelden"))
    assert asked.headers["Location"] == f"/konto/anmelden/?next={address(course)}"
    assert enrolments() == []


def test_somebody_joins_a_course(client, course):
    person = factories.make_user()
    client.force_login(person)
    page = client.post(address(course, "anmelden"), follow=True)
    assert page.redirect_chain[-1][0] == address(course, "schritt-1") + "#weiter"
    assert "Sie sind dabei." in page.content.decode()
    [joined] = enrolments()
    assert (joined.learner, joined.done, joined.total) == (person, 0, 2)


def test_nobody_joins_a_course_that_is_not_in_the_catalogue(client, course):
    client.force_login(factories.make_user())
    assert client.post("/lernen/haus/gibt-es-nicht/anmelden/").status_code == 404
    assert client.get("/lernen/haus/gibt-es-nicht/").status_code == 404


def test_joining_twice_is_joining_once(hers, course, enrolment):
    hers.post(address(course, "anmelden"))
    assert enrolments() == [enrolment]


def test_who_leaves_and_comes_back_goes_on_where_she_was(hers, course, enrolment):
    answer(hers, course, factories.right_answer(lesson(course)))
    asked = hers.get(address(course, "verlassen"))
    assert (asked.status_code, asked.context["course"]["done"]) == (200, 1)
    left = hers.post(address(course, "verlassen"), follow=True)
    assert "Sie haben den Kurs „Sicher im Netz“ verlassen." in left.content.decode()
    [closed] = enrolments()
    assert closed.closed_at is not None
    twice = hers.post(address(course, "verlassen"))
    assert (twice.status_code, twice.headers["Location"]) == (302, "/lernen/")
    assert enrolments()[0].closed_at == closed.closed_at
    hers.post(address(course, "anmelden"))
    [back] = enrolments()
    assert (back.pk, back.closed_at, back.done) == (enrolment.pk, None, 1)


def test_who_comes_back_stays_on_the_edition_she_began(course, enrolment):
    with look(system("test")):
        leave(enrolment)
        longer = lesson(course)
        longer.body = [*longer.body.raw_data, factories.single_choice()]
        longer.save_revision().publish()
        entry = entry_of(course)
        assert entry.edition_id != enrolment.edition_id
        back = enrol(enrolment.learner, entry)
        new = enrol(factories.make_user(), entry)
    assert (back.edition_id, back.total) == (enrolment.edition_id, 2)
    assert (new.edition_id, new.total) == (entry.edition_id, 3)


def test_who_has_finished_and_left_may_take_the_course_anew(course, enrolment):
    with look(system("test")):
        Enrolment.objects.filter(pk=enrolment.pk).update(completed_at="2026-11-20T10:00:00Z")
        finished = Enrolment.objects.get(pk=enrolment.pk)
        assert enrol(enrolment.learner, entry_of(course)) == finished
        leave(finished)
        again = enrol(enrolment.learner, entry_of(course))
    assert again.pk != finished.pk
    assert (again.done, again.completed_at) == (0, None)


def test_the_first_lesson_of_an_unknown_course_is_none(db):
    with look(system("test")):
        assert first_lesson("haus/gibt-es-nicht") is None


# --- an answer by htmx ---------------------------------------------------------------------------------------------


def test_a_right_answer_changes_its_question_and_the_stand(hers, course):
    given = factories.right_answer(lesson(course))
    part = answer(hers, course, given, **HTMX).content.decode()
    assert part.startswith("<section")
    assert re.findall(r'id="(b-[^"]+|stand)"', part) == [f"b-{given['item']}", "stand"]
    assert 'hx-swap-oob="true"' in part
    for said in ("Erledigt", "Richtig.", "Ja, lang ist gut.", "Dieser Schritt ist erledigt."):
        assert said in part
    assert "Sie haben den Kurs geschafft." not in part
    assert "<html" not in part


def test_the_last_right_answer_says_that_the_course_is_done(hers, course):
    answer(hers, course, factories.right_answer(lesson(course)))
    last = factories.right_answer(lesson(course, 2))
    part = answer(hers, course, last, number=2, **HTMX).content.decode()
    assert "Sie haben den Kurs geschafft." in part


def test_the_same_answer_sent_twice_is_one_attempt_and_answered_twice(hers, course):
    wrong, right = (f(lesson(course)) for f in (factories.wrong_answer, factories.right_answer))
    pages = [answer(hers, course, given, **HTMX) for given in (wrong, wrong, right, right)]
    said = [re.sub(r'token" value="\w+"', "", page.content.decode()) for page in pages]
    assert (said[0] == said[1], said[2] == said[3]) == (True, True)
    assert attempts() == [False, True]
    answer(hers, course, wrong, **HTMX)
    assert attempts() == [False, True, False]


def test_a_wrong_answer_says_what_is_still_open(hers, course):
    given = factories.wrong_answer(lesson(course))
    part = answer(hers, course, given, **HTMX).content.decode()
    for said in ("Noch nicht ganz.", "Das errät jeder.", "Noch 1 Aufgabe ist offen."):
        assert said in part
    assert f'value="{given["choice"]}" checked' in part
    assert "Erledigt" not in part
    assert attempts() == [False]


def test_an_answer_left_out_is_no_attempt(hers, course):
    asked = {"item": factories.right_answer(lesson(course))["item"]}
    part = answer(hers, course, asked, **HTMX).content.decode()
    assert "Da fehlt noch etwas." in part
    assert 'id="stand"' not in part
    assert attempts() == []


def test_a_visitor_gets_her_question_back_with_what_is_to_be_said(client, course):
    given = factories.right_answer(lesson(course))
    part = answer(client, course, given, **HTMX).content.decode()
    assert part.startswith("<section")
    assert ("Richtig." in part, "Erledigt" in part) == (True, True)
    assert re.findall(r'id="(stand|angebot)" class="ls-flow" hx-swap-oob="true"', part) == [
        "stand",
        "angebot",
    ]
    assert "Dieser Schritt ist erledigt." in part
    assert client.cookies == {}
    assert attempts() == []


# --- an answer without JavaScript ----------------------------------------------------------------------------------


@pytest.fixture
def gaps(course):
    """A text with two gaps, in a lesson of its own edition."""
    question = block(
        "gap_text",
        {
            "question": "Was fehlt?",
            "text": "Ein {{langes}} Passwort ist {{sicher}}.",
            "feedback_right": "Genau.",
            "feedback_wrong": "Lesen Sie noch einmal.",
        },
    )
    with look(system("test")):
        page = lesson(course)
        page.body = [*page.body.raw_data, question]
        page.save_revision().publish()
    return question["id"]


def test_what_was_typed_stays_when_a_gap_is_left_out(client, course, gaps):
    client.force_login(factories.make_enrolment(course).learner)
    answer(client, course, factories.right_answer(lesson(course)))
    page = answer(client, course, {"item": gaps, "gap-1": "langes", "gap-2": ""})
    text = page.content.decode()
    assert page.status_code == 200
    assert 'name="gap-1" value="langes"' in text
    assert text.count("Da fehlt noch etwas.") == text.count("Erledigt</p>") == 1
    assert attempts() == [True]


def test_after_an_answer_the_page_comes_anew_at_the_question(hers, course):
    given = factories.right_answer(lesson(course))
    moved = answer(hers, course, given)
    assert moved.status_code == 302
    assert moved.headers["Location"] == address(course, "schritt-1") + f"#b-{given['item']}"


def test_who_is_signed_in_but_has_not_joined_is_asked_to_and_keeps_nothing(client, course):
    client.force_login(factories.make_user())
    assert "Zum Kurs anmelden" in client.get(address(course, "schritt-1")).content.decode()
    closed = answer(client, course, factories.right_answer(lesson(course, 2)), number=2)
    assert "Diesen Schritt lesen alle, die zum Kurs angemeldet sind." in closed.content.decode()
    assert attempts() == []


def test_a_learner_needs_her_token_and_a_visitor_none(course, enrolment):
    given = factories.right_answer(lesson(course))
    careful = Client(enforce_csrf_checks=True)
    assert answer(careful, course, given).status_code == 200
    careful.force_login(enrolment.learner)
    refused = answer(careful, course, given, **HTMX)
    assert (refused.status_code, refused.content) == (409, b"")
    again = answer(careful, course, given)
    assert "hat sich hier jemand neu angemeldet" in again.content.decode()
    assert attempts() == []
    sent = given | token_of(again, given["item"])
    assert answer(careful, course, sent).status_code == 302
    assert attempts() == [True]


def token_of(page, item):
    """What the form of this question sends along; nothing where it has no token."""
    form = markers.section(page.content.decode(), item)
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    return {"csrfmiddlewaretoken": found[1]} if found else {}


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "no script"])
@pytest.mark.parametrize("who", ["visitor", "not enrolled", "enrolled"])
def test_whoever_may_read_a_step_may_answer_it(course, who, headers):
    careful = Client(enforce_csrf_checks=True)
    if who != "visitor":
        careful.force_login(factories.make_user())
    if who == "enrolled":
        learner = factories.make_enrolment(course).learner
        careful.force_login(learner)
    page = careful.get(address(course, "schritt-1"))
    given = factories.right_answer(lesson(course))
    given |= token_of(page, given["item"])
    said = careful.post(
        address(course, "schritt-1", "antwort"), given, headers=headers, follow=True
    )
    assert (said.status_code, "Richtig." in said.content.decode()) == (200, True)
    assert attempts() == [True] * (who == "enrolled")


@pytest.mark.parametrize(
    "changes",
    [
        {"item": ""},
        {"item": "x" * 36},
        {"item": "1' OR 1=1"},
        {"item": str(uuid.UUID(int=7))},
        {"choice": "x" * 20_001},
    ],
)
@pytest.mark.parametrize("who", ["learner", "visitor"])
def test_what_no_question_asked_is_not_found(client, course, enrolment, changes, who):
    if who == "learner":
        client.force_login(enrolment.learner)
    given = factories.right_answer(lesson(course)) | changes
    assert answer(client, course, given).status_code == 404
    assert attempts() == []
