"""A form of the writing desk that is sent twice, or six times at once, has one effect, and its sender reads the same answer."""

import re
import uuid

import pytest
from django.urls import reverse

from courses.models import WritingAct
from tenancy.lens import look, system
from tests import factories
from tests.courses.test_half_finished import WHOLE
from tests.support.desk import as_
from tests.support.writing import arrange, form, kinds, now, raw, url, written


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=2, title="Fotos ordnen")


@pytest.fixture
def step(course):
    return written(course, WHOLE)


def states_of(step):
    with look(system("test")):
        return now(step).revisions.count()


def numbers(page):
    """Of the forms on a page."""
    return re.findall(r'name="form" value="([^"]+)"', page.text)


def test_every_form_that_makes_or_moves_something_has_a_number_of_its_own(client, author, step):
    page = as_(client, author).get(url("step", step) + "?nach=")
    forms = re.findall(r"<form .*?</form>", page.text, re.DOTALL)
    acts = [one for one in forms if "einfuegen/" in one or "ordnen/" in one or "/neu/" in one]
    # arrange each; insert here, and for the script; a new step
    assert len(acts) == len(WHOLE) + 3
    assert all('name="form"' in one for one in acts)
    assert len(set(numbers(page))) == len(acts)


def test_a_block_is_inserted_once_however_often_its_form_is_sent(client, author, step):
    data = {"kind": "text", "nach": "", "form": str(uuid.uuid4())}
    as_(client, author)
    places = {client.post(url("add", step), data).url for _ in range(6)}
    assert len(places) == 1
    assert kinds(step) == ["text", *WHOLE]


@pytest.mark.parametrize("do", ["up", "down", "copy", "remove", "send"])
def test_an_act_on_a_block_is_done_once(client, author, course, step, do):
    with look(system("test")):
        other = course.lessons().last()
    at, number = url("arrange", step, raw(step, "callout")["id"]), str(uuid.uuid4())
    data = {"do": do, "form": number, "schritt": other.pk}
    as_(client, author)
    first = client.post(at, data, headers={"X-Desk": "part"})
    done = kinds(step), kinds(other)
    again = [client.post(at, data, headers={"X-Desk": "part"}) for _ in range(5)]
    assert (kinds(step), kinds(other)) == done
    assert done != ([*WHOLE], [])
    assert {one.status_code for one in (first, *again)} == {200}
    assert {one.json().get("says") for one in again} == {first.json().get("says")}


def test_what_was_undone_is_done_again_by_the_same_form(client, author, step):
    data = {"kind": "text", "nach": "", "form": str(uuid.uuid4())}
    as_(client, author).post(url("add", step), data)
    client.post(url("undo", step))
    client.post(url("add", step), data)
    assert kinds(step) == ["text", *WHOLE]


def test_undoing_twice_takes_back_one_act(client, author, step):
    arrange(as_(client, author), step, "callout", "copy")
    arrange(client, step, "callout", "remove")
    last = client.get(url("step", step)).context["last_act"].pk
    answers = [client.post(url("undo", step), {"zuletzt": last}) for _ in range(3)]
    assert {one.status_code for one in answers} == {302}
    assert kinds(step).count("callout") == 2


def test_a_step_begins_once(client, author, course):
    data = {"form": str(uuid.uuid4())}
    as_(client, author)
    places = {client.post(reverse("writing:begin", args=[course.pk]), data).url for _ in range(6)}
    assert len(places) == 1
    with look(system("test")):
        assert course.lessons().count() == 3


def test_a_row_is_added_once(client, author, step):
    at, data = form(step, "single_choice", do="row:v-choices", form=str(uuid.uuid4()))
    as_(client, author)
    before = len(raw(step, "single_choice")["value"]["choices"])
    answers = [client.post(at, data).status_code for _ in range(6)]
    assert answers == [302] * 6
    assert len(raw(step, "single_choice")["value"]["choices"]) == before + 1


def test_both_states_are_kept_once(client, author, step):
    at, data = form(step, "callout", behalten="beide", form=str(uuid.uuid4()))
    as_(client, author)
    places = {client.post(at, data).url for _ in range(6)}
    assert len(places) == 1
    assert kinds(step).count("callout") == 2


def test_equal_words_are_saved_and_nobody_is_told_of_a_colleague(client, author, step):
    """A text that is stored anew has other numbers of its lines: they are no words."""
    at, data = form(step, "text", **{"v-html": "<p>Neu.</p><p>Zwei.</p>"})
    as_(client, author)
    answers = [client.post(at, data, headers={"X-Desk": "part"}) for _ in range(6)]
    assert [one.status_code for one in answers] == [200] * 6
    assert len({one.json()["base"] for one in answers}) == 1
    with look(system("test")):
        assert WritingAct.objects.count() == 1


def test_a_name_that_is_sent_again_makes_no_state(client, author, step):
    as_(client, author)
    before = states_of(step)
    for _ in range(3):
        client.post(url("name", step), {"titel": "Fotos finden"})
    assert states_of(step) == before + 1


def test_a_state_that_is_fetched_back_twice_is_one_state(client, author, step):
    former = now(step).latest_revision_id
    arrange(as_(client, author), step, "callout", "remove")
    before = states_of(step)
    for _ in range(3):
        client.post(url("states", step), {"stand": former})
    assert states_of(step) == before + 1
