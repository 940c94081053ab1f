"""Forms made from semantics: what the page shows comes back as it was, and the buttons do what they say."""

import re

import pytest
from hypothesis import given

from h5p_lite.core.names import Name
from h5p_lite.core.semantics import (
    defaults,
    form_for,
    parse_semantics,
    problems,
    problems_inside,
    read_form,
    with_value,
)
from tests.h5p_samples.semantics import (
    BOX,
    CARD,
    CONTENT,
    FIELDS,
    ID,
    INSTALLED,
    TITLES,
    card,
    libraries,
    libraries_with_content,
    words,
)
from tests.support.h5p_pages import Browser, changed, exact, render, rows
from tests.support.laws import examples
from tests.support.pages import one_line

slow = examples(60)


# --- the law -------------------------------------------------------------------------------------------------------


def test_a_full_content_comes_back_as_it_was():
    assert exact(changed(FIELDS, CONTENT)) == exact(CONTENT)


def test_an_empty_content_comes_back_as_it_was():
    assert changed(FIELDS, {}) == {}


@slow
@given(libraries_with_content())
def test_what_the_page_shows_comes_back_as_it_was(sample):
    fields, params = sample
    assert exact(changed(fields, params)) == exact(params)


@slow
@given(libraries_with_content())
def test_no_two_things_of_a_page_share_an_id(sample):
    ids = Browser(render(*sample)).ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "value",
    [
        "\n\nanfangs leer", "zwei\r\nZeilen", "\rallein", " Rand ", "\0", "&amp;nbsp;", "<p>unruhig", "&#x41;", "\ud800",
        None, True, 3, [], {},
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "more", [{}, {"widget": "textarea"}, {"tags": ["strong"]}, {"widget": "colorSelector"}]
)
def test_an_odd_text_comes_back_as_it_was(value, more):
    fields = parse_semantics([{"name": "a", "type": "text", **more}])
    assert exact(changed(fields, {"a": value})) == exact({"a": value})


def test_absent_false_and_empty_stay_apart():
    raw = [{"name": name, "type": "boolean"} for name in "abc"] + [{"name": "d", "type": "text"}]
    fields = parse_semantics(raw)
    for params in ({}, {"a": False}, {"b": True, "d": ""}, {"c": None}, {"a": 0, "d": None}):
        assert exact(changed(fields, params)) == exact(params)


def test_what_the_page_did_not_ask_for_stays():
    assert exact(read_form(FIELDS, {}, CONTENT)) == exact(CONTENT)


# --- changes -------------------------------------------------------------------------------------------------------


@given(words)
def test_a_typed_text_is_shown_again(text):
    fields = parse_semantics([{"name": "a", "type": "text"}])
    params = changed(fields, {}, **{"v/a": text})
    shown = "".join(rows(fields, params)["a"].value.split("\r"))
    assert shown == re.sub("[\0\ud800]", "\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Tom & Jerry", "<div>Tom &amp; Jerry</div>"),
        ("eins\r\nzwei", "<div>eins<br>zwei</div>"),
        ("eins\r\n\r\nzwei", "<p>eins</p>\n<p>zwei</p>"),
        ("- a\r\n- b\r\n\r\nEnde", "<ul><li>a</li><li>b</li></ul>\n<p>Ende</p>"),
        ("1. a", "<div>1. a</div>"),
        ("<strong>fett</strong> <em>nicht</em>", "<div><strong>fett</strong> &lt;em&gt;nicht&lt;/em&gt;</div>"),
        ("x < y <z>", "<div>x &lt; y &lt;z&gt;</div>"),
        ("<p>selbst</p> < gemacht", "<p>selbst</p> &lt; gemacht"),
        ("  \r\n ", ""),
    ],
)  # fmt: skip
def test_typed_lines_become_paragraphs_and_lists(text, markup):
    fields = parse_semantics([{"name": "a", "type": "text", "tags": ["strong", "ul"]}])
    assert changed(fields, {"a": "<p>alt</p>"}, **{"v/a": text}) == {"a": markup}


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Tom &amp; Jerry&nbsp;!</p>\n", "Tom & Jerry\xa0!"),
        ("<div>eins<br />zwei</div>", "eins\nzwei"),
        ("<p>a</p>\n\n<p>b</p>\n", "a\n\nb"),
        ("<ol><li>a</li>\n<li>b</li></ol>", "1. a\n2. b"),
        ("ohne alles", "ohne alles"),
        ("<p>&lt;strong&gt; ist ein Tag</p>", "<p>&lt;strong&gt; ist ein Tag</p>"),
        ('<p class="x">a</p>', '<p class="x">a</p>'),
        ("<h2>a</h2><p>b</p>", "<h2>a</h2><p>b</p>"),
        ("<p>- kein Punkt</p>", "- kein Punkt"),
        ("<p>a</p><!-- b -->", "<p>a</p><!-- b -->"),
        ("<p>a < b</p>", "<p>a < b</p>"),
        ("<p>a<strong />b</p>", "a<strong />b"),
        ("<p>Tom <strong>&amp;</strong> J.</p>", "Tom <strong>&</strong> J."),
        ("<ol><li>a</li>b</ol>", "<ol><li>a</li>b</ol>"),
        ("<ol><li><p>a</p></li></ol>", "<ol><li><p>a</p></li></ol>"),
        ("<ol></ol>", "<ol></ol>"),
    ],
)  # fmt: skip
def test_simple_markup_is_shown_as_plain_lines_and_other_markup_as_it_is(markup, text):
    fields = parse_semantics([{"name": "a", "type": "text", "tags": ["strong", "ol", "h2"]}])
    assert rows(fields, {"a": markup})["a"].value == text


