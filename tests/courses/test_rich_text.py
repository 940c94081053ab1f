"""Rich text from a field to the database and back: no word is lost, and Wagtail's editor opens and stores the same."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from courses.block_forms import rich
from courses.blocks import TEXT_FEATURES
from courses.texts import (
    TextLine,
    TextLink,
    TextRun,
    lean,
    read_html,
    read_plain,
    words_in,
    write_html,
    write_plain,
)

LETTERS = st.text(st.sampled_from("abäß 12*[]()<>\\-#&.|\"'\n:/„“😀 "), max_size=12)
LINKS = st.sampled_from([None, TextLink("https://a.example/x"), TextLink("/kurse/")])
MARKS = st.frozensets(st.sampled_from(["b", "i", "sup", "sub", "lang:en", "lang:ar"]), max_size=2)
RUNS = st.builds(TextRun, LETTERS, MARKS, LINKS)
LINES = st.lists(
    st.builds(
        TextLine,
        st.sampled_from(["p", "h2", "h3", "h4", "ul", "ol"]),
        st.lists(RUNS, max_size=4).map(tuple),
        st.integers(0, 2),
    ),
    max_size=5,
).map(lean)
TAGS = [
    *("p", "div", "h1", "h2", "h6", "ul", "ol", "li", "b", "strong", "i", "sup", "table", "tr"),
    *("td", "span", "blockquote", "font", "a"),
]


@st.composite
def soup(draw: st.DrawFn) -> str:
    """HTML as it comes out of a clipboard: tags in any order, closed or not."""
    tag = st.builds("<{}{}>".format, st.sampled_from(["", "/"]), st.sampled_from(TAGS))
    words = st.text(st.sampled_from("abc &;"), max_size=6)
    return "".join(draw(st.lists(st.one_of(tag, words), max_size=14)))


def through_wagtail(html):
    """Opened in Wagtail's editor, and stored again without a change."""
    converter = ContentstateConverter(TEXT_FEATURES)
    return converter.to_database_format(converter.from_database_format(html))


@given(LINES)
@settings(deadline=None, max_examples=200)
def test_what_is_stored_opens_unchanged_in_wagtails_editor_and_back(lines):
    html = rich.stored(lines, "", TEXT_FEATURES)
    if html:
        assert through_wagtail(html) == html
    assert rich._keyless(read_html(html, TEXT_FEATURES)) == rich._keyless(lines)


@given(LINES)
@settings(deadline=None, max_examples=200)
def test_a_field_that_nobody_changed_stores_what_was_there(lines):
    html = rich.stored(lines, "", TEXT_FEATURES)
    shown = write_html(read_html(html, TEXT_FEATURES))
    assert rich.from_html(shown, html, TEXT_FEATURES) == html


@given(LINES)
@settings(deadline=None, max_examples=400)
def test_the_notation_of_a_plain_field_says_all_of_it(lines):
    lines = [line for line in lines if ("\n" if line.kind[0] == "h" else "\n\n") not in line.text]
    assert rich._keyless(read_plain(write_plain(lines), TEXT_FEATURES)) == rich._keyless(lines)


def test_a_heading_with_a_break_is_not_for_a_plain_field():
    assert rich.in_plain("<h2>Eins<br/>zwei</h2>", TEXT_FEATURES) is None


@given(soup())
@settings(deadline=None, max_examples=300)
def test_no_word_of_any_html_is_lost(html):
    text = re.sub(r"<[^>]*>", " ", html)
    lines = read_html(html, TEXT_FEATURES)
    letters = "".join(words_in(lines))
    assert letters == "".join(text.split()) or "&" in text
    stored = rich.stored(lines, "", TEXT_FEATURES)
    assert not stored or through_wagtail(stored) == stored


def test_what_was_pasted_becomes_what_the_field_can_hold():
    html = (
        "<meta><style>p{}</style><h1>Oben</h1><div>Ein <strong>fetter</strong> Satz<br>mit Bruch.</div>"
        '<ul><li><p>eins</p></li><li>zwei<ol><li>innen</li></ol></li></ul><p><a href="javascript:x()">weg</a>'
        ' <a href="www.stadt.example">da</a> <span lang="en">hello</span> <font color="red">rot</font></p><script>x</script>'
    )
    assert write_plain(read_html(html, TEXT_FEATURES)) == (
        "## Oben\n\nEin **fetter** Satz\nmit Bruch.\n\n- eins\n- zwei\n  1. innen\n\n"
        'weg [da](https://www.stadt.example) <span lang="en">hello</span> rot'
    )


def test_keys_stay_with_their_lines():
    former = '<p data-block-key="aaaaa">Eins</p><p data-block-key="bbbbb">Zwei</p>'
    html = rich.from_plain("Eins\n\nNeu\n\nZwei", former, TEXT_FEATURES)
    keys = re.findall(r'data-block-key="(\w+)"', html)
    assert (keys[0], keys[2]) == ("aaaaa", "bbbbb")
    assert len(set(keys)) == 3


def test_a_line_that_was_split_in_two_has_its_key_once():
    html = '<p data-block-key="aaaaa">Eins</p><p data-block-key="aaaaa">Zwei</p>'
    stored = rich.from_html(html, "", TEXT_FEATURES)
    keys = re.findall(r'data-block-key="(\w+)"', stored)
    assert keys[0] == "aaaaa"
    assert all(one != other for one, other in pairwise(keys))


@pytest.mark.parametrize("former", ["<p>Ohne Schlüssel</p>", '<p data-block-key="x1">Mit</p>', ""])
def test_what_was_not_touched_stays_byte_by_byte(former):
    plain = rich.in_plain(former, TEXT_FEATURES)
    assert rich.from_plain(plain, former, TEXT_FEATURES) == former
