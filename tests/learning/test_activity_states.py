"""Three words of an activity, "Gemacht", "Erledigt" and "Richtig", and where somebody stopped in it: only what is stored is shown.

Walked with docs/states.md: rows 1 to 5 and 12.
"""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from h5p import actions
from h5p.actions.contents import begin_content, draft_of
from h5p_lite.core.names import Name
from h5p_lite.models import Content
from learning.models import ContentState
from tenancy.lens import look, system
from tests import factories
from tests.factories import activities
from tests.factories.worlds import files_of, made_once
from tests.learning.test_activities import TRUSTING, Place, counts
from tests.support.h5p_desk import install_ours
from tests.support.pages import one_line

BUTTON = "Ich habe die Aktivität gemacht"
QUESTION = {
    "question": "Wie?",
    "answers": [{"text": "So", "correct": True}, {"text": "Anders", "correct": False}],
}


def furnish():
    """The key of an activity that nobody can grade, its libraries and ours installed."""
    activities.install()
    install_ours()
    return activities.make_activity(factories.make_provider("haus")).pk


@pytest.fixture(scope="module")
def furnished(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("states")
    with made_once(django_db_blocker, folder, furnish) as content:
        yield content, folder


@pytest.fixture
def content(furnished, db):
    files_of(furnished[1])
    with look(system("test")):
        return Content.objects.select_related("owner").get(pk=furnished[0])


@pytest.fixture
def practice(content, client):
    """An activity that counts for nothing, and somebody who takes the course."""
    return Place(content, client).enrol()


@pytest.fixture
def counted(content, client):
    """The same in a course that trusts browsers."""
    return Place(content, client, course=TRUSTING).enrol()


@pytest.fixture
def asked(content, client):
    """A question that the server grades."""
    with look(system("test")):
        made = begin_content(
            content.owner, Name("LernHN.Quiz", 1, 0), title="Frage", language="de", by=None
        )
        draft = draft_of(made.newest)._replace(params=QUESTION)
        actions.save_revision(made, draft, by=None, why="edited")
    return Place(made, client).enrol()


def shown(place):
    """What stands at the activity, as they read it."""
    page = place.client.get(place.url("lesson")).content.decode()
    section = re.search(rf'<section[^>]*id="b-{place.item}".*?</section>', page, re.DOTALL)[0]
    words = {
        "Gemacht": "data-made" in section,
        "Erledigt": "ls-done" in section,
        "Richtig": "ls-note--ok" in section,
        BUTTON: f">{BUTTON}<" in section,
    }
    return [word for word, there in words.items() if there]


# --- three words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("practice", "Zum Üben: Diese Aktivität zählt nicht für den Kurs."),
        ("counted", "Diese Aktivität zählt für den Kurs. Sie ist erledigt, wenn Sie sie gemacht haben."),
        ("asked", "Diese Aktivität zählt für den Kurs. Sie ist erledigt, wenn alles richtig ist."),
    ],
)  # fmt: skip
def test_whether_it_counts_is_said_before_it_begins(place, says, request):
    place = request.getfixturevalue(place)
    assert says in one_line(place.client.get(place.url("lesson")))


@pytest.mark.parametrize(("place", "says"), [("practice", "zählt nicht"), ("counted", "zählt für")])
def test_an_authors_preview_says_the_same_and_can_play(place, says, content, request):
    place = request.getfixturevalue(place)
    place.client.force_login(request.getfixturevalue("author"))
    draft = reverse("wagtailadmin_pages:view_draft", args=[place.lesson.pk])
    page = one_line(place.client.get(draft))
    assert f"Diese Aktivität {says}" in page
    assert "data-stops=" in page


def test_what_counts_for_nothing_is_made_and_never_done(practice):
    assert shown(practice) == [BUTTON]
    told = practice.report().json()
    assert ("data-made" in told["state"], "ls-done" in told["state"]) == (True, False)
    assert shown(practice) == ["Gemacht"]
    assert counts() == (1, 0, 1)


def test_what_counts_is_done_once_it_is_stored(counted):
    assert shown(counted) == [BUTTON]
    told = counted.report().json()
    assert ("data-made" in told["state"], "ls-done" in told["state"]) == (False, True)
    assert shown(counted) == ["Erledigt"]


def answer(right):
    choice = "0" if right else "1"
    return {"result": {"response": choice, "score": {"raw": 1, "max": 1}}}


def test_what_is_graded_is_right_and_done_or_neither(asked):
    assert shown(asked) == []
    assert asked.report(**answer(False)).json()["state"] == ""
    assert shown(asked) == []
    assert "ls-done" in asked.report(**answer(True)).json()["state"]
    assert shown(asked) == ["Erledigt", "Richtig"]