def test_numbers_are_read_with_comma_or_point():
    fields = parse_semantics([{"name": "n", "type": "number"}])
    for text, value in (("2,5", 2.5), ("2.50", 2.5), ("3,0", 3), (" 4 ", 4), ("vier", "vier")):
        assert exact(changed(fields, {"n": 1}, **{"v/n": text})) == exact({"n": value})
    assert rows(fields, {"n": 2.5})["n"].value == "2,5"
    assert rows(fields, {"n": "vier"})["n"].value == "vier"


def test_a_box_is_ticked_and_emptied():
    assert changed(FIELDS, {"7": True}, **{"v/~27": None}) == {"7": False}
    assert changed(FIELDS, {}, **{"v/~27": "1"}) == {"7": True}


def test_a_box_that_is_ticked_by_default_can_be_emptied():
    params = changed(FIELDS, {}, **{"v/behaviour/retry": None})
    assert params == {"behaviour": {"retry": False}}


def test_a_choice_gives_the_value_of_its_option():
    assert changed(FIELDS, {}, **{"v/behaviour/kind": "1"}) == {"behaviour": {"kind": 2}}
    assert changed(FIELDS, {}, **{"v/behaviour/kind": "99"}) == {}


def test_an_empty_choice_is_there_where_nothing_may_be_chosen():
    raw = {"name": "a", "type": "select", "options": [{"value": "x"}]}
    must, may = parse_semantics([raw]), parse_semantics([raw | {"optional": True}])

    def offered(fields, value):
        return [(one.value, one.chosen) for one in rows(fields, {"a": value})["a"].choices]

    assert offered(must, "x") == [("0", True)]
    assert offered(must, "") == [("", True), ("0", False)]
    assert offered(may, "x") == [("", False), ("0", True)]
    assert offered(must, "gone") == [("0", False), ("=", True)]
    assert changed(may, {"a": "x"}, **{"v/a": ""}) == {}


def test_several_choices_keep_their_order_and_what_is_not_offered():
    params = {"tags": [1, "alt", "a"]}
    assert changed(FIELDS, params, **{"v/tags": ["0", "1", "2"]}) == {
        "tags": [1, "alt", "a", "b & c"]
    }
    assert changed(FIELDS, params, **{"v/tags": ["0"]}) == {"tags": ["alt", "a"]}


def test_choices_that_only_a_script_knows_are_typed_with_commas():
    assert rows(FIELDS, CONTENT)["zones"].value == "0, 1"
    assert changed(FIELDS, {}, **{"v/zones": "2,0 , "}) == {"zones": ["2", "0"]}
    assert rows(FIELDS, {"zones": [{"odd": 1}]})["zones"].kind == "fixed"


def test_what_is_out_of_date_is_not_asked_for():
    fields = parse_semantics([{"name": "a", "type": "text", "deprecated": True}])
    assert (rows(fields, {}), problems(fields, {})) == ({}, ())


