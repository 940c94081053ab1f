"""The writing desk: what is written is stored at once, finished or not, and nothing of a colleague's is overwritten."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses import block_forms
from courses.actions import write
from courses.models import LessonPage, WritingAct
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.courses.test_block_forms import sent
from tests.courses.test_half_finished import WHOLE
from tests.factories import block
from tests.support.desk import as_

TEXT = '<p data-block-key="aaaaa">Ein Satz.</p>'


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=2, title="Fotos ordnen")


@pytest.fixture
def step(course):
    """A step with one block of every kind."""
    with look(system("test")):
        lesson = course.lessons().first()
        lesson.body = [block(kind, value) for kind, value in WHOLE.items()]
        lesson.save_revision(clean=False)
        return lesson


def now(step) -> LessonPage:
    with look(system("test")):
        return LessonPage.objects.get(pk=step.pk).get_latest_revision_as_object()


def raw(step, kind):
    with look(system("test")):
        return next(one for one in write.body_of(now(step)) if one["type"] == kind)


def url(name, step, *more):
    return reverse(f"writing:{name}", args=[step.pk, *more])


def form(step, kind, **changes):
    """The form of the first block of a kind, as it is shown, with some changes."""
    one = raw(step, kind)
    data = sent(block_forms.form_of(kind, one["value"])) | {"base": [write.fingerprint(one)]}
    return url("block", step, one["id"]), data | {n: [v] for n, v in changes.items()}


def kinds(step):
    with look(system("test")):
        return [one["type"] for one in write.body_of(now(step))]


def test_the_sheet_shows_every_block_as_learners_get_it(client, author, step):
    page = as_(client, author).get(url("step", step))
    assert [one.kind for one in page.context["blocks"]] == [*WHOLE]
    assert "Ein Satz." in page.text
    assert '<form method="post" action="antwort/' not in page.text  # nothing of a learner's is sent


@pytest.mark.parametrize("kind", WHOLE)
def test_every_kind_of_block_has_a_form_that_stores_what_was_there(client, author, step, kind):
    before = raw(step, kind)
    address, data = form(step, kind)
    assert as_(client, author).get(address).status_code == 200
    assert client.post(address, data).url == f"{url('step', step)}#block-{before['id']}"
    assert raw(step, kind) == before


@pytest.mark.parametrize("kind", WHOLE)
def test_every_kind_of_block_can_be_inserted_and_saved_empty(client, author, step, kind):
    as_(client, author)
    made = client.post(url("add", step), {"kind": kind, "nach": ""})
    assert client.get(made.url).status_code == 200
    assert kinds(step)[0] == kind
    assert client.get(url("step", step)).context["blocks"][0].missing


def test_a_text_is_written_in_a_plain_field(client, author, step):
    address, data = form(step, "text")
    del data["v-html"]
    as_(client, author).post(address, data | {"v": ["## Oben\r\n\r\nEin **fetter** Satz."]})
    assert raw(step, "text")["value"].startswith("<h2 data-block-key=")
    assert "<b>fetter</b>" in raw(step, "text")["value"]


def test_nothing_that_is_pasted_runs(client, author, step):
    address, data = form(
        step,
        "text",
        **{"v-html": "<p onclick=x()>a<script>alert(1)</script><img src=x onerror=y></p>"},
    )
    as_(client, author).post(address, data)
    stored = raw(step, "text")["value"]
    assert stored.endswith(">a</p>")
    assert "script" not in stored


def test_the_script_hears_when_it_was_saved(client, author, step):
    address, data = form(step, "callout", **{"v-title": ""})
    answer = as_(client, author).post(address, data, headers={"X-Desk": "part"}).json()
    assert answer["says"] == f"Gespeichert um {timezone.localtime():%H:%M}"
    assert answer["missing"] == ["Fehlt noch: Überschrift"]
    assert answer["base"] == write.fingerprint(raw(step, "callout"))


def test_one_authors_acts_go_into_one_draft_for_ten_minutes(client, author, step):
    as_(client, author)
    first = now(step).latest_revision_id
    for title in ("a", "b"):
        address, data = form(step, "callout", **{"v-title": title})
        client.post(address, data)
    second = now(step).latest_revision_id
    assert second != first
    with look(system("test")):
        long_ago = timezone.now() - timedelta(minutes=11)
        WritingAct.objects.update(begun_at=long_ago)
    address, data = form(step, "callout", **{"v-title": "c"})
    client.post(address, data)
    assert now(step).latest_revision_id not in (first, second)


def test_what_is_handed_in_is_not_written_over(client, author, course, step):
    as_(client, author)
    address, data = form(step, "callout", **{"v-title": "a"})
    client.post(address, data)
    shown = now(step).latest_revision_id
    with look(system("test")):
        write_review(course, author)
    address, data = form(step, "callout", **{"v-title": "b"})
    client.post(address, data)
    assert now(step).latest_revision_id != shown


def write_review(course, author):
    from courses.actions import ask_for_review

    return ask_for_review(course, words="", by=author)


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
    address, mine = form(step, "callout", **{"v-title": "Von Ada"})
    _, theirs = form(step, "callout", **{"v-title": "Von Jonas"})
    as_(client, colleague).post(address, theirs)
    both = as_(client, author).post(address, mine)
    assert both.status_code == 409
    assert "Inzwischen hat Jonas Keller diesen Block geändert." in " ".join(both.text.split())
    assert "Von Ada" in both.text
    assert raw(step, "callout")["value"]["title"] == "Von Jonas"
    seen = both.context["their_base"]
    client.post(address, mine | {"base": [seen]})
    assert raw(step, "callout")["value"]["title"] == "Von Ada"


def test_both_can_be_kept(client, author, colleague, step):
    address, mine = form(step, "callout", **{"v-title": "Von Ada"})
    _, theirs = form(step, "callout", **{"v-title": "Von Jonas"})
    as_(client, colleague).post(address, theirs)
    as_(client, author).post(address, mine | {"behalten": ["beide"]})
    with look(system("test")):
        titles = [b["value"]["title"] for b in write.body_of(now(step)) if b["type"] == "callout"]
    assert titles == ["Von Jonas", "Von Ada"]


def test_a_block_that_was_deleted_meanwhile_gives_the_words_back(client, author, colleague, step):
    address, mine = form(step, "callout", **{"v-title": "Von Ada"})
    as_(client, colleague).post(f"{address}ordnen/", {"do": "remove"})
    lost = as_(client, author).post(address, mine)
    assert lost.status_code == 410
    assert "Von Ada" in lost.text


def test_sent_twice_is_stored_once(client, author, step):
    address, mine = form(step, "callout", **{"v-title": "Von Ada"})
    as_(client, author)
    assert [client.post(address, mine).status_code for _ in range(2)] == [302, 302]
    with look(system("test")):
        assert WritingAct.objects.count() == 1


def test_what_wagtails_editor_has_saved_meanwhile_stays(client, author, step):
    address, mine = form(step, "callout", **{"v-title": "Von Ada"})
    with look(system("test")):
        page = now(step)
        page.body = [*write.body_of(page), block("text", TEXT)]
        page.save_revision(clean=False)
    as_(client, author).post(address, mine)
    assert kinds(step) == [*WHOLE, "text"]
    assert raw(step, "callout")["value"]["title"] == "Von Ada"


def test_who_else_is_here_is_said(client, author, colleague, step):
    as_(client, colleague).get(url("step", step))
    assert "Auch hier: Jonas Keller" in " ".join(
        as_(client, author).get(url("step", step)).text.split()
    )


# --- ordering, undoing -------------------------------------------------------------------------------------------------


def arrange(client, step, kind, do, **more):
    return client.post(url("arrange", step, raw(step, kind)["id"]), {"do": do, **more})


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
    address, mine = form(step, "callout", **{"v-title": "Von Ada"})
    as_(client, author).post(address, mine)
    _, theirs = form(step, "callout", **{"v-title": "Von Jonas"})
    as_(client, colleague).post(address, theirs)
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


# --- the step itself ---------------------------------------------------------------------------------------------------


def test_a_step_is_named_and_a_new_one_begins(client, author, course, step):
    as_(client, author).post(
        url("name", step), {"titel": "Fotos finden", "minuten": "12", "offen": "1"}
    )
    page = now(step)
    assert (page.title, page.minutes, page.open) == ("Fotos finden", 12, True)
    begun = client.post(reverse("writing:begin", args=[course.pk]))
    assert client.get(begun.url).context["page"].title == "Ohne Namen"


def test_a_locked_step_can_be_read_and_not_written(client, author, owner, step):
    with look(system("test")):
        LessonPage.objects.filter(pk=step.pk).update(
            locked=True, locked_by=owner, locked_at=timezone.now()
        )
    address, mine = form(step, "callout", **{"v-title": "Von Ada"})
    page = as_(client, author).get(url("step", step))
    assert "Hier können Sie gerade nicht schreiben" in page.text
    lost = client.post(address, mine)
    assert (lost.status_code, "Von Ada" in lost.text) == (423, True)
    for name, more in (
        ("undo", {}),
        ("name", {"titel": "x"}),
        ("add", {"kind": "text", "nach": ""}),
    ):
        assert client.post(url(name, step), more, headers={"X-Desk": "part"}).status_code == 423


STATES = {
    "nobody": {"step": 302, "block": 302, "states": 302, "undo": 302},
    "stranger": {"step": 302, "block": 302, "states": 302, "undo": 302},
    "of another house": {"step": 404, "block": 404, "states": 404, "undo": 404},
    "tutor": {"step": 404, "block": 404, "states": 404, "undo": 404},
    "author": {"step": 200, "block": 200, "states": 200, "undo": 302},
    "reviewer": {"step": 200, "block": 200, "states": 200, "undo": 302},
}


@pytest.mark.parametrize("who", STATES)
def test_each_gets_their_answer(client, db, house, step, who):
    at = raw(step, "text")["id"]
    with look(system("test")):
        people = {
            "author": lambda: factories.make_member(house, Membership.Role.AUTHOR),
            "reviewer": lambda: factories.make_member(house, Membership.Role.REVIEWER),
            "tutor": lambda: factories.make_member(house, Membership.Role.TUTOR),
            "of another house": lambda: factories.make_member(
                factories.make_provider("nachbar"), Membership.Role.OWNER
            ),
        }
        person = people[who]() if who in people else None
    if person:
        client.force_login(person)
    got = {
        "step": client.get(url("step", step)).status_code,
        "block": client.get(url("block", step, at)).status_code,
        "states": client.get(url("states", step)).status_code,
        "undo": client.post(url("undo", step)).status_code,
    }
    assert got == STATES[who]


def test_what_is_gone_or_never_was_is_not_found(client, author, step):
    as_(client, author)
    nowhere = url("block", step, uuid.uuid4())
    assert client.get(nowhere).status_code == 404
    assert client.post(nowhere, {"v": "x"}).status_code == 410
    assert client.post(url("add", step), {"kind": "nonsense"}).status_code == 404
    assert client.post(url("states", step), {"stand": "x"}).status_code == 404
    assert arrange(client, step, "text", "nonsense").status_code == 404
    assert arrange(client, step, "text", "send", schritt="9" * 30).status_code == 404
