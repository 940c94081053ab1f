"""Cleaning by semantics: what of a content may be played (the rules of H5PContentValidator)."""

import json

import pytest
from hypothesis import given

from h5p_lite.core.semantics import clean, defaults, parse_semantics, with_value
from h5p_samples.laws import examples
from h5p_samples.semantics import (
    BOX,
    CARD,
    CONTENT,
    FIELDS,
    FILES,
    ID,
    anything,
    card,
    libraries,
    libraries_with_content,
)

quick = examples(200)


def cleaned(fields, params):
    return clean(fields, params, libraries=libraries, files=FILES)


def kept(value, **field):
    """What is left of a value in a field of this kind; "gone" if nothing."""
    fields = parse_semantics([{"name": "a", **field}])
    return cleaned(fields, {"a": value}).get("a", "gone")


# --- laws ----------------------------------------------------------------------------------------------------------


def test_a_clean_content_stays_as_it_is():
    assert cleaned(FIELDS, CONTENT) == CONTENT | {"zones": ["0", "1"]}


def test_a_new_content_is_clean():
    params = defaults(FIELDS, libraries=libraries)
    assert cleaned(FIELDS, params) == params


@quick
@given(libraries_with_content())
def test_cleaning_twice_changes_nothing_more(sample):
    fields, params = sample
    once = cleaned(fields, params)
    assert json.dumps(cleaned(fields, once)) == json.dumps(once)


@quick
@given(anything)
def test_anything_can_be_cleaned_and_written_to_the_database(params):
    for value in (params, dict.fromkeys(CONTENT, params)):
        text = json.dumps(cleaned(FIELDS, value), ensure_ascii=False, allow_nan=False)
        assert "\0" not in text
        text.encode()


def test_sub_content_without_end_is_cut_off():
    deep = {"library": str(BOX), "params": {}}
    for _ in range(200):
        deep = {"library": str(BOX), "params": {"cards": [deep]}}
    assert cleaned(FIELDS, {"parts": [deep]}) == {"parts": [{"library": str(BOX), "params": {}}]}


# --- plain text ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Tom & Jerry", "Tom &amp; Jerry"),
        ("Tom &amp; Jerry &#39;", "Tom &amp; Jerry &#39;"),
        ("<b onclick='x'>", "&lt;b onclick=&#039;x&#039;&gt;"),
        ('"', "&quot;"),
        ("a\0b\ud800", "ab"),
        (3, ""),
        (["x"], ""),
    ],
)
def test_text_without_tags_is_escaped_once(text, left):
    assert kept(text, type="text") == left


def test_text_is_cut_to_its_length_without_cutting_a_reference():
    assert kept("a & b", type="text", maxLength=3) == "a &amp;"
    assert (
        kept("<p>abcd <strong>e</strong></p>", type="text", tags=["strong"], maxLength=3) == "abc"
    )
    assert kept("<p>abc</p>", type="text", tags=[], maxLength=3) == "<p>abc</p>"


def test_text_of_the_wrong_form_is_emptied():
    link = {"type": "text", "regexp": {"pattern": "^https?://.+", "modifiers": "i"}}
    assert kept("HTTP://example.org/?a=1&b=2", **link) == "HTTP://example.org/?a=1&amp;b=2"
    assert kept("javascript:x", **link) == ""
    assert kept("", **link, optional=True) == ""


@pytest.mark.parametrize("pattern", ["(", "(?<x>a)", "a{99999999999}", "[[a]"])
def test_a_pattern_that_is_none_forbids_nothing(pattern):
    assert kept("a", type="text", regexp={"pattern": pattern}) == "a"


# --- text with tags ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        ("<p>a <strong>b</strong></p>\n", "<p>a <strong>b</strong></p>\n"),
        ("<p>a <em>b</em></p>", "<p>a b</p>"),
        ("<script>alert(1)</script><p>a</p>", "<p>a</p>"),
        ('<p onclick="x" class="c" style="position:fixed">a</p>', '<p class="c">a</p>'),
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ('<a href="https://example.org/" target="_blank">a</a>', '<a href="https://example.org/" target="_blank">a</a>'),
        ("<p>offen", "<p>offen</p>"),
        ("<!-- x -->a", "a"),
        ("<svg><style><img src=x onerror=y></style></svg>", ""),
        ("a < b & c", "a &lt; b &amp; c"),
    ],
)  # fmt: skip
def test_text_with_tags_keeps_only_those(markup, left):
    assert kept(markup, type="text", tags=["strong", "a", "script"]) == left