def test_a_changed_item_leaves_the_others_alone():
    params = changed(FIELDS, CONTENT, **{"v/answers/1/text": "Spike"})
    assert params == with_value(CONTENT, ("answers", 1, "text"), "<div>Spike</div>")


def test_choosing_a_type_begins_new_content_with_an_id():
    new = {
        "library": str(CARD),
        "params": {"back": "<p>Back</p>"},
        "subContentId": ID,
        "metadata": {"contentType": "Test.Card", "license": "U"},
    }
    assert changed(FIELDS, {}, **{"v/media": str(CARD)}) == {"media": new}


def test_only_an_offered_and_installed_type_can_be_chosen():
    for name in (str(BOX), "Test.Other 1.0", "no name"):
        assert changed(FIELDS, {}, **{"v/media": name}) == {}


def test_taking_the_type_away_takes_the_content_away():
    assert changed(FIELDS, {"media": card("x")}, **{"v/media": ""}) == {}


def test_another_version_of_the_type_keeps_the_content():
    newer = Name("Test.Card", 1, 1)
    raw = [{"name": "m", "type": "library", "options": [str(CARD), str(newer)]}]
    former = {"m": card("x")}
    sent = {"v/m": [str(newer)]}
    params = read_form(parse_semantics(raw), sent, former, libraries=lambda name: INSTALLED[CARD])
    assert params == {"m": card("x") | {"library": str(newer)}}


# --- what the page says --------------------------------------------------------------------------------------------


def test_each_field_gets_the_control_for_its_type():
    kinds = {place: row.kind for place, row in rows(FIELDS, CONTENT).items()}
    assert kinds["title"] == "line"
    assert kinds["question"] == "markup"
    assert kinds["media"] == "library"
    assert kinds["answers"] == "list"
    assert kinds["answers/0"] == "group"
    assert kinds["answers/0/feedback"] == "line"
    assert kinds["behaviour/steps"] == "number"
    assert kinds["behaviour/hint"] == "lines"
    assert kinds["colour"] == "colour"
    assert kinds["tags"] == "choices"
    assert kinds["odd"] == "fixed"
    assert kinds["zones"] == "line"
    assert kinds["picture"] == kinds["sound"] == kinds["film"] == kinds["paper"] == "files"
    assert kinds["scene/x"] == "number"
    assert "secret" not in kinds


def test_rare_settings_and_texts_of_the_interface_are_folded_at_the_end():
    form = form_for(FIELDS, CONTENT, titles=TITLES, libraries=libraries)
    assert [row.kind for row in form.rows[-2:]] == ["more", "texts"]
    assert [row.place for row in form.rows[-2].rows] == ["behaviour"]
    assert [row.place for row in form.rows[-1].rows] == ["l10n"]


def test_a_flattened_group_lends_its_name():
    assert rows(FIELDS, {})["media"].label == "Media: Type"


def test_a_condition_is_told_with_its_field_and_values():
    when = rows(FIELDS, CONTENT)["behaviour/hint"].when
    assert [(rule.label, rule.words, rule.on) for rule in when.rules] == [("Kind", ("Two",), None)]
    assert (
        when.data == '{"every": false, "rules": [{"name": "v/behaviour/kind", "accepted": ["1"]}]}'
    )
    assert "data-when=" in render(FIELDS, CONTENT)


def test_a_condition_may_lead_out_of_its_group_and_to_boxes_and_types():
    raw = [
        {"name": "on", "type": "boolean", "label": "On"},
        {"name": "what", "type": "library", "label": "What", "options": [str(CARD)]},
        {"name": "g", "type": "group", "fields": [
            {"name": "x", "type": "text", "showWhen": {"type": "and", "rules": [
                {"field": "../on", "equals": True}, {"field": "../what", "equals": ["Test.Card"]}]}},
            {"name": "y", "type": "text", "showWhen": {"rules": [{"field": "nowhere", "equals": 1}, {"field": "..", "equals": 1}]}},
        ]},
    ]  # fmt: skip
    fields = parse_semantics(raw)
    found = rows(fields, {})
    assert [(rule.name, rule.accepted) for rule in found["g/x"].when.rules] == [
        ("v/on", ("1",)),
        ("v/what", (str(CARD),)),
    ]
    assert found["g/y"].when is None
    assert [problem.path for problem in problems(fields, {})] == [("what",), ("g", "y")]
    shown = {"on": True, "what": card("x")}
    assert [problem.path for problem in problems(fields, shown)] == [("g", "x"), ("g", "y")]


