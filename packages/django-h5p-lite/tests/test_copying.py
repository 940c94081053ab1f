"""Copies have ids of their own, stand where they fit, and never more of them than a list may have."""

from itertools import count

import pytest

from h5p_lite.core.semantics import apply, fits, parse_semantics, with_new_ids

TRUE = {"library": "H5P.TrueFalse 1.8", "params": {"question": "?"}, "subContentId": "t"}
FIELDS = parse_semantics([
    {"name": "parts", "type": "list", "max": 3, "field": {"name": "part", "type": "library", "options": ["H5P.TrueFalse 1.8"]}},
    {"name": "rows", "type": "list", "field": {"name": "row", "type": "group", "isSubContent": True, "fields": [
        {"name": "word", "type": "text"}, {"name": "part", "type": "library", "options": ["H5P.TrueFalse 1.8"], "optional": True}]}},
    {"name": "one", "type": "library", "options": ["H5P.TrueFalse 1.8", "H5P.Blanks 1.14"]},
    {"name": "words", "type": "list", "max": 2, "field": {"name": "word", "type": "text"}},
])  # fmt: skip
ROW = {"word": "a", "part": TRUE, "subContentId": "r"}


def do(what, params, clip=None):
    ids = count(1)
    return apply(what, FIELDS, params, new_id=lambda: f"new {next(ids)}", clip=clip)


def test_every_id_inside_is_a_new_one():
    ids = count(1)
    copied = with_new_ids(ROW, lambda: f"{next(ids)}")
    assert copied == {"word": "a", "part": TRUE | {"subContentId": "1"}, "subContentId": "2"}
    assert ROW["subContentId"] == "r"


def test_a_row_is_doubled_below_itself():
    done = do("double:rows/0", {"rows": [ROW, {"word": "b"}]})
    copy = {"word": "a", "part": TRUE | {"subContentId": "new 1"}, "subContentId": "new 2"}
    assert done.params == {"rows": [ROW, copy, {"word": "b"}]}
    assert (done.focus, done.verb) == (("rows", 1), "double")
    assert do("double:words/0", {"words": ["a"]}).params == {"words": ["a", "a"]}


@pytest.mark.parametrize(
    "what", ["double:words/0", "double:words/9", "double:words", "double:", "paste:words"]
)
def test_what_is_full_or_not_there_is_not_doubled(what):
    params = {"words": ["a", "b"]}
    assert (do(what, params).params, do(what, params).verb) == (params, "")


@pytest.mark.parametrize(
    ("place", "params", "there"),
    [
        ("parts", {}, {"parts": [TRUE | {"subContentId": "new 1"}]}),
        ("one", {}, {"one": TRUE | {"subContentId": "new 1"}}),
        ("one", {"one": {}}, {"one": TRUE | {"subContentId": "new 1"}}),
        ("rows/0/part", {"rows": [{"word": "b"}]}, {"rows": [{"word": "b", "part": TRUE | {"subContentId": "new 1"}}]}),
    ],
)  # fmt: skip
def test_a_part_is_pasted_where_it_fits(place, params, there):
    assert do(f"paste:{place}", params, TRUE).params == there


@pytest.mark.parametrize(
    ("place", "params", "clip"),
    [
        ("one", {"one": TRUE}, TRUE), ("parts", {"parts": [TRUE] * 3}, TRUE), ("rows", {}, TRUE), ("parts", {}, ROW),
        ("parts", {}, {"library": "H5P.Blanks 1.14"}), ("rows", {}, {"other": 1}), ("rows", {}, {}), ("rows", {}, None),
        ("words", {}, ROW), ("nowhere", {}, TRUE), ("one", {}, "text"),
    ],
)  # fmt: skip
def test_nothing_is_pasted_where_it_does_not_fit(place, params, clip):
    done = do(f"paste:{place}", params, clip)
    assert (done.params, done.verb) == (params, "")


def test_a_row_fits_into_rows_with_the_same_fields():
    assert do("paste:rows", {"rows": []}, {"word": "b"}).params == {"rows": [{"word": "b"}]}
    assert not fits(None, ROW)
