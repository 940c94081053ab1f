"""After a course: the certificate, what could come next, a mail; and the line of steps wherever they are."""

import json
import re

import pytest
from django.core import mail
from django.urls import reverse

from certificates import tasks
from learning.models import Enrolment
from learning.queries import my_courses
from tenancy.lens import look, system
from tests import factories
from tests.learning.test_unsaved import as_script
from tests.support.pages import one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return factories.make_course(factories.make_provider("haus"))


@pytest.fixture
def learner(client, course):
    person = factories.make_user()
    client.force_login(person)
    client.post(reverse("learning:enrol", args=["haus", course.slug]))
    return person


def lesson_at(course, number):
    return reverse("learning:lesson", args=["haus", course.slug, f"schritt-{number}"])


def answer(client, course, number, *, script=False):
    with look(system("test")):
        lesson = list(course.lessons())[number - 1]
    page = client.get(lesson_at(course, number)).content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)
    form = factories.right_answer(lesson) | ({"csrfmiddlewaretoken": token[1]} if token else {})
    headers = {"HX-Request": "true"} if script else {}
    url = f"{lesson_at(course, number)}antwort/"
    return client.post(url, form, headers=headers, follow=True).content.decode()


def finish(client, course):
    answer(client, course, 1)
    return answer(client, course, 2, script=True)


def page_of(client, course):
    return client.get(reverse("learning:finished", args=["haus", course.slug]))


def issued(learner):
    with look(system("test")):
        enrolment = Enrolment.objects.get(learner=learner)
    tasks.issue(enrolment.pk)


def stops(page):
    """(class, what is said) of each stop of the line."""
    start = page.index('<ol class="ls-line')
    line = one_line(page[start : page.index("</ol>", start)])
    items = re.findall(
        r"<li(?: class=\"([^\"]*)\")?>.*?<span class=\"ls-sr\">(.*?)</span>", line, re.DOTALL
    )
    return [(kind, says.rpartition(": ")[2]) for kind, says in items]


# --- the page ---------------------------------------------------------------------------------------------------------


def test_it_is_hers_and_only_once_it_is_done(client, course, learner):
    assert page_of(client, course).url == reverse("learning:start", args=["haus", course.slug])
    finish(client, course)
    assert page_of(client, course).status_code == 200
    client.force_login(factories.make_user())
    assert page_of(client, course).status_code == 404
    client.logout()
    assert page_of(client, course).status_code == 302


def test_the_last_answer_leads_to_it(client, course, learner):
    said = finish(client, course)
    address = reverse("learning:finished", args=["haus", course.slug])
    assert "Sie haben den Kurs geschafft." in said
    assert f'href="{address}"' in said
    assert f'href="{address}"' in client.get(lesson_at(course, 1)).content.decode()


def test_the_certificate_comes_first_then_the_next_courses(client, course, learner):
    other = factories.make_course(factories.make_provider("nachbar"))
    finish(client, course)
    before = page_of(client, course).content.decode()
    assert "Geschafft, Anna!" in before
    assert "Ihr Nachweis wird gerade gemacht." in before
    issued(learner)
    page = page_of(client, course).content.decode()
    order = ["Alle 2 Schritte sind erledigt.", "Ihren Nachweis ansehen", "Und jetzt?", "Oder erst einmal Pause", "Hat Ihnen der Kurs geholfen?", "Zeigen Sie es anderen"]  # fmt: skip
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    found = reverse("courses:course", args=["nachbar", other.slug])
    assert f'href="{found}"' in page
    assert 'class="ls-card"' in page


def test_courses_she_has_begun_are_not_offered_and_none_is_no_section(client, course, learner):
    finish(client, course)
    page = page_of(client, course).content.decode()
    assert "Und jetzt?" not in page
    assert 'class="ls-card"' not in page


# --- the mail ---------------------------------------------------------------------------------------------------------


def test_a_mail_says_it_once(client, course, learner, django_capture_on_commit_callbacks):
    finish(client, course)
    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            issued(learner)
    [sent] = mail.outbox
    assert sent.to == [learner.email]
    assert sent.subject.startswith("Geschafft: „")
    assert "Herzlichen Glückwunsch." in sent.body
    [link] = [line for line in sent.body.splitlines() if line.startswith("http")]
    assert link.endswith(reverse("learning:finished", args=["haus", course.slug]))


# --- the line of steps ------------------------------------------------------------------------------------------------


def test_what_is_done_is_done_also_where_she_stands(client, course, learner):
    answer(client, course, 1)
    here = client.get(lesson_at(course, 1)).content.decode()
    kind, says = stops(here)[0]
    assert kind == "is-done is-now"
    assert says.endswith("erledigt, hier sind Sie")
    assert 'aria-current="step"' in here
    there = client.get(lesson_at(course, 2)).content.decode()
    assert [kind for kind, _says in stops(there)] == ["is-done", "is-now"]
    with look(system("test")):
        [mine] = my_courses(learner, language="de")
    assert mine.states == ["done", "now"]


def test_an_answer_tells_the_page_that_the_step_is_done(client, course, learner):
    assert 'data-step-done="erledigt"' in answer(client, course, 1, script=True)


@pytest.mark.parametrize("step", [1, 2])
def test_a_visitors_answers_in_the_tab_are_done_on_open_and_closed_steps(client, course, step):
    """The second step is closed for them; their script asks for it with what the tab keeps."""
    with look(system("test")):
        right = factories.right_answer(course.lessons().first())
    kept = as_script(course, 1, right, was_right=True)
    page = client.post(f"{lesson_at(course, step)}antwort/", {"antworten": json.dumps([kept])})  # fmt: skip
    assert stops(page.content.decode())[0][0].startswith("is-done")


def test_a_visitor_without_script_sees_it_too(client, course):
    answer(client, course, 1)
    assert stops(client.get(lesson_at(course, 1)).content.decode())[0][0] == "is-done is-now"
    assert stops(client.get(lesson_at(course, 2)).content.decode())[0][0] == "is-done"
