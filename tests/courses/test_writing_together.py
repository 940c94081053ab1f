"""Several people at the writing desk, acts on whole blocks, and taking them back: nothing of anybody is lost."""

import pytest

from courses.actions import write
from courses.models import WritingAct
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.courses.test_half_finished import WHOLE
from tests.factories import block
from tests.support.desk import as_
from tests.support.writing import arrange, form, kinds, now, raw, url, written

TEXT = '<p data-block-key="aaaaa">Ein Satz.</p>'


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=2, title="Fotos ordnen")


@pytest.fixture
def step(course):
    """A step with one block of every kind."""
    return written(course, WHOLE)


# --- several writers ---------------------------------------------------------------------------------------------------


@pytest.fixture
def colleague(house):
    return factories.make_member(house, Membership.Role.AUTHOR, name="Jonas Keller")


def test_two_who_write_in_different_blocks_lose_nothing(client, author, colleague, step):
    first, mine = form(step, "callout", **{"v-title": "Von Ada"})
    other, theirs = form(step, "term", **{"v-term": "Von Jonas"})
    as_(client, colleague).post(other, theirs)
    as_(client, author).post(first, mine)
    assert raw(step, "term")["value"]["term"] == "Von Jonas"
    assert raw(step, "callout")["value"]["title"] == "Von Ada"


def test_the_same_block_shows_both_and_is_not_overwritten(client, author, colleague, step):
    at, mine = form(step, "callout", **{"v-title": "Von Ada"})
    _, theirs = form(step, "callout", **{"v-title": "Von Jonas"})
    as_(client, colleague).post(at, theirs)
    both = as_(client, author).post(at, mine)
    assert both.status_code == 409
    assert "Inzwischen hat Jonas Keller diesen Block geändert." in " ".join(both.text.split())
    assert "Von Ada" in both.text
    assert raw(step, "callout")["value"]["title"] == "Von Jonas"
    seen = both.context["their_base"]
    client.post(at, mine | {"base": [seen]})
    assert raw(step, "callout")["value"]["title"] == "Von Ada"


def head(step, **typed):
    """The form above a step, as it was printed, with what was `typed`."""
    page = now(step)
    came = {"titel": page.title, "minuten": str(page.minutes), "offen": "1" if page.open else "0"}
    return {f"war-{name}": value for name, value in came.items()} | came | typed


def test_a_name_somebody_has_changed_meanwhile_is_not_overwritten(client, author, colleague, step):
    mine, theirs = head(step, titel="Von Ada"), head(step, titel="Von Jonas", minuten="7")
    as_(client, colleague).post(url("name", step), theirs)
    told = as_(client, author).post(url("name", step), mine, headers={"X-Desk": "part"})
    assert told.status_code == 409
    assert "„Von Jonas“. Nicht gespeichert ist „Von Ada“." in told.json()["says"]
    assert (now(step).title, now(step).minutes) == ("Von Jonas", 7)
    client.post(url("name", step), mine | {"war-titel": told.json()["now"]["titel"]})
    assert (now(step).title, now(step).minutes) == (
        "Von Ada",
        7,
    )  # the minutes were left as they were


def test_without_script_a_name_that_was_not_stored_is_in_the_sentence(
    client, author, colleague, step
):
    mine = head(step, titel="Von Ada")
    as_(client, colleague).post(url("name", step), head(step, titel="Von Jonas"))
    page = as_(client, author).post(url("name", step), mine, follow=True)
    assert "Nicht gespeichert ist „Von Ada“." in " ".join(page.text.split())
    assert now(step).title == "Von Jonas"


def test_the_same_name_six_times_is_stored_once(client, author, step):
    mine = head(step, titel="Von Ada")
    answers = [as_(client, author).post(url("name", step), mine) for _ in range(6)]
    assert {answer.status_code for answer in answers} == {302}
    assert now(step).title == "Von Ada"


def test_minutes_that_are_no_number_are_said_and_the_name_is_kept(client, author, step):
    minutes = now(step).minutes
    at, typed = url("name", step), head(step, titel="Von Ada", minuten="zehn")
    told = as_(client, author).post(at, typed, headers={"X-Desk": "part"})
    assert told.status_code == 400
    assert "Bitte eine Zahl" in told.json()["says"]
    assert (now(step).title, now(step).minutes) == ("Von Ada", minutes)


