"""Duplicate, copy, paste and undo: without a script, across activities, and under ids of their own."""

import pytest
from django.urls import reverse

from h5p_lite.models import Content
from providers.actions import join
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.support.h5p_desk import Desk, install_ours, newest, picture

PASTE = "Kopiertes einfügen"
GONE = "Das lässt sich hier nicht mehr einfügen."


@pytest.fixture
def ada(client, author, db):
    install_ours()
    client.force_login(author)
    return Desk(client)


@pytest.fixture
def sequence(ada):
    """One with a question and a card, and the page of its form."""

    def make(title="Neu"):
        page = ada.begin("LernHN.Sequence 1.0", title=title)
        page.sent["v/parts/0"] = ["LernHN.Quiz 1.0"]
        return page.then()

    return make


def ids(value):
    """Every subContentId in it."""
    if isinstance(value, dict):
        own = [value["subContentId"]] if "subContentId" in value else []
        return own + [found for inner in value.values() for found in ids(inner)]
    return [found for inner in value for found in ids(inner)] if isinstance(value, list) else []


def parts():
    return newest().params["parts"]


def kinds():
    return [part.get("library", "") for part in parts()]


def of(title):
    with look(system("test")):
        return Content.objects.get(title=title)


def test_a_row_is_doubled(sequence):
    sequence().then("double:parts/0")
    first, second = parts()
    assert kinds() == ["LernHN.Quiz 1.0"] * 2
    assert first["params"] == second["params"]
    assert len({*ids(newest().params)}) == len(ids(newest().params)) == 2


def test_a_part_is_copied_into_another_activity(ada, sequence):
    page = sequence("Eins").then("copy:parts/0")
    assert "Kopiert. Sie können es überall einfügen" in page.says
    source = ids(newest().params)
    there = sequence("Zwei")
    assert PASTE in there.says
    there = there.then("paste:parts")
    assert kinds() == ["LernHN.Quiz 1.0"] * 2
    assert not {*ids(newest().params)} & {*source}
    there.then("paste:parts")
    assert len({*ids(newest().params)}) == len(ids(newest().params)) == 3


def test_what_fits_nowhere_is_not_offered(ada, sequence):
    sequence().then("copy:parts/0")
    assert PASTE not in ada.begin("LernHN.Quiz 1.0", title="Quiz").says


def test_pictures_come_along_and_make_room_for_each_other(ada):
    def cards(title, colour):
        page = ada.begin("LernHN.Cards 1.0", title=title).fill(cards__0__term="T", cards__0__text="<p>T</p>")  # fmt: skip
        page.then()
        query = "?teil=&feld=cards/0/image"
        photo = picture("PNG", (40 + colour, 30))
        answer = ada.upload("media", of(title).pk, query=query, name="a.png", content=photo)
        assert answer.status_code == 302
        return ada.edit(of(title))

    cards("Eins", 1).then("copy:cards/0")
    cards("Zwei", 2).then("paste:cards")
    paths = [card["image"]["path"] for card in newest().params["cards"] if "image" in card]
    assert paths == ["images/a.png", "images/a-2.png"]
    files = newest().files
    assert len({files[path]["sha256"] for path in paths}) == 2


# --- states --------------------------------------------------------------------------------------------------------


def test_who_writes_there_no_more_pastes_nothing(ada, sequence, author, house):
    sequence("Eins").then("copy:parts/0")
    other = factories.make_provider("nachbar")
    with look(system("test")):
        join(author, other, "author")
    there = ada.begin("LernHN.Sequence 1.0", title="Zwei", provider=str(other.pk))
    there.sent["v/parts/0"] = ["LernHN.Cards 1.0"]
    there = there.then()
    assert PASTE in there.says
    with look(system("test")):
        Membership.objects.filter(provider=house, person=author).delete()
    assert GONE in there.then("paste:parts").says
    assert kinds() == ["LernHN.Cards 1.0"]
    assert PASTE not in ada.edit(of("Zwei")).says


@pytest.mark.parametrize("cookie", ["", "x", "WzEsIjEiLCJwYXJ0cy8wIl0:x:y"])
def test_a_cookie_of_somebody_else_is_no_copy(ada, sequence, cookie):
    page = sequence().then("copy:parts/0")
    ada.client.cookies["h5p_copied"] = cookie
    assert GONE in page.then("paste:parts").says
    assert kinds() == ["LernHN.Quiz 1.0"]


def test_a_copy_stays_what_it_was_when_its_source_changes(ada, sequence):
    page = sequence("Eins").then("copy:parts/0")
    page.sent["v/parts/0"] = ["LernHN.Cards 1.0"]
    page.then()
    sequence("Zwei").then("paste:parts")
    assert kinds() == ["LernHN.Quiz 1.0"] * 2


def test_a_row_that_is_gone_is_not_doubled(sequence):
    page = sequence()
    assert page.press("double:parts/9").status_code == 302
    assert kinds() == ["LernHN.Quiz 1.0"]


# --- undo ----------------------------------------------------------------------------------------------------------


def test_the_last_change_is_taken_back_and_done_again(sequence):
    page = sequence().then("double:parts/0")
    page = page.then("undo")
    assert "Zurückgenommen." in page.says
    assert kinds() == ["LernHN.Quiz 1.0"]
    assert "Doch wieder so wie zuvor" in page.says
    page.then("undo")
    assert kinds() == ["LernHN.Quiz 1.0"] * 2


def test_what_was_typed_is_taken_back_first_and_kept_among_the_revisions(ada, sequence):
    page = sequence()
    page.fill(intro="<p>Getippt</p>").then("undo")
    assert "intro" not in newest().params or "Getippt" not in newest().params["intro"]
    with look(system("test")):
        said = [one.params.get("intro", "") for one in of("Neu").revisions.order_by("number")]
    assert "<p>Getippt</p>" in said


def test_a_page_of_a_part_that_is_gone_leads_to_the_whole(ada, sequence):
    page = sequence().then("double:parts/0")
    part = page.then("open:parts/1")
    assert "teil=" in part.address
    assert "teil=" not in part.then("undo").address


def test_at_its_beginning_there_is_nothing_to_take_back(ada):
    page = ada.begin("LernHN.Quiz 1.0", title="Leer")
    assert "zurücknehmen" not in page.says
    page.then("undo")
    assert newest().number == 1


# --- a whole activity ----------------------------------------------------------------------------------------------


def test_an_activity_is_doubled(ada, sequence):
    sequence("Eins")
    answer = ada.post("double", of("Eins").pk)
    copy = of("Eins (Kopie)")
    assert answer.url == reverse("activities:edit", args=[copy.pk])
    with look(system("test")):
        source = of("Eins").newest
        assert (copy.owner_id, copy.language) == (of("Eins").owner_id, "de")
        assert copy.newest.files == source.files
        assert not {*ids(copy.newest.params)} & {*ids(source.params)}


def test_a_long_title_has_room_for_its_ending(ada):
    ada.begin("LernHN.Quiz 1.0", title="x" * 255)
    ada.post("double", of("x" * 255).pk)
    assert of("x" * 240 + " (Kopie)")
