"""The author's checks, rule by rule: what must be found, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.checks import (
    RULES,
    Finding,
    LessonPart,
    Text,
    VideoPart,
    check,
)
from accessibility.checks.parts import elements, paragraphs
from tests.accessibility.parts_examples import OF_PARTS, picture
from tests.accessibility.words_examples import OF_WORDS
from words.colours import contrast

TABLE = OF_PARTS | OF_WORDS


def lesson(contents):
    """(language, parts) of a cell of the table."""
    lang, contents = contents if type(contents) is tuple else ("de", contents)
    several = contents if isinstance(contents, list) else [contents]
    texts = [Text(each) if isinstance(each, str) else each for each in several]
    return lang, [LessonPart(f"teil-{number}", each) for number, each in enumerate(texts, 1)]


def rules_found(contents):
    lang, parts = lesson(contents)
    return {finding.rule for finding in check(parts, lang=lang)}


def cells(which):
    return [
        pytest.param(rule, contents, id=f"{rule}-{number}")
        for rule, pair in TABLE.items()
        for number, contents in enumerate(pair[which], 1)
    ]


def test_every_rule_has_examples_of_both_kinds():
    assert set(TABLE) == set(RULES)
    assert all(wrong and right for wrong, right in TABLE.values())


@pytest.mark.parametrize(("rule", "contents"), cells(0))
def test_it_is_found(rule, contents):
    assert rule in rules_found(contents)


@pytest.mark.parametrize(("rule", "contents"), cells(1))
def test_it_is_not_found(rule, contents):
    assert rule not in rules_found(contents)


def test_findings_come_in_reading_order_with_their_place():
    parts = [
        LessonPart("eins", Text("<p><a href='/x'>hier</a></p><h4>Zu tief</h4>")),
        LessonPart("zwei", picture()),
    ]
    assert check(parts, lang="de") == [
        Finding("heading-skipped", "eins", "Zu tief"),
        Finding("link-vague", "eins", "hier"),
        Finding("alt-missing", "zwei", "garten.jpg"),
    ]
    assert [finding.severity for finding in check(parts, lang="de")] == ["block"] * 3


def test_an_excerpt_is_short():
    [finding] = check([LessonPart("eins", Text(f"<h3>{'lang ' * 60}</h3>"))], lang="de")[:1]
    assert (len(finding.excerpt), finding.excerpt[-1]) == (80, "…")


def test_rare_words_are_named_once_and_not_too_many():
    rare = "Kryptografie Authentifizierung Synchronisation Kryptografie"
    again = "Inkubator Quadratur Bajonett Kathode".lower()
    parts = [LessonPart("eins", Text(f"<p>{rare.lower()} {again}</p>"))]
    words = [f.excerpt for f in check(parts, lang="de-simple") if f.rule == "word-rare"]
    assert len(words) == len(set(words)) == 5


def test_an_empty_lesson_has_no_findings():
    assert check([], lang="de") == []


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#fff", "#fff", 1), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(one, other) == contrast(other, one)


def test_html_is_read_however_broken_it_is():
    assert paragraphs("<p>Eins <b>zwei</p><p>drei") == ["Eins zwei", "drei"]
    assert paragraphs("ganz ohne Absatz") == ["ganz ohne Absatz"]
    assert paragraphs("<p>Der <i lang='en'>Play</i> Store</p>", own_words_only=True) == [
        "Der Store"
    ]
    assert [e.tag for e in elements("</p><ul><li>a<br>b</ul>")] == ["ul", "li", "br"]


@given(st.text(alphabet="<>/=\"' ahp12\n", max_size=60))
def test_no_html_stops_the_checks(html):
    check(
        [
            LessonPart("eins", Text(html)),
            LessonPart("zwei", VideoPart(captions=True, transcript=html)),
        ],
        lang="de-simple",
    )