@pytest.mark.parametrize(("place", "word"), [("practice", "Gemacht"), ("counted", "Erledigt")])
def test_without_script_the_button_goes_when_it_is_stored(place, word, request):
    place = request.getfixturevalue(place)
    said = place.client.post(place.url("answer"), {"item": place.item, "done": "1"}, follow=True)
    assert BUTTON not in said.content.decode()
    assert shown(place) == [word]


@pytest.mark.parametrize(("place", "word"), [("practice", "data-made"), ("counted", "ls-done")])
def test_with_htmx_it_goes_as_well(place, word, request):
    place = request.getfixturevalue(place)
    said = place.client.post(
        place.url("answer"), {"item": place.item, "done": "1"}, headers={"hx-request": "true"}
    ).content.decode()
    assert word in said
    assert BUTTON not in said


def test_a_visitor_reads_the_same_words_and_that_nothing_is_stored(content, client):
    place = Place(content, client)
    told = place.report().json()
    assert "data-made" in told["state"]
    assert "Diese Antwort bleibt vorerst in diesem Browser." in told["feedback"]
    assert counts() == (0, 0, 0)


# --- where they stopped --------------------------------------------------------------------------------------------


def stop(state, after=0, window="a", **more):
    return {"state": state, "after": after, "window": window, **more}


def saved():
    with look(system("test")):
        return list(ContentState.objects.values_list("state", "number", "window"))


def frame(place):
    page = place.client.get(place.url()).content.decode()
    data = json.loads(re.search(r'id="integration">(.*?)</script>', page)[1])
    return data["lite"], data["contents"]["cid-1"]["contentUserData"][0]["state"]


def test_one_page_saves_again_and_again(practice):
    assert frame(practice)[0]["saved"] == 0
    numbers = [practice.post("activity_state", stop(n, n)).json()["number"] for n in range(3)]
    assert numbers == [1, 2, 3]
    assert saved() == [("2", 3, "a")]
    assert (frame(practice)[0]["saved"], frame(practice)[1]) == (3, "2")


def test_of_two_windows_the_one_that_has_not_seen_the_newest_is_told(practice):
    practice.post("activity_state", stop("first"))
    assert practice.post("activity_state", stop("other", 1, "b")).json() == {"number": 2}
    assert practice.post("activity_state", stop("late", 1, "a")).status_code == 412
    assert saved() == [('"other"', 2, "b")]
    assert practice.post("activity_state", stop("seen", 2, "a")).json() == {"number": 3}


def test_two_windows_that_began_with_nothing(practice):
    assert practice.post("activity_state", stop("a", 0, "a")).json() == {"number": 1}
    assert practice.post("activity_state", stop("b", 0, "b")).status_code == 412


def test_a_page_whose_answer_got_lost_goes_on(practice):
    practice.post("activity_state", stop("a", 0))
    assert practice.post("activity_state", stop("b", 0)).json() == {"number": 2}


def test_pages_without_a_name_are_not_one_page(practice):
    practice.post("activity_state", stop("a", 0, ""))
    assert practice.post("activity_state", stop("b", 0, "")).status_code == 412


def test_what_does_not_fit_the_activity_any_more_is_said(practice):
    shape = frame(practice)[0]["shape"]
    assert practice.post("activity_state", stop(1, shape=shape)).status_code == 200
    assert practice.post("activity_state", stop(2, 1, shape="x" * 64)).status_code == 410
    assert saved() == [("1", 1, "a")]


@pytest.mark.parametrize("after", [None, -1, True, 2**40, "1", [1], {}])
def test_a_number_that_is_none_is_nothing(practice, after):
    assert practice.post("activity_state", stop("a", after)).json() == {"number": 1}
    assert practice.post("activity_state", stop("b", after, ["b"])).status_code == 412


STATES = {
    "learner": 200,
    "visitor": 204,
    "not enrolled": 403,
    "session ended": 401,
    "another person": 200,
    "left the course": 403,
    "too much": 413,
    "no such activity": 404,
}


@pytest.mark.parametrize(("state", "status"), STATES.items())
def test_who_cannot_save_is_told(practice, client, state, status):
    body = stop("words")
    if state in ("visitor", "session ended"):
        client.logout()
    if state == "session ended":
        practice.client = Client(headers={"x-csrftoken": "of a page that was theirs"})
    if state == "not enrolled":
        client.force_login(factories.make_user("neu@example.org"))
    if state == "another person":
        practice.enrol()
    if state == "left the course":
        with look(system("test")):
            practice.enrolment.closed_at = practice.enrolment.started_at
            practice.enrolment.save()
    if state == "too much":
        body = stop("x" * (256 * 1024))
    if state == "no such activity":
        practice.item = "00000000-0000-4000-8000-000000000000"
    assert practice.post("activity_state", body).status_code == status
    assert len(saved()) == (status == 200)
