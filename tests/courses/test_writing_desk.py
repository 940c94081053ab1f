"""The writing desk: what is written is stored at once, finished or not, and nothing of a colleague's is overwritten."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from courses.actions import write
from courses.models import LessonPage, WritingAct
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.courses.test_half_finished import WHOLE
from tests.factories import block
from tests.support import samples
from tests.support.desk import address, as_, ticked
from tests.support.writing import arrange, form, kinds, now, raw, url, written

TEXT = '<p data-block-key="aaaaa">Ein Satz.</p>'


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=2, title="Fotos ordnen")


@pytest.fixture
def step(course):
    """A step with one block of every kind."""
    return written(course, WHOLE)


def test_the_sheet_shows_every_block_as_learners_get_it(client, author, step):
    page = as_(client, author).get(url("step", step))
    assert [one.kind for one in page.context["blocks"]] == [*WHOLE]
    assert "Ein Satz." in page.text
    assert ("Abhaken" in page.text, "Haken wegnehmen" in page.text) == (True, False)
    assert '<form method="post" action="antwort/' not in page.text  # nothing of a learner's is sent


@pytest.mark.parametrize("kind", WHOLE)
def test_every_kind_of_block_has_a_form_that_stores_what_was_there(client, author, step, kind):
    before = raw(step, kind)
    at, data = form(step, kind)
    assert as_(client, author).get(at).status_code == 200
    assert client.post(at, data).url == f"{url('step', step)}#block-{before['id']}"
    assert raw(step, kind) == before


@pytest.mark.parametrize("kind", WHOLE)
def test_every_kind_of_block_can_be_inserted_and_saved_empty(client, author, step, kind):
    as_(client, author)
    made = client.post(url("add", step), {"kind": kind, "nach": ""})
    assert client.get(made.url).status_code == 200
    assert kinds(step)[0] == kind
    assert client.get(url("step", step)).context["blocks"][0].missing


def test_a_text_is_written_in_a_plain_field(client, author, step):
    at, data = form(step, "text")
    del data["v-html"]
    as_(client, author).post(at, data | {"v": ["## Oben\r\n\r\nEin **fetter** Satz."]})
    assert raw(step, "text")["value"].startswith("<h2 data-block-key=")
    assert "<b>fetter</b>" in raw(step, "text")["value"]


def test_nothing_that_is_pasted_runs(client, author, step):
    at, data = form(
        step,
        "text",
        **{"v-html": "<p onclick=x()>a<script>alert(1)</script><img src=x onerror=y></p>"},
    )
    as_(client, author).post(at, data)
    stored = raw(step, "text")["value"]
    assert stored.endswith(">a</p>")
    assert "script" not in stored


def test_the_script_hears_when_it_was_saved(client, author, step):
    at, data = form(step, "callout", **{"v-title": ""})
    answer = as_(client, author).post(at, data, headers={"X-Desk": "part"}).json()
    assert answer["says"] == f"Gespeichert um {timezone.localtime():%H:%M}"
    assert answer["missing"] == ["Fehlt noch: Überschrift"]
    assert answer["base"] == write.fingerprint(raw(step, "callout"))


def test_one_authors_acts_go_into_one_draft_for_ten_minutes(client, author, step):
    as_(client, author)
    first = now(step).latest_revision_id
    for title in ("a", "b"):
        at, data = form(step, "callout", **{"v-title": title})
        client.post(at, data)
    second = now(step).latest_revision_id
    assert second != first
    with look(system("test")):
        long_ago = timezone.now() - timedelta(minutes=11)
        WritingAct.objects.update(begun_at=long_ago)
    at, data = form(step, "callout", **{"v-title": "c"})
    client.post(at, data)
    assert now(step).latest_revision_id not in (first, second)


def test_what_is_handed_in_is_not_written_over(client, author, course, step):
    as_(client, author)
    at, data = form(step, "callout", **{"v-title": "a"})
    client.post(at, data)
    shown = now(step).latest_revision_id
    with look(system("test")):
        write_review(course, author)
    at, data = form(step, "callout", **{"v-title": "b"})
    client.post(at, data)
    assert now(step).latest_revision_id != shown


def test_what_was_written_after_the_reviewer_looked_is_not_published_unseen(
    client, author, reviewer, course, step
):
    whole = block("text", TEXT)
    with look(system("test")):
        page = now(step)
        page.body = [whole]
        page.save_revision(user=author, clean=False)
        write.write_block(page, whole["id"], lambda _: ("text", "<p>Eins</p>"), base="", by=author)
    shown = ticked(as_(client, reviewer), course)
    with look(system("test")):
        write.write_block(page, whole["id"], lambda _: ("text", "<p>Zwei</p>"), base="", by=author)
    refused = client.post(address("publish", course), shown)
    assert refused.status_code == 400
    assert "Inzwischen hat jemand daran geschrieben" in refused.text


def write_review(course, author):
    from courses.actions import ask_for_review

    return ask_for_review(course, words="", by=author)


def test_a_picture_is_brought_and_asks_what_one_sees(client, author, step):
    at, data = form(step, "image")
    upload = SimpleUploadedFile("IMG_4711.jpg", samples.photo())
    assert as_(client, author).post(at, data | {"v-image-neu": upload}).status_code == 302
    value = raw(step, "image")["value"]["image"]
    assert value["image"] is not None
    assert (value["alt_text"], value["decorative"]) == ("", False)  # the file's name is no proposal
    shown = client.get(url("step", step)).context["blocks"]
    assert next(one for one in shown if one.kind == "image").missing
    at, data = form(step, "image", **{"v-image-alt": "Ein Schloss an einer Tür"})
    client.post(at, data)
    shown = client.get(url("step", step)).context["blocks"]
    assert not next(one for one in shown if one.kind == "image").missing


def test_a_file_that_is_not_what_it_says_is_refused_with_the_reason(client, author, step):
    at, data = form(step, "image", **{"v-caption": "Meine Worte"})
    upload = SimpleUploadedFile("bild.jpg", b"no picture at all")
    refused = as_(client, author).post(at, data | {"v-image-neu": upload})
    assert refused.status_code == 400
    assert refused.context["wrong"]["v-image"]
    assert raw(step, "image")["value"]["caption"] == "Meine Worte"  # what was typed is stored


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
    at, mine = form(step, "callout", **{"v-title": "Von Ada"})
    page = as_(client, author).get(url("step", step))
    assert "Hier können Sie gerade nicht schreiben" in page.text
    lost = client.post(at, mine)
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


# --- many blocks -------------------------------------------------------------------------------------------------------


def of_many(step, count):
    """The step with `count` blocks: texts, key sentences, questions."""
    three = [WHOLE["text"], WHOLE["callout"], WHOLE["single_choice"]]
    kinds_of = ["text", "callout", "single_choice"]
    with look(system("test")):
        page = now(step)
        page.body = [block(kinds_of[n % 3], three[n % 3]) for n in range(count)]
        page.save_revision(clean=False)


def test_opening_and_saving_ask_the_same_however_long_the_step(
    client, author, step, django_assert_max_num_queries
):
    as_(client, author)
    counts = []
    for many in (3, 40):
        of_many(step, many)
        client.get(url("step", step))
        with django_assert_max_num_queries(24) as opening:
            client.get(url("step", step))
        at, data = form(step, "callout", **{"v-title": f"Titel {many}"})
        client.post(at, data)
        at, data = form(step, "callout", **{"v-title": f"Neuer Titel {many}"})
        with django_assert_max_num_queries(32) as saving:
            client.post(at, data, headers={"X-Desk": "part"})
        counts.append((len(opening), len(saving)))
    assert counts[0] == counts[1]