@pytest.mark.parametrize(
    ("asked", "markup"),
    [
        ("table", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ("b", "<strong>a</strong>"),
        ("i", "<em>a</em>"),
        ("ul", "<ul><li>a</li></ul>"),
        ("ol", "<ol><li>a</li></ol>"),
        ("del", "<s>a</s>"),
        ("strike", "<s>a</s>"),
        ("h2", "<div><span>a</span><br></div>"),
    ],
)
def test_some_tags_bring_others_with_them(asked, markup):
    assert kept(markup, type="text", tags=[asked]) == markup


@pytest.mark.parametrize(
    ("style", "left", "more"),
    [
        ("text-align: right", "text-align: right;", {}),
        ("text-align:center;color:red", "text-align:center;", {}),
        ("color: #ff0000", "", {}),
        ("color: #ff0000;", "color: #ff0000;", {"font": {"color": True}}),
        ("color: hsl(0, 75%, 60%)", "color: hsl(0, 75%, 60%);", {"font": {"color": [{"css": "#f00"}]}}),
        ("color: url(x)", "", {"font": {"color": True}}),
        ("font-size: 1.5em; font-family: Arial, 'Times'", "font-size: 1.5em;", {"font": {"size": True}}),
        ("background-color:#fff;line-height:2;letter-spacing:1px", "background-color:#fff;line-height:2;letter-spacing:1px;",
         {"font": {"background": True, "height": True, "spacing": True}}),
        ("border: 1px solid #000;width: 50%", "border: 1px solid #000;width: 50%;", {"tags": ["table"]}),
        ("width: 50%", "", {}),
    ],
)  # fmt: skip
def test_styles_are_those_that_the_field_allows(style, left, more):
    field = {"type": "text", "tags": []} | more
    wanted = f'<p style="{left}">a</p>' if left else "<p>a</p>"
    assert kept(f'<p style="{style}">a</p>', **field) == wanted


def test_a_style_on_another_tag_is_taken_away():
    assert (
        kept('<strong style="text-align: left">a</strong>', type="text", tags=["strong"])
        == "<strong>a</strong>"
    )


def test_what_a_removed_tag_held_together_is_read_again():
    assert (
        kept("<p><button><p>a</p></button></p>", type="text", tags=[]) == "<p></p><p>a</p><p></p>"
    )


def test_absurd_texts_with_tags_take_no_time():
    assert kept("<div>" * 1000, type="text", tags=[]) == "&lt;div&gt;" * 1000
    assert kept("<br>" * 1000, type="text", tags=[]) == "<br>" * 1000
    assert kept("<div>" * 1_000_000, type="text", tags=[]) == ""
    assert kept("&" * 99_999, type="text", tags=[]) == ""


# --- numbers, booleans, selects ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "left", "more"),
    [
        (5, 5, {}),
        (5.0, 5.0, {}),
        ("5.5", 5.5, {}),
        ("fünf", 0, {}),
        (True, 0, {}),
        (float("nan"), 0, {}),
        (float("inf"), 0, {}),
        (-1, 0, {"min": 0}),
        ("x", 2, {"min": 2}),
        (101, 100, {"max": 100}),
        (7, 5, {"step": 5}),
        (8, 6, {"min": 1, "step": 5}),
        (0.3, 0.3, {"step": 0.1}),
        (0.35, 0.3, {"step": 0.1}),
        (1.26, 1.3, {"decimals": 1}),
        (2.0, 2.0, {"decimals": 0}),
        (2.6, 3, {"decimals": 0}),
        (1e300, 1e300, {"step": 5}),
        ("1e999", 0, {}),
    ],
)
def test_numbers_are_made_to_fit(value, left, more):
    assert repr(kept(value, type="number", **more)) == repr(left)


@pytest.mark.parametrize(
    ("value", "left"), [(True, True), (0, False), ("true", True), ("x", False), ([], False)]
)
def test_booleans_become_booleans(value, left):
    assert kept(value, type="boolean") is left


OPTIONS = {"type": "select", "options": [{"value": "a"}, {"value": 1}, {"value": "b & c"}, {"label": "no value"}]}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "left", "more"),
    [
        ("a", "a", {}),
        (1, 1, {}),
        ("1", "a", {}),
        (True, "a", {}),
        ("b &amp; c", "b & c", {}),
        ("gone", "a", {}),
        ("gone", "gone", {"options": []}),
        ("<x>", "&lt;x&gt;", {"options": []}),
        ("gone", "gone-", {"optional": True}),
        (["a", "x"], "a", {}),
        (["a", "x", 1], ["a", 1], {"multiple": True}),
        ("a", ["a"], {"multiple": True}),
    ],
)
def test_only_what_is_offered_can_be_selected(value, left, more):
    wanted = "gone" if left == "gone-" else left
    assert repr(kept(value, **OPTIONS | more)) == repr(wanted)


# --- lists and groups ----------------------------------------------------------------------------------------------

WORDS = {"type": "list", "field": {"name": "x", "type": "text"}}


def test_lists_end_at_their_limit_and_empty_ones_are_left_out():
    assert kept(["a", "b", "c"], **WORDS, max=2) == ["a", "b"]
    assert kept([], **WORDS) == kept({"0": "a"}, **WORDS) == kept("a", **WORDS) == "gone"


