"""semantics.json as a typed tree: real libraries' quirks, languages, what a new content begins with, what is missing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from h5p_lite.core.names import Name
from h5p_lite.core.semantics import (
    ABSENT,
    Problem,
    defaults,
    field_at,
    new_sub_content,
    parse_semantics,
    problems,
    summary,
    translated,
    value_at,
    with_value,
)
from h5p_lite.core.semantics.fields import Important, Option, Pattern, Rule, ShowWhen, no_libraries
from h5p_samples.semantics import (
    BOX,
    CARD,
    CONTENT,
    FIELDS,
    GERMAN,
    ID,
    INSTALLED,
    anything,
    card,
    libraries,
    semantics,
)

TREE = {field.name: field for field in FIELDS}


def one(**raw):
    (field,) = parse_semantics([{"name": "a", **raw}])
    return field


# --- the tree ------------------------------------------------------------------------------------------------------


def test_every_named_field_is_there_once_and_in_order():
    assert [field.name for field in FIELDS] == [
        *("title", "question", "media", "answers", "behaviour", "code", "broken", "colour", "tags", "zones"),
        *("picture", "sound", "film", "paper", "scene", "parts", "secret", "l10n", "odd", "a/b~c", "7"),
    ]  # fmt: skip


def test_the_first_of_two_fields_with_one_name_counts():
    assert TREE["title"].type == "text"


def test_texts_know_their_tags_fonts_and_shape():
    question = TREE["question"]
    assert question.tags == {"strong", "em", "ul", "a", "table", "script"}
    assert question.font == {"color", "size"}
    assert question.enter_mode == "p"
    assert TREE["title"].tags is None
    assert TREE["title"].max_length == 20
    assert TREE["code"].pattern == Pattern("^[a-z]+$", "i")


def test_words_for_authors_are_plain_text():
    assert TREE["title"].description == "The name"
    assert TREE["question"].important == Important("One Two", "One *two*")


def test_numbers_may_be_written_as_text():
    steps = field_at(FIELDS, {}, ("behaviour", "steps"), no_libraries)
    assert (steps.minimum, steps.maximum, steps.step) == (0, 1, 0.25)
    assert one(type="number", steps="2", min=True, max="many").step == 2
    assert one(type="number", min=True, max=float("nan")).minimum is None


def test_options_need_a_value_and_groups_of_them_are_flattened():
    kind = field_at(FIELDS, {}, ("behaviour", "kind"), no_libraries)
    assert kind.options == (Option("auto", "Automatic", (0,)), Option(2, "Two", (2, 0)))
    assert TREE["tags"].options[2] == Option(1, "1", (2,))


def test_a_library_field_names_what_it_takes():
    assert field_at(FIELDS, {}, ("media",), no_libraries).libraries == (CARD,)
    assert field_at(FIELDS, {"parts": [{}]}, ("parts", 0), no_libraries).libraries == (BOX, CARD)
    assert one(type="library").libraries is None
    assert one(type="library", options=["nonsense"]).libraries == ()


def test_a_condition_stands_for_the_widget_around_the_real_one():
    hint = field_at(FIELDS, {}, ("behaviour", "hint"), no_libraries)
    assert hint.when == ShowWhen((Rule("kind", (2,)),))
    assert hint.widget == "textarea"


def test_a_group_with_one_field_is_flat_unless_it_is_sub_content():
    assert TREE["media"].flat
    assert not TREE["scene"].flat
    assert not one(type="group", fields=[{"name": "x", "type": "text"}, {"type": "text"}]).flat
    assert not one(type="group", fields=[{"type": "text"}]).flat


def test_a_field_of_an_unknown_type_is_kept_as_such():
    assert TREE["odd"].type == "hologram"


@pytest.mark.parametrize(
    "raw", [None, {}, "x", 3, [None], [[]], [{"name": 3}], [{"name": "\0", "type": []}]]
)
def test_what_is_no_semantics_has_no_fields(raw):
    assert [field.name for field in parse_semantics(raw)] == []


def test_endless_depth_has_an_end():
    raw: dict = {"name": "a", "type": "text"}
    for _ in range(500):
        raw = {"name": "a", "type": "group", "fields": [raw, {"name": "b", "type": "text"}]}
    depth, fields = 0, parse_semantics([raw])
    while fields:
        depth, fields = depth + 1, fields[0].fields
    assert depth == 25


@given(anything)
def test_parsing_takes_anything(raw):
    parse_semantics(raw)
    parse_semantics([raw])


# --- languages -----------------------------------------------------------------------------------------------------


def test_a_language_gives_labels_defaults_and_options():
    german = translated(FIELDS, GERMAN)
    answers = next(field for field in german if field.name == "answers")
    kind = field_at(german, {}, ("behaviour", "kind"), no_libraries)
    button = field_at(german, {}, ("l10n", "check"), no_libraries)
    assert (german[0].label, german[0].description) == ("Titel", "Der Name")
    assert german[1].important == Important("So", "Beispiel")
    assert (answers.label, answers.entity, answers.field.label) == (
        "Antworten",
        "Antwort",
        "Antwort",
    )
    assert answers.field.fields[0].label == "Wortlaut"
    assert [option.label for option in kind.options] == ["Automatisch", "Zwei"]
    assert (button.label, button.default) == ("Knopf", "Überprüfen")


def test_what_a_language_does_not_say_stays():
    german = translated(FIELDS, GERMAN)
    retry = field_at(german, {}, ("behaviour", "retry"), no_libraries)
    steps = field_at(german, {}, ("behaviour", "steps"), no_libraries)
    assert (retry.label, retry.default) == ("Retry", True)
    assert (steps.label, steps.default) == ("Schritte", ABSENT)
    assert field_at(german, {}, ("l10n", "again"), no_libraries).default == "Again"


@given(semantics, anything)
def test_a_language_of_any_shape_changes_only_words(raw, language):
    fields = parse_semantics(raw)
    for said in (language, {"semantics": language}, {"semantics": [language] * 3}):
        assert [field.name for field in translated(fields, said)] == [
            field.name for field in fields
        ]


# --- beginnings ----------------------------------------------------------------------------------------------------


def test_a_new_content_has_what_the_semantics_say():
    assert defaults(FIELDS, libraries=libraries, new_id=lambda: ID) == {
        "media": {
            "library": "Test.Card 1.0",
            "params": {"back": "<p>Back</p>"},
            "subContentId": ID,
            "metadata": {"contentType": "Test.Card", "license": "U"},
        },
        "answers": [{"correct": False}, {"correct": False}],
        "behaviour": {"retry": True, "kind": "auto"},
        "scene": {"subContentId": ID},
        "l10n": {"check": "Check", "again": "Again"},
        "7": False,
    }


def test_without_libraries_nothing_is_chosen():
    assert "media" not in defaults(FIELDS)


def test_a_translated_library_begins_in_that_language():
    assert defaults(translated(FIELDS, GERMAN))["l10n"] == {"check": "Überprüfen", "again": "Again"}


def test_a_list_begins_with_as_many_items_as_it_says():
    def begun(**more):
        raw = {"name": "a", "type": "list", "field": {"name": "x", "type": "text"}} | more
        return defaults(parse_semantics([raw])).get("a")

    assert begun() == [""]
    assert begun(optional=True) is None
    assert begun(min=2, optional=True) == ["", ""]
    assert begun(min=1, defaultNum=3, max=2) == ["", ""]
    assert begun(field={"name": "x", "type": "video"}) == [[]]
    assert begun(field={"name": "x", "type": "number"}) == [None]
    assert begun(field=None) is None


def test_a_library_that_contains_itself_begins_with_an_end():
    name = Name("Test.Loop", 1, 0)
    fields = parse_semantics([{"name": "in", "type": "library", "options": [str(name)]}])
    begun = new_sub_content(name, fields, libraries=lambda _: fields)
    assert json.dumps(begun).count("Test.Loop 1.0") == 8


# --- problems ------------------------------------------------------------------------------------------------------


def found(params):
    return [(problem.path, problem.code, problem.limit) for problem in problems(FIELDS, params, libraries=libraries)]  # fmt: skip


def test_a_full_content_has_no_problems():
    assert found(CONTENT) == []


def test_what_is_required_is_asked_for():
    assert found({}) == [
        (("title",), "required", None),
        (("question",), "required", None),
        (("media",), "required", None),
        (("answers",), "too_few", 1),
        (("code",), "required", None),
        (("colour",), "required", None),
    ]


@pytest.mark.parametrize(
    ("path", "value", "code", "limit"),
    [
        (("title",), "x" * 21, "too_long", 20),
        (("question",), "<p>&nbsp;</p>\n", "required", None),
        (("code",), "a1", "pattern", None),
        (("behaviour", "steps"), "viel", "not_a_number", None),
        (("behaviour", "steps"), -1, "too_small", 0),
        (("behaviour", "steps"), 1.5, "too_large", 1),
        (("behaviour", "kind"), "gone", "not_offered", None),
        (("tags",), ["a", "gone"], "not_offered", None),
        (("answers",), [{"text": "x"}] * 4, "too_many", 3),
        (("answers", 1, "text"), "", "required", None),
        (("media",), {"library": "Test.Box 1.2"}, "not_offered", "Test.Box 1.2"),
        (("parts", 1, "params", "cards", 0, "params", "front"), "", "required", None),
        (("parts", 0), {}, "required", None),
    ],
)
def test_each_fault_has_its_code(path, value, code, limit):
    assert found(with_value(CONTENT, path, value)) == [(path, code, limit)]


def test_a_text_with_tags_may_not_be_absurdly_long():
    assert found(CONTENT | {"question": "a" * 100_001}) == [(("question",), "too_long", 100_000)]


def test_the_length_of_a_text_is_what_one_sees():
    assert found(CONTENT | {"title": "&amp;" * 20}) == []


def test_a_library_that_is_not_installed_is_named():
    fields = parse_semantics([{"name": "a", "type": "library"}])
    params = {"a": {"library": "Test.Gone 1.0"}}
    assert problems(fields, params, libraries=libraries) == (Problem(("a",), "missing_library", "Test.Gone 1.0"),)  # fmt: skip


def test_a_field_that_is_not_asked_for_has_no_problem():
    fields = parse_semantics(
        [
            {"name": "on", "type": "boolean"},
            {
                "name": "why",
                "type": "text",
                "showWhen": {"rules": [{"field": "on", "equals": True}]},
            },
        ]
    )
    assert problems(fields, {}) == ()
    assert problems(fields, {"on": True}) == (Problem(("why",), "required"),)


def test_an_optional_group_requires_nothing():
    inner = [{"name": "x", "type": "text"}, {"name": "y", "type": "text"}]
    fields = parse_semantics([{"name": "g", "type": "group", "optional": True, "fields": inner}])
    assert problems(fields, {}) == ()


@given(semantics, anything)
def test_anything_can_be_looked_through_for_problems(raw, params):
    fields = parse_semantics(raw)
    for problem in problems(fields, params, libraries=libraries):
        assert field_at(fields, params, problem.path, libraries) is not None


# --- places --------------------------------------------------------------------------------------------------------


def test_a_field_is_found_by_the_path_of_its_value():
    path = ("parts", 1, "params", "cards", 0, "params", "front")
    assert field_at(FIELDS, CONTENT, path, libraries) == INSTALLED[CARD][0]
    assert field_at(FIELDS, CONTENT, ("answers", 0, "feedback"), libraries).name == "chosen"


@pytest.mark.parametrize(
    "path",
    [
        ("nowhere",),
        ("title", "x"),
        ("answers", "x"),
        ("media", "params", "x"),
        ("media", "library"),
    ],
)
def test_there_is_no_field_where_the_semantics_know_none(path):
    assert field_at(FIELDS, CONTENT, path, libraries) is None


def test_a_value_is_put_in_its_place_in_a_copy():
    new = with_value(CONTENT, ("answers", 0, "text"), "neu")
    assert value_at(new, ("answers", 0, "text")) == "neu"
    assert value_at(CONTENT, ("answers", 0, "text")) == "<div>Tom</div>\n"
    assert with_value(new, ("answers", 0, "text"), "<div>Tom</div>\n") == CONTENT
    assert with_value({}, ("a", "b"), 1) == {"a": {"b": 1}}
    assert with_value({"a": {"b": 1}}, ("a", "b"), ABSENT) == {"a": {}}
    with pytest.raises(LookupError):
        with_value({"a": []}, ("a", 0), 1)


# --- summaries -----------------------------------------------------------------------------------------------------


def test_a_summary_is_the_first_text_that_learners_see():
    field = field_at(FIELDS, CONTENT, ("answers",), libraries).field
    assert (
        summary(field, {"text": "<p>Tom <strong>&amp;</strong></p><p>Jerry</p>"}, libraries)
        == "Tom & Jerry"
    )
    assert summary(field, {"text": "lang " * 40}, libraries) == "lang " * 15 + "lang…"
    assert summary(field, {"text": 3}, libraries) == ""


def test_sub_content_is_summed_up_by_its_title():
    field = field_at(FIELDS, CONTENT, ("media",), libraries)
    assert (
        summary(field, card("Katze") | {"metadata": {"title": "Die Katze"}}, libraries)
        == "Die Katze"
    )
    assert summary(field, card("Katze") | {"metadata": []}, libraries) == "Katze"


@given(st.one_of(anything, st.builds(card, st.text())))
def test_anything_can_be_summed_up(value):
    for field in FIELDS:
        assert len(summary(field, value, libraries)) <= 80
