"""The words of the catalogue's search, as laws and as examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.laws import examples
from words.search import asked, cleaned, cologne, heard, meaningful, plain
from words.search.questions import MANY

TEXTS = st.text(max_size=200) | st.text(
    alphabet="aäeEßſİıi\u0307-'’·\u00ad\u200d .,„“«»&|!:*\\أإال ёґ", max_size=60
)


def words(text):
    return [said.word for said in heard(text)]


@given(TEXTS)
@examples(300)
def test_cleaning_twice_changes_nothing(text):
    assert cleaned(cleaned(text)) == cleaned(text)


@given(
    st.lists(
        st.sampled_from(
            ["Passwort", "E-Mail", "Straße", "web.de", "K.I.", "Öl", "şifre", "відео", "الهاتف"]
        ),
        max_size=9,
    )
)
@examples(100)
def test_words_of_words_are_the_same_words(said):
    once = words(" ".join(said))
    assert words(" ".join(once)) == once


@given(TEXTS)
@examples(300)
def test_any_text_is_a_question(text):
    question = asked(text)
    assert len({span.first for span in question.spans if span.first == span.last}) <= MANY + 1
    assert all(span.word.isalnum() or max(span.word) >= "\u0300" for span in question.spans)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöü", min_size=1, max_size=30))
@examples(200)
def test_a_code_has_digits_alone_and_no_vowel_inside(word):
    code = cologne(word)
    assert set(code) <= set("012345678")
    assert "0" not in code[1:]
    assert plain(word).isascii()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("E-Mail", ["email"]),
        ("Straße STRASSE strasse", ["strasse"] * 3),
        ("Pass\u00adwort Pass·wort Pass\u200bwort", ["passwort"] * 3),
        ("K.I.", ["ki"]),
        ("web.de", ["webde"]),
        ("Elvira's", ["elviras"]),
        ("Ünïted", ["ünïted"]),
        ("іній йод ёлка", ["инии", "иод", "елка"]),
        ("الهاتف والبريد", ["هاتف", "بريد"]),
        ("şifremi ŞİFRE", ["sifremi", "sifre"]),
        ("\ud800 👍 \0", []),
    ],
)
def test_words_are_kept_in_one_spelling(typed, kept):
    assert words(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("smartphone", "smartfohn"),
        ("foto", "photo"),
        ("phishing", "fisching"),
        ("passwort", "paswort"),
    ],
)
def test_what_sounds_alike_has_one_code(one, other):
    assert cologne(one) == cologne(other)
    assert cologne("пароль") == ""


@pytest.mark.parametrize(
    ("typed", "spans", "phrases", "unwanted"),
    [
        ("Wie merke ich mir mein Passwort?", [("merke", 1, 1), ("passwort", 5, 5)], [], []),
        ("smart phone", [("smart", 0, 0), ("phone", 1, 1), ("smartphone", 0, 1)], [], []),
        ("Kurs", [("kurs", 0, 0)], [], []),
        ("wie", [("wie", 0, 0)], [], []),
        ("wo steht die CAN", [("steht", 1, 1), ("can", 3, 3)], [], []),
        ("Internet -Handy", [("internet", 0, 0)], [], ["handy"]),
        (
            "„zwei Wörter“",
            [("zwei", 0, 0), ("wörter", 1, 1), ("zweiwörter", 0, 1)],
            ["zwei wörter"],
            [],
        ),
        ("Video-Anruf", [("videoanruf", 0, 0), ("video", 0, 0), ("anruf", 0, 0)], [], []),
        ("", [], [], []),
    ],
)
def test_a_question_is_taken_apart(typed, spans, phrases, unwanted):
    question = asked(typed)
    assert [tuple(span)[:3] for span in question.spans] == spans
    assert (question.phrases, question.unwanted) == (phrases, unwanted)


def test_a_card_keeps_what_only_a_question_drops():
    assert [said.word for said in meaningful("Die CAN und das Handy")] == ["can", "handy"]
