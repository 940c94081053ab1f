"""The buttons of a form, the pages of sub-content, and how places are written down."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from h5p_lite.core.semantics import (
    apply,
    crumbs,
    dom_id,
    inside,
    parse_semantics,
    read_path,
    sub_content,
    with_sub_content,
    written_path,
)
from tests.h5p_samples.semantics import (
    BOX,
    CARD,
    CONTENT,
    FIELDS,
    ID,
    card,
    libraries,
    libraries_with_content,
)
from tests.support.h5p_pages import render
from tests.support.laws import examples

slow = examples(60)

# --- buttons -------------------------------------------------------------------------------------------------------


def pressed(do, params):
    return apply(do, FIELDS, params, libraries=libraries, new_id=lambda: ID)


def test_an_item_is_added_up_to_the_limit():
    done = pressed("add:answers", {"answers": [{"text": "a"}, {"text": "b"}]})
    assert done == (
        {"answers": [{"text": "a"}, {"text": "b"}, {"correct": False}]},
        ("answers", 2),
        "add",
    )
    assert pressed("add:answers", done.params).params == done.params


def test_the_first_item_of_an_absent_list_is_added():
    assert pressed("add:parts", {}) == ({"parts": [{}]}, ("parts", 0), "add")


def test_items_move_and_the_focus_goes_with_them():
    params = {"answers": [{"text": "a"}, {"text": "b"}]}
    turned = {"answers": [{"text": "b"}, {"text": "a"}]}
    assert pressed("down:answers/0", params) == (turned, ("answers", 1), "down")
    assert pressed("up:answers/1", params) == (turned, ("answers", 0), "up")
    assert pressed("up:answers/0", params) == (params, ("answers", 0), "")


def test_an_item_is_deleted_down_to_the_limit():
    done = pressed("delete:answers/1", {"answers": [{"text": "a"}, {"text": "b"}]})
    assert done == ({"answers": [{"text": "a"}]}, ("answers", 0), "delete")
    assert pressed("delete:answers/0", done.params).params == done.params


def test_a_file_is_taken_away():
    done = pressed("remove:picture", CONTENT)
    assert done.params == {key: value for key, value in CONTENT.items() if key != "picture"}


@pytest.mark.parametrize("do", ["open:parts/0", "choose:picture"])
def test_some_buttons_lead_elsewhere(do):
    verb, _, place = do.partition(":")
    assert pressed(do, CONTENT) == (CONTENT, read_path(place), verb)


@pytest.mark.parametrize("do", ["", "save", "add", "add:", "add:title", "delete:answers", "up:answers/9", "down:title/0",
                                "explode:answers", "remove:title", "open:nowhere/3", "delete:answers/x", "add:answers/0/0"])  # fmt: skip
def test_a_button_that_does_not_exist_does_nothing(do):
    assert pressed(do, CONTENT).params == CONTENT


@slow
@given(libraries_with_content(), st.data())
def test_every_button_of_a_page_can_be_pressed(sample, data):
    fields, params = sample
    buttons = re.findall(r'name="do" value="([^"]*)"', render(fields, params))
    do = data.draw(st.sampled_from(buttons)).replace("&amp;", "&")
    done = apply(do, fields, params, libraries=libraries)
    assert done.verb == ("" if do == "save" else do.partition(":")[0])
    render(fields, done.params)


# --- pages of sub-content ------------------------------------------------------------------------------------------


def test_sub_content_is_taken_out_and_put_back():
    at = ("parts", 1, "params", "cards", 0)
    found = sub_content(CONTENT, at)
    assert found == (CARD, {"front": "Zwei"}, {"title": "Zwei"})
    assert with_sub_content(CONTENT, at, found.params) == CONTENT
    changed_ = with_sub_content(CONTENT, at, {"front": "Drei"}, metadata={"title": "Drei"})
    assert sub_content(changed_, at) == (CARD, {"front": "Drei"}, {"title": "Drei"})
    assert changed_["parts"][0] == CONTENT["parts"][0]


def test_there_is_no_sub_content_elsewhere():
    assert sub_content(CONTENT, ("title",)) is None
    assert sub_content(CONTENT, ("parts", 7)) is None
    with pytest.raises(LookupError):
        with_sub_content(CONTENT, ("parts", 7), {})


def test_crumbs_lead_from_the_outermost_to_the_innermost():
    found = crumbs(FIELDS, CONTENT, ("parts", 1, "params", "cards", 0), libraries)
    assert found == (
        (("parts", 1), "Part", 2, "Zwei"),
        (("parts", 1, "params", "cards", 0), "card", 1, "Zwei"),
    )


def test_crumbs_without_a_list_have_no_number():
    found = crumbs(FIELDS, CONTENT, ("media", "params", "front"), libraries)
    assert found == ((("media",), "Type", None, "Katze"),)
    deeper = {"parts": [{"library": str(BOX), "params": {"in": card("x")}}]}
    raw = [{"name": "in", "type": "library", "options": [str(CARD)]}, {"name": "t", "type": "text"}]
    inner = parse_semantics(raw)
    found = crumbs(FIELDS, deeper, ("parts", 0, "params", "in"), lambda name: inner)
    assert [(crumb.label, crumb.number) for crumb in found] == [("Part", 1), ("in", None)]


def test_a_path_on_a_page_becomes_a_path_in_the_content():
    assert inside((), ("title",)) == ("title",)
    assert inside(("parts", 0), ("front",)) == ("parts", 0, "params", "front")


steps = st.one_of(st.integers(0, 999), st.text(alphabet="a0/~_- ä", max_size=4))


@given(st.lists(steps, max_size=5).map(tuple))
def test_a_written_path_is_read_again(path):
    assert read_path(written_path(path)) == path


@given(st.lists(steps, max_size=4).map(tuple), st.lists(steps, max_size=4).map(tuple))
def test_different_paths_have_different_ids(one, other):
    assert (dom_id(one) == dom_id(other)) == (one == other)
    assert re.fullmatch(r"f-[A-Za-z0-9_-]*", dom_id(one))