def test_both_can_be_kept(client, author, colleague, step):
    at, mine = form(step, "callout", **{"v-title": "Von Ada"})
    _, theirs = form(step, "callout", **{"v-title": "Von Jonas"})
    as_(client, colleague).post(at, theirs)
    as_(client, author).post(at, mine | {"behalten": ["beide"]})
    with look(system("test")):
        titles = [b["value"]["title"] for b in write.body_of(now(step)) if b["type"] == "callout"]
    assert titles == ["Von Jonas", "Von Ada"]


def test_a_block_that_was_deleted_meanwhile_gives_the_words_back(client, author, colleague, step):
    at, mine = form(step, "callout", **{"v-title": "Von Ada"})
    as_(client, colleague).post(f"{at}ordnen/", {"do": "remove"})
    lost = as_(client, author).post(at, mine)
    assert lost.status_code == 410
    assert "Von Ada" in lost.text


def test_sent_twice_is_stored_once(client, author, step):
    at, mine = form(step, "callout", **{"v-title": "Von Ada"})
    as_(client, author)
    assert [client.post(at, mine).status_code for _ in range(2)] == [302, 302]
    with look(system("test")):
        assert WritingAct.objects.count() == 1


def test_what_wagtails_editor_has_saved_meanwhile_stays(client, author, step):
    at, mine = form(step, "callout", **{"v-title": "Von Ada"})
    with look(system("test")):
        page = now(step)
        page.body = [*write.body_of(page), block("text", TEXT)]
        page.save_revision(clean=False)
    as_(client, author).post(at, mine)
    assert kinds(step) == [*WHOLE, "text"]
    assert raw(step, "callout")["value"]["title"] == "Von Ada"


def test_who_else_is_here_is_said(client, author, colleague, step):
    as_(client, colleague).get(url("step", step))
    assert "Auch hier: Jonas Keller" in " ".join(
        as_(client, author).get(url("step", step)).text.split()
    )


# --- ordering, undoing -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("do", ["up", "down", "copy", "remove"])
def test_every_act_can_be_undone(client, author, step, do):
    before = now(step)
    with look(system("test")):
        body = write.body_of(before)
    arrange(as_(client, author), step, "callout", do)
    with look(system("test")):
        assert write.body_of(now(step)) != body
    client.post(url("undo", step))
    with look(system("test")):
        assert write.body_of(now(step)) == body


def test_a_copy_asks_its_own_question(client, author, step):
    arrange(as_(client, author), step, "single_choice", "copy")
    with look(system("test")):
        first, second = (b for b in write.body_of(now(step)) if b["type"] == "single_choice")
    assert first["id"] != second["id"]
    ids = [[row["id"] for row in one["value"]["choices"]] for one in (first, second)]
    assert not set(ids[0]) & set(ids[1])


def test_a_block_goes_to_another_step_with_its_id_and_comes_back(client, author, course, step):
    with look(system("test")):
        other = course.lessons().last()
    sent_id = raw(step, "ordering")["id"]
    arrange(as_(client, author), step, "ordering", "send", schritt=other.pk)
    assert "ordering" not in kinds(step)
    with look(system("test")):
        assert write.body_of(now(other))[-1]["id"] == sent_id
    client.post(url("undo", step))
    assert raw(step, "ordering")["id"] == sent_id
    with look(system("test")):
        assert sent_id not in [one["id"] for one in write.body_of(now(other))]


def test_what_a_colleague_has_changed_since_is_not_undone(client, author, colleague, step):
    at, mine = form(step, "callout", **{"v-title": "Von Ada"})
    as_(client, author).post(at, mine)
    _, theirs = form(step, "callout", **{"v-title": "Von Jonas"})
    as_(client, colleague).post(at, theirs)
    answer = as_(client, author).post(url("undo", step), headers={"X-Desk": "part"})
    assert answer.status_code == 409
    assert raw(step, "callout")["value"]["title"] == "Von Jonas"


def test_fifty_acts_are_remembered(client, author, step):
    as_(client, author)
    for _ in range(26):
        arrange(client, step, "callout", "up")
        arrange(client, step, "callout", "down")
    with look(system("test")):
        assert WritingAct.objects.filter(page=step.pk).count() == 50


def test_an_older_state_comes_back_and_none_is_lost(client, author, step):
    with look(system("test")):
        former, body = now(step).latest_revision_id, write.body_of(now(step))
    arrange(as_(client, author), step, "callout", "remove")
    states = client.get(url("states", step))
    assert former in [one.pk for one in states.context["states"]]
    client.post(url("states", step), {"stand": former})
    with look(system("test")):
        assert write.body_of(now(step)) == body
