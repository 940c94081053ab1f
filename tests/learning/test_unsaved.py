"""What is not stored is not said to be: sessions that ended, closed steps, answers that wait in a browser for an account."""

import base64
import json
import re
import uuid
import zlib
from typing import NamedTuple

import pytest
from django.test import Client

from accounts.actions import close_account
from accounts.models import Session
from courses import markers
from learning.models import Attempt, Enrolment, Progress, XapiStatement
from tenancy.lens import look, system
from tests import factories
from tests.factories import activities
from tests.factories.worlds import files_of, made_once

HTMX = {"HX-Request": "true"}
COMPLETED = {"id": "http://adlnet.gov/expapi/verbs/completed"}


class Room(NamedTuple):
    """An open step with a question and an activity, its learner, and their browser, which minds tokens."""

    browser: Client
    learner: factories.User
    course: factories.CoursePage
    path: str
    answer: dict[str, str]
    item: str  # the activity

    def read(self) -> str:
        """Their page; returns the token of its question."""
        page = self.browser.get(self.path).content.decode()
        found = re.search(r'token" value="([^"]+)"', markers.section(page, self.answer["item"]))
        return found[1] if found else ""

    def send(self, way, token):
        form = self.answer | ({"csrfmiddlewaretoken": token} if token else {})
        report = {"statement": {"id": str(uuid.UUID(int=7)), "verb": COMPLETED}, "parts": None}
        if way in ("htmx", "no script"):
            headers = HTMX if way == "htmx" else {}
            return self.browser.post(f"{self.path}antwort/", form, headers=headers)
        return self.browser.post(
            f"{self.path}aktivitaet/{self.item}/{way}/",
            json.dumps(report if way == "ergebnis" else {"state": 1}),
            content_type="application/json",
            headers={"X-CSRFToken": token} if token else {},
        )

    def sign_in(self, person):
        page = self.browser.get("/konto/anmelden/").content.decode()
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        said = {"login": person.email, "password": factories.PASSWORD}
        moved = self.browser.post("/konto/anmelden/", said | {"csrfmiddlewaretoken": token})
        assert moved.status_code == 302


def furnish():
    """The key of a course with an open step; next door, so that "haus" has its usual course to give."""
    house = factories.make_provider("nachbar")
    activities.install()
    trusting = {"attestation": "participation", "trusts_browsers": True}
    course = activities.make_course_with(activities.make_activity(house), course=trusting)
    with look(system("test")):
        [lesson] = course.lessons()
        lesson.body = [*lesson.body.raw_data, factories.single_choice()]
        lesson.save_revision().publish()
    return course.pk


