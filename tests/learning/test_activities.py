"""An activity in a lesson: printed, played in its sandbox, saved, graded by the server, and never believed."""

import json
import re
import uuid

import pytest
from django.urls import reverse

from courses.models import PrintedActivity
from h5p_lite.models import Content
from learning.models import Attempt, ContentState, Enrolment, Progress, XapiStatement
from tenancy.lens import learner, look, system
from tests import factories
from tests.factories import activities
from tests.factories.worlds import files_of, made_once


def furnish():
    """The key of an activity, its libraries installed."""
    activities.install()
    return activities.make_activity(factories.make_provider("haus")).pk


@pytest.fixture(scope="module")
def furnished(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("activity")
    with made_once(django_db_blocker, folder, furnish) as content:
        yield content, folder


@pytest.fixture
def content(furnished, db):
    files_of(furnished[1])
    with look(system("test")):
        return Content.objects.select_related("owner").get(pk=furnished[0])


class Place:
    """A course with one activity, somebody who takes it, and its addresses."""

    def __init__(self, content, client, **how):
        self.course = activities.make_course_with(content, **how)
        self.where, self.item, self.lesson, self.edition = activities.place_of(self.course)
        self.client = client

    def url(self, name="activity"):
        here = self.where | ({} if name in ("lesson", "answer") else {"item": self.item})
        return reverse(f"learning:{name}", kwargs=here)

    def enrol(self):
        self.enrolment = factories.make_enrolment(self.course)
        self.client.force_login(self.enrolment.learner)
        return self

    def post(self, name, data):
        return self.client.post(self.url(name), json.dumps(data), content_type="application/json")

    def report(self, **said):
        return self.post("activity_result", {"statement": statement(**said), "parts": None})


def statement(**said):
    verb = {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en-US": "completed"}}
    about = {
        "id": "http://evil.example/",
        "objectType": "Activity",
        "definition": {"name": {"de": "Quiz"}},
    }
    actor = {"mbox": "mailto:somebody@else.example"}
    return {"id": str(uuid.uuid4()), "actor": actor, "verb": verb, "object": about} | said


TRUSTING = {"attestation": "participation", "trusts_browsers": True}


@pytest.fixture
def trusted(content, client, db):
    """In a course that lets activities count which nobody can grade."""
    return Place(content, client, course=TRUSTING).enrol()


def counts():
    with look(system("test")):
        return Attempt.objects.count(), Progress.objects.count(), XapiStatement.objects.count()


def test_a_printed_activity_keeps_what_it_said_on_that_day(content, client):
    place = Place(content, client)
    with look(system("test")):
        printed = PrintedActivity.objects.get()
        assert (str(printed.item), printed.revision.number, printed.open) == (place.item, 1, True)
        assert place.edition.items == [
            {"id": str(place.lesson.translation_key), "kind": "read", "lesson": 1}
        ]


def test_what_nobody_can_grade_is_no_item_unless_the_course_trusts_browsers(trusted):
    assert trusted.edition.items == [{"id": trusted.item, "kind": "read", "lesson": 1}]


def test_the_page_in_the_sandbox_reaches_its_own_folders_and_nothing_else(content, client):
    place = Place(content, client)
    answer = client.get(place.url())
    assert answer.status_code == 200
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    own = " ".join(f"http://testserver/h5p/{name}/" for name in ("typ", "inhalt", "buendel"))
    folders = f"{own} http://testserver/static/"
    assert policy["sandbox"] == "allow-scripts allow-forms"
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == folders
    assert re.fullmatch(re.escape(folders) + " 'sha256-[^']+'", policy["script-src"])
    assert policy["frame-ancestors"] == "'self'"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert not answer.cookies


def test_the_page_says_nothing_of_who_plays(trusted):
    page = trusted.client.get(trusted.url()).content.decode()
    learner = trusted.enrolment.learner
    for secret in (learner.name, learner.email, trusted.client.session.session_key, "csrf"):
        assert secret not in page


def test_scripts_come_as_one_file_in_the_order_of_their_needs(content, client):
    page = client.get(Place(content, client).url()).content.decode()
    [bundle] = re.findall(r'src="(/h5p/buendel/[^"]+\.js)"', page)
    answer = client.get(bundle)
    script = b"".join(answer.streaming_content).decode()
    assert script.count("var a;") == 2
    assert "H5P.externalDispatcher" in script
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_where_she_stopped_is_saved_and_given_back(trusted):
    assert trusted.post("activity_state", {"state": {"answers": [1]}}).json() == {"number": 1}
    page = trusted.client.get(trusted.url()).content.decode()
    data = json.loads(re.search(r'id="integration">(.*?)</script>', page)[1])
    assert data["contents"]["cid-1"]["contentUserData"] == [{"state": '{"answers": [1]}'}]
    with look(learner(trusted.enrolment.learner_id)):
        assert ContentState.objects.count() == 1


def test_what_she_saved_fits_as_long_as_only_words_change(trusted, content, author):
    from h5p import actions
    from h5p.actions.contents import draft_of

    trusted.post("activity_state", {"state": {"answers": [1]}})

    def saved_after(params):
        with look(system("test")):
            newest = content.revisions.order_by("-number").first()
            draft = draft_of(newest)._replace(params=params)
            actions.save_revision(content, draft, by=author, why="edited")
            trusted.lesson.save_revision().publish()
        page = trusted.client.get(trusted.url()).content.decode()
        data = json.loads(re.search(r'id="integration">(.*?)</script>', page)[1])
        content_data = data["contents"]["cid-1"]
        return content_data["jsonContent"], content_data["contentUserData"][0]["state"]

    assert saved_after({"question": "Anders?"}) == ('{"question": "Anders?"}', '{"answers": [1]}')
    assert saved_after({"question": "A", "more": "B"})[1] is False


def test_a_result_is_kept_with_our_words_for_who_what_and_when(trusted):
    said = trusted.report(result={"score": {"raw": 1, "max": 1}}, timestamp="1999-01-01T00:00:00Z")
    assert (said.status_code, said.json()["right"]) == (200, True)
    with look(system("test")):
        kept = XapiStatement.objects.get()
    assert set(kept.statement["actor"]["account"]) == {"homePage", "name"}
    assert "else.example" not in json.dumps(kept.statement)
    assert "evil.example" not in json.dumps(kept.statement)
    assert not kept.statement["timestamp"].startswith("1999")
    assert kept.graded is None
    assert counts() == (1, 1, 1)


def test_the_same_statement_sent_twice_counts_once(trusted):
    number = str(uuid.uuid4())
    trusted.report(id=number)
    assert trusted.report(id=number).json() == {"known": True}
    assert counts() == (1, 1, 1)


def test_a_number_that_is_somebody_elses_loses_no_result(trusted):
    number = str(uuid.uuid4())
    trusted.report(id=number)
    assert trusted.enrol().report(id=number).json()["right"] is True
    assert counts() == (2, 2, 2)


def test_steps_on_the_way_and_parts_of_it_are_no_result(trusted):
    started = {"id": "http://adlnet.gov/expapi/verbs/attempted"}
    inside = {"contextActivities": {"parent": [{"id": "x"}]}}
    for said in ({"verb": started}, {"context": inside}):
        assert trusted.report(**said).status_code == 200
        assert counts() == (0, 0, 0)


def test_a_finished_course_by_trust_gives_a_confirmation_and_only_that(trusted):
    trusted.report()
    with look(system("test")):
        assert Enrolment.objects.get(pk=trusted.enrolment.pk).completed_at


def test_a_visitor_plays_an_open_lesson_and_nothing_is_kept(content, client):
    place = Place(content, client, course=TRUSTING)
    assert client.get(place.url()).status_code == 200
    said = place.report()
    assert (said.status_code, said.json()["right"]) == (200, True)
    assert place.post("activity_state", {"state": 1}).status_code == 204
    assert counts() == (0, 0, 0)
    assert not client.cookies


def test_a_stranger_finds_nothing_at_an_address_that_is_not_there(content, client):
    place = Place(content, client)
    place.item = str(uuid.uuid4())
    assert client.get(place.url()).status_code == 404
    assert place.report().status_code == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"statement": 1}', b"\xff", b"[" * 100_000])
def test_a_bad_report_is_no_report(trusted, body):
    for name in ("activity_result", "activity_state"):
        answer = trusted.client.post(trusted.url(name), body, content_type="application/json")
        assert answer.status_code == (
            200 if name.endswith("state") and body.startswith(b'{"') else 404
        )
    assert counts() == (0, 0, 0)


def test_a_report_needs_the_token_of_the_page_around(trusted, settings):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(trusted.enrolment.learner)
    answer = strict.post(trusted.url("activity_result"), "{}", content_type="application/json")
    assert (answer.status_code, answer.content) == (409, b"")
    body = json.dumps({"statement": statement(), "parts": None})
    answer = strict.post(trusted.url("activity_result"), body, content_type="application/json")
    assert answer.status_code == 409
    assert counts() == (0, 0, 0)


def test_the_lesson_offers_the_same_in_another_form(content, client):
    question = factories.single_choice()
    place = Place(
        content, client, course=TRUSTING, alternative="<p>Lesen Sie das.</p>", question=[question]
    ).enrol()
    page = client.get(place.url("lesson")).content.decode()
    assert "Dasselbe in anderer Form" in page
    assert "Lesen Sie das." in page
    right = next(c["id"] for c in question["value"]["choices"] if c["value"]["right"])
    answer = client.post(place.url("answer"), {"item": place.item, "choice": right})
    assert answer.status_code == 302
    assert counts() == (1, 1, 1)  # an attempt at the activity, in another form
    with look(system("test")):
        kept = XapiStatement.objects.get()
    assert (kept.graded, kept.points, kept.most) == (True, 1.0, 1.0)
    assert kept.statement["verb"]["id"] == "http://adlnet.gov/expapi/verbs/answered"
    client.post(place.url("answer"), {"item": place.item, "choice": right})
    assert counts() == (1, 1, 1)  # a second click is none


def test_without_javascript_one_says_oneself_what_one_has_done(trusted):
    url = trusted.url("answer")
    trusted.client.post(url, {"item": trusted.item, "done": "1"})
    assert counts() == (1, 1, 0)
    assert "Das haben Sie gemacht." in trusted.client.get(trusted.url("lesson")).content.decode()


def test_the_file_is_there_if_its_author_gives_it_away(content, client, house):
    from h5p import actions

    place = Place(content, client)
    assert client.get(place.url("activity_file")).status_code == 404
    with look(system("test")):
        actions.change_content(content, title="Quiz", language="de", reuse=True, by=None)
        place.lesson.save_revision().publish()
    answer = client.get(place.url("activity_file"))
    assert answer["Content-Disposition"] == 'attachment; filename="quiz.h5p"'
    import io

    from h5p_lite.core.package import read

    package = read(io.BytesIO(b"".join(answer.streaming_content)))
    assert package.manifest.title == "Quiz"
    assert [str(one.name) for one in package.libraries] == ["Test.Part 2.0", "Test.Quiz 1.2"]


def test_authors_choose_among_their_own_activities(content, client, author):
    other = activities.make_activity(factories.make_provider("nachbar"))
    with look(system("test")):
        other.title = "Fremd"
        other.save()
    client.force_login(author)
    page = client.get(reverse("activity_chooser:choose")).content.decode()
    assert "Ein Quiz" in page
    assert "Fremd" not in page
    assert client.get(reverse("activity_chooser:chosen", args=[content.pk])).status_code == 200
    assert client.get(reverse("activity_chooser:chosen", args=[other.pk])).status_code == 404


def part(words, raw, most=1):
    about = {"definition": {"description": {"de": words}}}
    return {"statement": {"object": about, "result": {"score": {"raw": raw, "max": most}}}}


def test_tutors_see_how_each_question_went(trusted, client, house):
    parts = {"children": [part("<p>Was ist Phishing?</p>", 1), part("Und was ist das?", 0)]}
    client.force_login(trusted.enrolment.learner)
    for _ in range(2):  # the newest counts
        said = {"statement": statement(result={"score": {"raw": 1, "max": 2}}), "parts": parts}
        trusted.post("activity_result", said)
    tutor = factories.make_member(house, "tutor")
    client.force_login(tutor)
    url = reverse("learning:results", args=[trusted.where["provider"], trusted.where["course"]])
    page = client.get(url)
    [shown] = page.context["activities"]
    assert (shown.title, shown.tried) == ("Ein Quiz", 1)
    assert shown.questions == [("Was ist Phishing?", 1, 1, []), ("Und was ist das?", 1, 0, [])]
    [person] = shown.people
    assert (person.name, person.graded, person.points) == ("Anna Test", None, "1 / 2")
    assert "Was ist Phishing?" in page.content.decode()


def test_a_part_without_points_is_no_question(trusted, client, house):
    cards, read, done = part("Karten", 0, 0), part("Gelesen", None, None), part("Umgedreht", 0)
    cards["statement"]["result"]["success"] = True  # as a type says it that has nothing to ask
    done["statement"]["result"] = {"completion": True}
    asked = part("Und was ist das?", 0)
    trusted.post(
        "activity_result",
        {"statement": statement(), "parts": {"children": [cards, read, done, asked]}},
    )
    client.force_login(factories.make_member(house, "tutor"))
    url = reverse("learning:results", args=[trusted.where["provider"], trusted.where["course"]])
    [shown] = client.get(url).context["activities"]
    assert shown.questions == [("Und was ist das?", 1, 0, [])]


@pytest.mark.parametrize(
    "parts",
    [
        None,
        [],
        "x",
        {"children": ["x", {"statement": 1}]},
        {"statement": {"object": 1, "result": []}},
    ],
)
def test_odd_parts_break_no_report(trusted, client, house, parts):
    trusted.post("activity_result", {"statement": statement(result=[1]), "parts": parts})
    client.force_login(factories.make_member(house, "tutor"))
    url = reverse("learning:results", args=[trusted.where["provider"], trusted.where["course"]])
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("most", ["1" + "0" * 400, "1e999", "NaN", '"\\ud800"'])
def test_a_score_that_is_no_number_of_ours_breaks_no_report(trusted, client, house, most):
    said = json.dumps({"statement": statement(), "parts": part("Wie viele?", 1, "most")})
    body = said.replace('"most"', most)
    trusted.client.post(trusted.url("activity_result"), body, content_type="application/json")
    client.force_login(factories.make_member(house, "tutor"))
    url = reverse("learning:results", args=[trusted.where["provider"], trusted.where["course"]])
    assert client.get(url).status_code == 200


def test_a_course_waits_for_an_activity_that_is_not_finished(content, client, author):
    from courses.queries.findings import checked
    from h5p import actions
    from h5p.actions.contents import draft_of

    place = Place(content, client, course=TRUSTING)
    with look(system("test")):
        assert "activity-unfinished" not in {one.rule for one in checked(place.lesson).stopping}
        draft = draft_of(content.revisions.get())
        unfinished = draft._replace(metadata=draft.metadata | {"open": 2})
        actions.save_revision(content, unfinished, by=author, why="edited")
        place.lesson.refresh_from_db()  # as the next request finds it
        rules = [one.rule for one in checked(place.lesson).stopping]
    assert rules == ["activity-without-alternative", "activity-unfinished"]
