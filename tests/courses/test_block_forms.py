"""Every block as a plain form: what is sent back untouched stores what was there, and Wagtail's form reads it."""

import copy
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from courses import block_forms
from courses.block_forms import DeskField
from courses.texts import gaps
from tests.courses.test_half_finished import WHOLE, half_finished


def sent(field: DeskField) -> dict[str, list[str]]:
    """What a browser sends for a form that nobody has touched."""
    if field.kind == "group":
        return {n: v for one in field.fields for n, v in sent(one).items()}
    if field.kind in ("rows", "stream"):
        inside = [one for row in field.rows for one in row.fields]
        rows = {field.name: ["", *(row.id for row in field.rows)]}
        return rows | {n: v for one in inside for n, v in sent(one).items()}
    return SENT.get(field.kind, _plain)(field.name, field.value)


def _plain(name, value):
    return {name: ["" if value is None else str(value)]}


def _picture(name, value):
    decorative = "1" if value["decorative"] else "0"
    words = {f"{name}-decorative": [decorative], f"{name}-alt": [value["alt_text"] or ""]}
    return words | {name: [str(value["image"] or "")]}


def _cues(name, value):
    data = {name: ["", *(row.id for row in value["rows"])]}
    data[f"{name}-neu"] = data[name][1:]
    for row in value["rows"]:
        for part in ("start", "end", "text"):
            data[f"{name}-{row.id}-{part}"] = [getattr(row, part)]
    return data


def _gaps(name, value):
    gone = [word for word in value["words"] if word["right"]]
    data = {name: [value["sentence"]], f"{name}-was": [value["text"]]}
    data[f"{name}-gap"] = [str(word["number"]) for word in gone]
    return data | {f"{name}-more-{word['number']}": [*word["more"], ""] for word in gone}


SENT = {
    "rich": lambda name, value: {f"{name}-html": [str(value.html)]},
    "tick": lambda name, value: {name: ["0", *(["1"] if value else [])]},
    "picture": _picture,
    "cues": _cues,
    "gaps": _gaps,
}


def query(data: dict[str, Any]) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, values in data.items():
        made.setlist(name, values if isinstance(values, list) else [values])
    return made


def same(kind: str, value: Any) -> tuple[str, Any]:
    form = block_forms.form_of(kind, copy.deepcopy(value))
    return block_forms.taken(kind, copy.deepcopy(value), query(sent(form)))


@pytest.mark.parametrize("kind", WHOLE)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_an_untouched_form_stores_what_was_there(kind, data):
    value = data.draw(half_finished(kind))["value"]
    assert same(kind, value) == (kind, value)


@pytest.mark.parametrize("kind", WHOLE)
def test_a_form_that_sends_nothing_changes_nothing(kind):
    value = copy.deepcopy(WHOLE[kind])
    assert block_forms.taken(kind, value, query({})) == (kind, WHOLE[kind])


@pytest.mark.parametrize("kind", block_forms.KINDS)
def test_a_new_block_is_one_that_wagtail_can_read(kind):
    block = block_forms.KINDS[kind]
    value = block_forms.new_value(kind)
    assert block.get_prep_value(block.to_python(copy.deepcopy(value))) == value


def test_three_answers_stand_ready_and_one_more_can_be_had():
    value = block_forms.new_value("single_choice")
    assert len(value["choices"]) == 3
    last = value["choices"][2]["id"]
    data = sent(block_forms.form_of("single_choice", value))
    _, more = block_forms.taken("single_choice", value, query({**data, "do": "row:v-choices"}))
    assert [row["id"] for row in more["choices"][:3]] == [row["id"] for row in value["choices"]]
    assert len(more["choices"]) == 4
    _, less = block_forms.taken(
        "single_choice", value, query({**data, "do": f"drop:v-choices:{last}"})
    )
    assert [row["id"] for row in less["choices"]] == [row["id"] for row in value["choices"][:2]]


def test_the_right_answer_is_marked_and_a_question_keeps_its_words_in_another_kind():
    value = copy.deepcopy(WHOLE["single_choice"])
    second = value["choices"][1]["id"]
    data = sent(block_forms.form_of("single_choice", value))
    data |= {"v-right": [second], "do": ["kind:multiple_choice"]}
    kind, new = block_forms.taken("single_choice", value, query(data))
    assert kind == "multiple_choice"
    assert [row["value"]["right"] for row in new["choices"]] == [False, True]
    assert new["question"] == value["question"]


@pytest.mark.parametrize(
    ("former", "written", "chosen", "more", "stored"),
    [
        (
            "Ein Passwort ist lang.",
            "Ein Passwort ist lang.",
            {3},
            {3: ["länger"]},
            "Ein Passwort ist {{lang|länger}}.",
        ),
        (
            "Ein {{Wort|Ding}} ist da.",
            "Ein Wort ist da.",
            {1},
            {1: ["Ding"]},
            "Ein {{Wort|Ding}} ist da.",
        ),
        (
            "Ein {{Wort|Ding}} ist da.",
            "Heute ist ein gutes Wort da.",
            {1},
            {1: ["Ding"]},
            "Heute ist ein gutes {{Wort|Ding}} da.",
        ),
        ("Ein {{Wort}} ist da.", "Nichts ist da.", {1}, {}, "Nichts ist da."),
        ("Ein {{Wort}} ist da.", "Ein Wort ist da.", set(), {}, "Ein Wort ist da."),
        ("Ein {{Wort}}.", "Ein Wort, {{zwei Worte}}.", {1}, {}, "Ein {{Wort}}, {{zwei Worte}}."),
        ("Das {{a}} a.", "Das Band a.", {1}, {}, "Das Band {{a}}."),
    ],
)
def test_words_become_gaps_without_braces(former, written, chosen, more, stored):
    assert gaps.with_gaps(former, written, chosen, more) == stored


TEXTS = st.lists(
    st.sampled_from(
        [
            "Ein",
            " ",
            "{{Wort}}",
            "{{zwei Worte|eins}}",
            "ist",
            ".",
            "{{}}",
            "{{ a | b }}",
            "10,5",
            "\n",
        ]
    ),
    max_size=8,
).map("".join)


@given(TEXTS)
def test_a_sentence_that_nobody_changed_stays_as_it_was_stored(text):
    chosen = {n for n, unit in enumerate(gaps.units(text)) if unit.right}
    more = {n: list(unit.right[1:]) for n, unit in enumerate(gaps.units(text)) if unit.right}
    assert gaps.with_gaps(text, gaps.sentence(text), chosen, more) == text