@pytest.fixture(scope="module")
def furnished(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("room")
    with made_once(django_db_blocker, folder, furnish) as course:
        yield course, folder


@pytest.fixture
def room(furnished, db):
    files_of(furnished[1])
    with look(system("test")):
        course = factories.CoursePage.objects.get(pk=furnished[0])
        [lesson] = course.lessons()
    learner = factories.make_enrolment(course).learner
    place = activities.place_of(course)
    path = f"/lernen/nachbar/{course.slug}/{lesson.slug}/"
    answer = factories.right_answer(lesson)
    made = Room(Client(enforce_csrf_checks=True), learner, course, path, answer, place.item)
    made.sign_in(learner)
    return made


def stored():
    with look(system("test")):
        return {
            "answers": Attempt.objects.count(),
            "of": {*Attempt.objects.values_list("learner", flat=True)},
        }


# --- session states x ways to answer -------------------------------------------------------------------------------


def stays(room):
    """Nothing happens to their session."""


def ends(room):
    with look(system("test")):
        Session.objects.all().delete()


def grows_old(room):
    with look(system("test")):
        Session.objects.update(expire_date="2026-01-01T00:00:00Z")


def becomes_unusable(room):
    room.browser.cookies["lernstadt"] = "kaputt"


def changes_password_elsewhere(room):
    with look(system("test")):
        room.learner.set_password("ein-anderes-langes-wort")
        room.learner.save()


def closes_account(room):
    close_account(room.learner)


def is_replaced(room):
    room.browser.cookies.pop("lernstadt")
    room.sign_in(factories.make_user("Ben Anders"))


def begins_anew(room):
    room.browser.cookies.pop("lernstadt")
    room.sign_in(room.learner)


ENDED, STALE = (
    (401, "Sie sind nicht mehr angemeldet."),
    (409, "hat sich hier jemand neu angemeldet"),
)
STATES = {
    ends: ENDED,
    grows_old: ENDED,
    becomes_unusable: ENDED,
    changes_password_elsewhere: ENDED,
    closes_account: ENDED,
    is_replaced: STALE,
    begins_anew: STALE,
}


@pytest.mark.parametrize("happens", [stays, *STATES], ids=lambda state: state.__name__)
@pytest.mark.parametrize("way", ["htmx", "no script", "ergebnis", "stand"])
def test_an_answer_is_stored_for_the_right_person_or_comes_back_with_the_reason(room, way, happens):
    token = room.read()
    happens(room)
    answered = room.send(way, token)
    if happens is stays:
        assert answered.status_code in (200, 204, 302)
        assert stored()["of"] == ({room.learner.pk} if way != "stand" else set())
        return
    status, reason = STATES[happens]
    assert stored()["answers"] == 0
    if way == "no script":
        question = markers.section(answered.content.decode(), room.answer["item"])
        assert (answered.status_code, reason in question) == (200, True)
        assert "Diese Antwort ist noch nicht gespeichert." in question
        assert f'value="{room.answer["choice"]}" checked' in question
        if reason == ENDED[1]:
            assert "Ihr Lernstand ist gespeichert" not in answered.content.decode()
    else:
        assert (answered.status_code, answered.content) == (status, b"")


def test_after_signing_in_the_answer_is_still_there_and_goes_into_her_account(room):
    token = room.read()
    ends(room)
    room.send("no script", token)
    assert "Ihre Antworten kommen mit in Ihr Konto." in room.browser.get("/konto/anmelden/").text
    room.sign_in(room.learner)
    assert room.browser.cookies["antworten"].value == ""
    assert "Ihre Antwort ist jetzt gespeichert." in room.browser.get(room.path).content.decode()
    assert stored() == {"answers": 1, "of": {room.learner.pk}}


def test_whoever_refuses_before_signing_in_gets_nobodys_answers(room):
    token = room.read()
    ends(room)
    room.send("no script", token)
    gone = room.browser.post("/lernen/mitnehmen/", {"nein": "1", "zurueck": "/konto/anmelden/"})
    assert gone.headers["Location"] == "/konto/anmelden/#vergessen"
    room.sign_in(room.learner)
    assert stored() == {"answers": 0, "of": set()}


# --- a step that is not open ---------------------------------------------------------------------------------------


@pytest.fixture
def course(db):
    return factories.make_course(factories.make_provider("haus"), lessons=3)


def lessons(course):
    with look(system("test")):
        return list(course.lessons())


def at(course, number, *more):
    return "/".join(["/lernen/haus", course.slug, f"schritt-{number}", *more, ""])


@pytest.mark.parametrize("ask", ["reads", "answers"])
def test_a_visitor_is_asked_to_sign_in_and_led_back_to_exactly_this_step(client, course, ask):
    given = factories.right_answer(lessons(course)[1])
    page = (
        client.get(at(course, 2))
        if ask == "reads"
        else client.post(at(course, 2, "antwort"), given)
    )
    text = page.content.decode()
    assert (page.status_code, "Bitte anmelden" in text) == (200, True)
    assert f'href="/konto/neu/?next={at(course, 2)}"' in text
    assert f'href="/konto/anmelden/?next={at(course, 2)}"' in text
    assert "Geheimer Text 2" not in text


def test_whoever_is_signed_in_joins_the_course_and_is_back_at_exactly_this_step(client, course):
    client.force_login(factories.make_user())
    page = client.get(at(course, 2)).content.decode()
    assert "Zum Kurs anmelden" in page
    step = re.search(r'name="schritt" value="([^"]+)"', page)[1]
    joined = client.post(f"/lernen/haus/{course.slug}/anmelden/", {"schritt": step})
    assert joined.headers["Location"] == at(course, 2)
    assert "Geheimer Text 2" in client.get(at(course, 2)).content.decode()


@pytest.mark.parametrize("step", ["gibt-es-nicht", "//evil.example", ""])
def test_a_step_that_is_not_there_leads_to_the_beginning_of_the_course(client, course, step):
    assert client.get(f"/lernen/haus/{course.slug}/gibt-es-nicht/").status_code == 404
    client.force_login(factories.make_user())
    joined = client.post(f"/lernen/haus/{course.slug}/anmelden/", {"schritt": step})
    assert joined.headers["Location"] == f"/lernen/haus/{course.slug}/"


def test_whoever_is_signed_in_begins_a_course_by_joining_it(client, course):
    page = client.get(f"/kurse/haus/{course.slug}/").content.decode()
    assert f'href="/lernen/haus/{course.slug}/"' in page
    careful = Client(enforce_csrf_checks=True)
    person = factories.make_user()
    careful.force_login(person)
    page = careful.get(f"/kurse/haus/{course.slug}/").content.decode()
    form = re.search(r'<form method="post" action="([^"]+/anmelden/)">.*?</form>', page, re.DOTALL)
    assert "Kurs beginnen" in form[0]
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', form[0])[1]
    careful.post(form[1], {"csrfmiddlewaretoken": token})
    with look(system("test")):
        assert Enrolment.objects.get().learner == person


# --- a visitor's answers -------------------------------------------------------------------------------------------


def right(course, number):
    return factories.right_answer(lessons(course)[number - 1])


def as_script(course, number, given, *, was_right=False):
    """As static/js/answers.js keeps it."""
    fields = {name: [value] for name, value in given.items() if name != "item"}
    place = {"address": f"haus/{course.slug}", "lesson": f"schritt-{number}", "item": given["item"]}
    return place | {"given": fields, "right": was_right}


def states(page):
    """How the stops of the line are called."""
    return re.findall(r"Schritt (\d): [^,]+, ([^<]+)</span>", page.content.decode())


def test_without_script_a_visitor_sees_what_she_has_done_wherever_she_is(client, course):
    client.post(at(course, 1, "antwort"), right(course, 1))
    page = client.get(at(course, 1))
    question = markers.section(page.content.decode(), right(course, 1)["item"])
    assert "Erledigt" in question
    assert f'value="{right(course, 1)["choice"]}" checked' in question
    for said in ("Dieser Schritt ist erledigt.", "Ihre Antwort nehmen Sie in Ihr neues Konto mit."):
        assert said in page.content.decode()
    assert states(client.get(at(course, 2))) == [
        ("1", "erledigt"),
        ("2", "hier sind Sie"),
        ("3", "offen"),
    ]


def test_without_script_one_question_after_the_other_is_answered(client, course):
    """The page that comes as an answer lies one folder below the step, and its forms lead up again."""
    page = client.post(at(course, 1, "antwort"), right(course, 1))
    form = markers.section(page.content.decode(), right(course, 1)["item"])
    assert re.findall(r'(action|hx-post)="([^"#]+)', form) == [
        ("action", "../antwort/"),
        ("hx-post", "../antwort/"),
    ]
    back = client.get(at(course, 1, "antwort"))
    assert (back.status_code, back.headers["Location"]) == (302, at(course, 1))


def test_with_script_the_page_comes_with_what_the_tab_keeps(client, course):
    kept = [as_script(course, 1, right(course, 1), was_right=True)]
    page = client.post(at(course, 1, "antwort"), {"antworten": json.dumps(kept)})
    assert "Erledigt" in markers.section(page.content.decode(), right(course, 1)["item"])
    assert "Dieser Schritt ist erledigt." in page.content.decode()
    assert client.cookies == {}


def test_what_a_visitor_has_answered_is_graded_anew_and_counted_once(client, course):
    """Also when their browser says that it was right, and when they send it many times."""
    person = factories.make_user()
    client.force_login(person)
    wrong = factories.wrong_answer(lessons(course)[1])
    kept = [as_script(course, 1, right(course, 1)), as_script(course, 2, wrong, was_right=True)]
    for _ in range(3):
        client.post("/lernen/mitnehmen/", {"antworten": json.dumps(kept), "zurueck": at(course, 1)})
    with look(system("test")):
        mine = Enrolment.objects.get(learner=person)
        assert (mine.done, mine.total) == (1, 3)
        assert [*Attempt.objects.order_by("pk").values_list("right", flat=True)] == [True, False]
        assert Progress.objects.count() == 1


def test_she_may_refuse_and_a_visitor_may_have_all_forgotten(client, course):
    client.post(at(course, 1, "antwort"), right(course, 1))
    gone = client.post("/lernen/mitnehmen/", {"nein": "1", "zurueck": at(course, 1)})
    assert gone.headers["Location"] == f"{at(course, 1)}#vergessen"
    assert client.cookies["antworten"].value == ""
    with look(system("test")):
        assert Enrolment.objects.count() == 0


def test_without_an_account_nothing_goes_into_one(client, course):
    asked = client.post("/lernen/mitnehmen/", {"antworten": "[]", "zurueck": at(course, 1)})
    assert asked.headers["Location"] == f"/konto/anmelden/?next={at(course, 1)}"


def test_what_was_right_once_stays_right(client, course):
    client.post(at(course, 1, "antwort"), right(course, 1))
    client.post(at(course, 1, "antwort"), factories.wrong_answer(lessons(course)[0]))
    assert "Dieser Schritt ist erledigt." in client.get(at(course, 1)).content.decode()


@pytest.mark.parametrize(
    "kept",
    [
        *("", "{", "[]", "[1]", "[{}]", "null", "[" * 100_000, '["\\ud800"]'),
        '[{"address": "a/b", "lesson": "c", "item": "x", "given": {}}]',
        json.dumps([{"address": 1, "lesson": [], "item": {}, "given": 7}]),
        json.dumps([{"address": "haus/x", "lesson": "y", "item": "0" * 36, "given": {"a": [1]}}]),
        json.dumps(
            [{"address": "haus/x", "lesson": "y", "item": "0" * 36, "given": {"a": ["\0"]}}]
        ),
    ],
)
@pytest.mark.parametrize("place", ["field", "cookie"])
def test_what_is_no_answer_of_ours_is_left_out(client, course, kept, place):
    client.force_login(factories.make_user())
    if place == "cookie":
        client.cookies["antworten"] = kept[:3000]
    page = client.post(
        "/lernen/mitnehmen/", {"antworten": kept, "zurueck": "https://evil.example/"}
    )
    assert page.headers["Location"] == "/lernen/#vergessen"
    with look(system("test")):
        assert (Attempt.objects.count(), XapiStatement.objects.count()) == (0, 0)


def test_the_oldest_falls_out_of_a_full_cookie_and_the_newest_stays(client, course):
    many = [as_script(course, 1, {"item": str(uuid.uuid4()), "choice": "x"}) for _ in range(120)]
    client.cookies["antworten"] = base64.urlsafe_b64encode(
        zlib.compress(json.dumps(many).encode(), 9)
    ).decode()
    page = client.post(at(course, 1, "antwort"), right(course, 1))
    assert len(page.cookies["antworten"].value) <= 3600
    assert "Dieser Schritt ist erledigt." in client.get(at(course, 1)).content.decode()