def test_the_condition_of_a_flattened_group_is_that_of_its_field():
    raw = [
        {"name": "on", "type": "boolean", "label": "On"},
        {
            "name": "g",
            "type": "group",
            "fields": [{"name": "x", "type": "text"}],
            "showWhen": {"rules": [{"field": "on", "equals": False}]},
        },
    ]
    fields = parse_semantics(raw)
    assert [(rule.label, rule.on) for rule in rows(fields, {})["g"].when.rules] == [("On", False)]
    assert problems(fields, {"on": True}) == ()


def test_a_condition_may_lead_into_a_flattened_group():
    rule = {"rules": [{"field": "g/on", "equals": True}]}
    raw = [
        {"name": "g", "type": "group", "fields": [{"name": "on", "type": "boolean"}]},
        {"name": "x", "type": "text", "showWhen": rule},
    ]
    fields = parse_semantics(raw)
    assert [rule.name for rule in rows(fields, {})["x"].when.rules] == ["v/g"]
    assert [problem.path for problem in problems(fields, {"g": True})] == [("x",)]


def test_a_flattened_group_is_hidden_with_its_only_field():
    hidden = {"name": "x", "type": "text", "widget": "none"}
    fields = parse_semantics([{"name": "g", "type": "group", "fields": [hidden]}])
    assert rows(fields, {}) == {}


def test_only_installed_types_are_offered_and_the_present_one_stays():
    gone = {"library": "Test.Gone 1.0", "params": {}}
    row = rows(FIELDS, {"parts": [gone]})["parts/0"]
    assert [(choice.value, choice.chosen) for choice in row.choices] == [
        ("", False),
        (str(BOX), False),
        (str(CARD), False),
        ("Test.Gone 1.0", True),
    ]
    assert not row.is_installed


def test_items_and_sub_content_are_named_by_what_is_in_them():
    found = rows(FIELDS, CONTENT)
    assert found["answers/0"].item.title == "Tom"
    assert found["media"].title == "Katze"
    assert found["parts/1"].title == "Zwei"


def test_a_file_is_told_with_its_name_and_rights():
    (file,) = rows(FIELDS, CONTENT)["picture"].files
    assert (file.name, file.mime, file.author, file.licence) == (
        "cat.png",
        "image/png",
        "Ada",
        "CC BY",
    )
    (film,) = rows(FIELDS, CONTENT)["film"].files
    assert film.is_address


def test_problems_stand_at_their_field_and_in_the_summary():
    found = problems(
        FIELDS, CONTENT | {"title": "", "behaviour": {"steps": 7}}, libraries=libraries
    )
    page = one_line(render(FIELDS, CONTENT | {"title": ""}, problems=found))
    assert '<a href="#f-title">' in page
    assert 'aria-invalid="true" aria-describedby="f-title-hint f-title-error"' in page
    assert 'id="f-title-error"' in page
    assert re.search(r'<details class="ls-more" open>\s*<summary>Weitere Einstellungen', page)


def test_problems_inside_sub_content_are_counted_at_its_row():
    params = {"parts": [{"library": str(CARD), "params": {}}]}
    found = problems(FIELDS, params, libraries=libraries)
    assert rows(FIELDS, params, problems=found)["parts/0"].faults_inside == 1
    assert [one.path for one in problems_inside(found, ("parts", 0))] == [("front",)]


def test_the_enter_key_saves():
    first = re.search(r"<button[^>]*>", render(FIELDS, CONTENT))[0]
    assert 'value="save"' in first


def test_every_description_exists():
    page = render(FIELDS, CONTENT, problems=problems(FIELDS, {}, libraries=libraries))
    ids = set(Browser(page).ids)
    wanted = {
        one for many in re.findall(r'aria-describedby="([^"]*)"', page) for one in many.split()
    }
    assert wanted - ids == set()
    assert set(re.findall(r'<label for="([^"]*)"', page)) - ids == set()


def test_a_new_content_is_shown_and_comes_back():
    params = defaults(FIELDS, libraries=libraries)
    assert exact(changed(FIELDS, params)) == exact(params)
