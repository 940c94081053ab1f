"""What is stored while somebody still writes: safe, and nothing gets lost."""

import json

import pytest
from hypothesis import given

from h5p_lite.core.semantics import clean, parse_semantics, problems
from h5p_lite.core.semantics.keeping import keep
from h5p_samples.laws import examples
from h5p_samples.semantics import CARD, CONTENT, FIELDS, ID, libraries, libraries_with_content

slow = examples(60)
FILES = ("images/a.png",)


def kept(said, fields=FIELDS):
    return keep(fields, said, libraries=libraries, files=FILES)


def played(said, fields=FIELDS):
    return clean(fields, said, libraries=libraries, files=FILES)


@pytest.mark.parametrize(
    "said",
    [
        {"title": "länger als zwanzig Zeichen ist dieser Titel"},
        {"code": "1 2 3"},
        {"behaviour": {"steps": 99}},
        {"behaviour": {"steps": "viele"}},
        {"behaviour": {"kind": "gibt es nicht"}},
        {"answers": [{"text": "a"}] * 5},
        {"parts": [{}, {"library": str(CARD), "params": {}}]},
        {"parts": [{"library": "Test.Gone 1.0", "params": {"a": "<b>"}}]},
    ],
)
def test_what_cannot_be_played_yet_stays_for_its_author(said):
    assert kept(said) == said
    assert played(said) != said


@pytest.mark.parametrize(
    ("said", "safe"),
    [
        ({"title": "<script>"}, {"title": "&lt;script&gt;"}),
        ({"title": 1}, {"title": ""}),
        ({"behaviour": {"steps": "<b>1</b>"}}, {"behaviour": {}}),
        ({"behaviour": {"kind": "<b>"}}, {"behaviour": {"kind": "&lt;b&gt;"}}),
        ({"parts": "x", "unknown": 1, "title": None}, {}),
        ({"parts": ["x", {"subContentId": ID}]}, {"parts": [{}]}),
        ({"parts": []}, {}),
        ([], {}),
    ],
)
def test_what_is_not_safe_does_not_stay(said, safe):
    assert kept(said) == safe


def test_an_empty_place_for_sounds_is_an_empty_list():
    fields = parse_semantics([{"name": "all", "type": "list", "field": {"name": "one", "type": "audio"}}])  # fmt: skip
    assert kept({"all": [[], {}]}, fields) == {"all": [[], []]}


def test_a_good_content_is_kept_as_it_is_played():
    assert kept(CONTENT) == played(CONTENT)


@slow
@given(libraries_with_content())
def test_keeping_twice_changes_nothing_and_what_is_played_stays_the_same(drawn):
    fields, said = drawn
    once = kept(said, fields)
    assert json.dumps(kept(once, fields)) == json.dumps(once)
    if not problems(fields, said, libraries=libraries):
        assert played(once, fields) == played(said, fields)