def test_items_that_cannot_stay_leave_no_gap():
    files = {"type": "list", "field": {"name": "x", "type": "file"}}
    assert kept([{"path": "gone"}, {"path": "files/a.pdf"}], **files) == [{"path": "files/a.pdf"}]


def test_unknown_keys_are_taken_away():
    assert cleaned(FIELDS, {"unknown": 1, "odd": 2, "title": "x"}) == {"title": "x"}


def test_a_group_with_one_field_is_that_field():
    group = {"type": "group", "fields": [{"name": "x", "type": "number"}]}
    assert kept("3", **group) == 3
    assert kept({"x": "3"}, **group, isSubContent=True) == {"x": 3}


def test_sub_content_groups_keep_a_good_id():
    group = {"type": "group", "fields": [{"name": "x", "type": "number"}], "isSubContent": True}
    assert kept({"subContentId": ID}, **group) == {"subContentId": ID}
    assert kept({"subContentId": "<x>"}, **group) == {}


def test_php_writes_an_empty_object_as_a_list():
    group = {
        "type": "group",
        "fields": [{"name": "x", "type": "text"}, {"name": "y", "type": "text"}],
    }
    assert kept([], **group) == {}
    assert kept("x", **group) == "gone"


# --- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("images/cat.png", "images/cat.png"),
        ("images/cat.png#tmp", "images/cat.png"),
        ("../../content/12/images/cat.png", "images/cat.png"),
        ("../12/images/cat.png", "images/cat.png"),
        ("../../secret.txt", None),
        ("/etc/passwd", None),
        ("https://example.org/cat.png", None),
        ("images/dog.png", None),
        (3, None),
    ],
)
def test_a_file_is_one_of_the_contents_own(path, left):
    wanted = {"path": left} if left else "gone"
    assert kept({"path": path}, type="image") == wanted


def test_what_is_no_quality_is_taken_away():
    film = {"path": "audios/meow.mp3", "bitrate": 64.5, "codecs": "<x>"}
    good = {"level": "2", "label": "<x>", "more": 1}
    clean_film = film | {"bitrate": 64, "codecs": "&lt;x&gt;"}
    assert kept([film | {"quality": good}], type="video") == [
        clean_film | {"quality": {"level": 2, "label": "&lt;x&gt;"}}
    ]
    for bad in ({"level": 1}, {"label": "x"}, "x"):
        assert kept([film | {"quality": bad}], type="video") == [clean_film]


def test_what_a_library_adds_to_a_file_has_an_end():
    deep = more = {}
    for _ in range(20):
        more["x"] = more = {}
    value = {"path": "images/cat.png", "more": deep}
    assert json.dumps(kept(value, type="image", extraAttributes=["more"])).count("x") == 8


def test_a_film_may_be_an_address():
    film = {"path": "https://www.youtube.com/watch?v=1&t=2", "mime": "video/YouTube"}
    assert kept([film, {"path": "javascript:x"}], type="video") == [
        film | {"path": film["path"].replace("&", "&amp;")}
    ]


def test_only_known_keys_of_a_file_stay():
    value = {
        "path": "images/cat.png",
        "mime": 'image/"png',
        "width": "640",
        "height": "tall",
        "quality": {"level": 1, "label": "x"},
        "originalImage": "../../x",
        "evil": "<x>",
        "extra": {"<k>": ["<v>", float("inf")]},
        "copyright": {"author": "<b>", "license": "none", "source": "javascript:x", "evil": 1},
    }
    assert kept(value, type="image", extraAttributes=["extra"]) == {
        "path": "images/cat.png",
        "mime": "image/&quot;png",
        "width": 640,
        "extra": {"&lt;k&gt;": ["&lt;v&gt;"]},
        "copyright": {"author": "&lt;b&gt;", "license": "U", "source": ""},
    }


# --- sub-content ---------------------------------------------------------------------------------------------------


def test_sub_content_is_cleaned_by_its_own_semantics():
    value = card("<x>") | {
        "evil": 1,
        "subContentId": "no id",
        "metadata": {"title": "<t>", "evil": 1, "yearFrom": "1999"},
    }
    assert cleaned(FIELDS, {"media": value}) == {
        "media": {
            "library": str(CARD),
            "params": {"front": "&lt;x&gt;"},
            "metadata": {"title": "&lt;t&gt;", "yearFrom": 1999},
        }
    }


@pytest.mark.parametrize("name", [str(BOX), "Test.Card 1.1", "Test.Card", "", None, 3])
def test_sub_content_of_another_kind_is_taken_away(name):
    assert cleaned(FIELDS, {"media": card("x") | {"library": name}}) == {}


def test_sub_content_of_a_library_that_is_not_installed_is_taken_away():
    assert kept({"library": "Test.Gone 1.0", "params": {}}, type="library") == "gone"


def test_cleaning_goes_all_the_way_down():
    path = ("parts", 1, "params", "cards", 0, "params", "front")
    dirty = with_value(CONTENT, path, "<script>")
    assert cleaned(FIELDS, dirty) == with_value(CONTENT, path, "&lt;script&gt;")
