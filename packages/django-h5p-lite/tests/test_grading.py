"""Grading activities on the server: by what was answered, as each type counts, whatever the browser claims."""

import pytest

from h5p_lite.core.grading import Score, key_of, score_of
from h5p_samples.graded import (
    CARDS,
    CHOICES,
    COUNTED,
    DRAGGED,
    GRADED,
    OSLO,
    QUESTIONS,
    QUIZ,
    RIGHT,
    SEQUENCE,
    SEVERAL,
    answered,
    answers,
    blanks,
    child,
    part,
    said,
    score,
    with_parts,
)

# --- H5P.MultiChoice ---


@pytest.mark.parametrize(
    ("response", "points"),
    [
        ("0[,]2", 2), ("2[,]0", 2), ("0", 1), ("0[,]1", 0), ("0[,]2[,]1", 1), ("1[,]3", 0), ("", 0),
        ("0[,]0", 1), ("9", 0), ("-2", 0), ("0,2", 0), ("٠", 0), ("0 ", 0),
    ],
)  # fmt: skip
def test_several_choices_give_a_point_each_less_one_for_each_wrong_one(response, points):
    params = SEVERAL | {"behaviour": COUNTED}
    assert score("H5P.MultiChoice 1.16", params, response) == Score(points, 2)


@pytest.mark.parametrize(
    ("share", "response", "points"),
    [(100, "0[,]2", 1), (100, "0", 0), (50, "0", 1), (51, "0", 0), (50, "0[,]1", 0), (0, "1", 1)],
)
def test_a_single_point_is_given_from_the_pass_mark_on(share, response, points):
    params = SEVERAL | {"behaviour": {"singlePoint": True, "passPercentage": share}}
    assert score("H5P.MultiChoice 1.16", params, response) == Score(points, 1)


@pytest.mark.parametrize(("response", "points"), [("1", 1), ("0", 0), ("", 0), ("0[,]1", 0)])
@pytest.mark.parametrize("kind", ["auto", "single"])
def test_one_choice_gives_one_point(kind, response, points):
    params = {
        "answers": answers(False, True, False),
        "behaviour": {"type": kind, "singlePoint": False},
    }
    assert score("H5P.MultiChoice 1.14", params, response) == Score(points, 1)


def test_the_author_may_ask_for_several_where_one_is_right():
    params = {"answers": answers(False, True), "behaviour": {"type": "multi", "singlePoint": False}}
    assert score("H5P.MultiChoice 1.16", params, "0[,]1") == Score(0, 1)
    assert score("H5P.MultiChoice 1.16", params, "1") == Score(1, 1)


@pytest.mark.parametrize("single", [True, False])
def test_where_no_choice_is_right_choosing_none_is(single):
    params = {"answers": answers(False, False), "behaviour": {"singlePoint": single}}
    assert score("H5P.MultiChoice 1.16", params, "") == Score(1, 1)
    assert score("H5P.MultiChoice 1.16", params, "0") == Score(0, 1)


def test_the_first_answer_is_right_by_default():
    params = {"answers": [{"text": "a"}, {"text": "b", "correct": False}]}
    assert score("H5P.MultiChoice 1.16", params, "0") == Score(1, 1)


# --- H5P.TrueFalse ---


@pytest.mark.parametrize(
    ("correct", "response", "points"),
    [
        ("true", "true", 1),
        ("true", "false", 0),
        ("false", "false", 1),
        ("false", "true", 0),
        ("true", "", 0),
    ],
)
def test_true_or_false(correct, response, points):
    assert score("H5P.TrueFalse 1.8", {"correct": correct}, response) == Score(points, 1)


# --- H5P.Blanks ---


@pytest.mark.parametrize(
    ("response", "points"),
    [
        ("Oslo[,]Norwegen[,]4", 3), (" Oslo\ufeff[,]Nor\u00adge[,]vier ", 3), ("oslo[,]Norwegen[,]", 1),
        ("Norwegen[,]Oslo[,]4", 1), ("[,][,]4", 1), ("", 0), ("Oslo", 1), ("Oslo[,]Norwegen[,]4[,]4", 3),
        ("Oslo[,]Norwegen/Norge[,]4", 2),
    ],
)  # fmt: skip
def test_words_are_written_into_gaps(response, points):
    assert score("H5P.Blanks 1.14", OSLO, response) == Score(points, 3)


def test_capitals_matter_unless_the_author_says_no():
    exact, lax = blanks("*Straße*"), blanks("*Straße*", caseSensitive=False)
    assert score("H5P.Blanks 1.14", exact, "straße") == Score(0, 1)
    assert score("H5P.Blanks 1.14", lax, "STRAßE") == Score(1, 1)


@pytest.mark.parametrize(
    ("wanted", "word", "points"),
    [
        ("Passwort", "Paswort", 1), ("Passwort", "Passwrot", 1), ("Passwort", "Pasword", 0), ("Passwort", "", 0),
        ("Schadprogramm", "Schaprogamm", 1), ("Schadprogramm", "Schaprogam", 0), ("Netz", "Nets", 1), ("Bot", "Bit", 0),
        ("Bot", "Bot", 1), ("Verschlüsselung", "Vershclüsselugn", 1), ("Netz", "Netzwerk" * 9999, 0),
    ],
)  # fmt: skip
def test_small_slips_are_pardoned_where_the_author_allows_them(wanted, word, points):
    params = blanks(f"*{wanted}*", acceptSpellingErrors=True)
    assert score("H5P.Blanks 1.14", params, word) == Score(points, 1)


@pytest.mark.parametrize(
    ("line", "gaps"),
    [
        ("2 ** 3 = *8*", [["8"]]), ("*a**b*", [["a"]]), ("*a* **b*", [["a"]]), ("*a* *b", [["a"]]),
        ("*a/b : tip: more*", [["a", "b"]]), ("*&lt;b&gt;*", [["<b>"]]), ("*/a*", [["", "a"]]),
    ],
)  # fmt: skip
def test_gaps_are_found_where_the_type_finds_them(line, gaps):
    assert key_of("H5P.Blanks 1.14", blanks(line))["gaps"] == gaps


# --- H5P.DragText ---


@pytest.mark.parametrize(
    ("response", "points"),
    [
        ("Lange[,]sicher[,]R&amp;D[,]Zeit:Punkt", 4), ("Lange[,]sicher[,]R&D[,]Zeit:Punkt", 4),
        ("kurz[,]sicher[,]Lange[,]", 1), ("[,][,][,]", 0), ("", 0), ("sicher[,]Lange", 0),
    ],
)  # fmt: skip
def test_words_are_drawn_into_gaps(response, points):
    assert score("H5P.DragText 1.10", DRAGGED, response) == Score(points, 4)


@pytest.mark.parametrize(
    ("piece", "word"),
    [
        ("*Lorem ipsum :tip*", "Lorem ipsum"), ("*a \\+Gut! \\-Nein!*", "a"), ("*a :tip \\+Gut!*", "a"),
        ("*a \\-Nein! \\+Gut!  :tip *", "a"), ("*a\nb*", "a<br/>b"), ("* a *", " a"),
    ],
)  # fmt: skip
def test_tips_and_feedback_are_no_part_of_a_word(piece, word):
    assert key_of("H5P.DragText 1.10", {"textField": piece})["gaps"] == [word]


# --- H5P.SingleChoiceSet ---


def test_in_a_set_of_single_choices_the_first_answer_of_the_author_is_right():
    kind = "H5P.SingleChoiceSet 1.11"
    assert score(kind, CHOICES, with_parts(child("0", "a"), child("0", "b"))) == Score(2, 2)
    assert score(kind, CHOICES, with_parts(child("0", "b"), child("1", "a"))) == Score(1, 2)
    assert score(kind, CHOICES, with_parts(child("0", "a"))) == Score(1, 2)
    assert score(kind, CHOICES, with_parts(child("", "a"), child("", "b"))) == Score(0, 2)
    assert score(kind, CHOICES, with_parts(child("0"), child("0"))) == Score(2, 2)


# --- H5P.QuestionSet and LernHN.Sequence ---


def question_set(result, questions=QUESTIONS, **params):
    return score("H5P.QuestionSet 1.20", {"questions": questions} | params, result)


def test_a_question_set_adds_up_its_questions():
    assert question_set(with_parts(*RIGHT)) == Score(12, 12)
    assert question_set(with_parts(*reversed(RIGHT))) == Score(12, 12)
    assert question_set(with_parts(*RIGHT[:2])) == Score(3, 12)


def test_only_questions_that_were_drawn_count():
    assert question_set(with_parts(*RIGHT[:2]), poolSize=2) == Score(3, 3)
    assert question_set(with_parts(RIGHT[1], RIGHT[3]), poolSize=2) == Score(4, 4)
    assert question_set(with_parts(RIGHT[1]), poolSize=2) == Score(1, 3)
    assert question_set(with_parts(*RIGHT), poolSize=2) == Score(3, 3)
    assert question_set(with_parts(*RIGHT), poolSize=9) == Score(12, 12)


def test_children_without_an_id_are_taken_by_their_place():
    nameless = [{**question, "subContentId": ""} for question in QUESTIONS[:2]]
    assert question_set(with_parts(child("0[,]2"), child("false")), nameless) == Score(3, 3)
    assert question_set(with_parts(*RIGHT[:2]), nameless) == Score(3, 3)
    assert question_set(with_parts(child("0[,]2"), RIGHT[0]), QUESTIONS[:2]) == Score(2, 3)


def test_mixed_questions_without_ids_cannot_be_told_apart():
    nameless = [{**question, "subContentId": ""} for question in QUESTIONS[:2]]
    for mixed in ({"randomQuestions": True}, {"poolSize": 1}):
        assert key_of("H5P.QuestionSet 1.20", {"questions": nameless} | mixed) is None
    assert question_set(with_parts(*RIGHT), randomQuestions=True) == Score(12, 12)


def test_a_set_with_a_question_of_an_unknown_type_is_not_graded():
    unknown = part("H5P.Essay 1.5", {}, "e")
    assert key_of("H5P.QuestionSet 1.20", {"questions": [*QUESTIONS, unknown]}) is None


@pytest.mark.parametrize(
    ("response", "points"), [("0[,]1", 2), ("0", 1), ("0[,]2", 0), ("", 0), ("0[,]1[,]2", 1)]
)
def test_our_quiz_counts_right_choices_less_wrong_ones(response, points):
    assert score("LernHN.Quiz 1.0", QUIZ, response) == Score(points, 2)


def test_cards_in_a_sequence_count_nothing():
    result = with_parts(child(None, "c"), child("0[,]1", "q"), child("1", "r"))
    assert score("LernHN.Sequence 1.0", SEQUENCE, result) == Score(3, 3)
    assert (
        score("LernHN.Sequence 1.0", SEQUENCE, with_parts(child(None), child("0"), child("0")))
        == Score(1, 3)
    )  # fmt: skip
    assert key_of("LernHN.Sequence 1.0", {"parts": [CARDS]}) is None


# --- what cannot be graded ---


@pytest.mark.parametrize(
    ("library", "params"),
    [
        ("H5P.Essay 1.5", {}), ("LernHN.Cards 1.0", {"cards": []}), ("H5P.MultiChoice 2.0", SEVERAL), ("", {}),
        ("H5P.MultiChoice", SEVERAL), ("H5P.MultiChoice 1.16", {}), ("H5P.Blanks 1.14", {"questions": ["ohne"]}),
        ("H5P.DragText 1.10", {"textField": "ohne"}), ("H5P.SingleChoiceSet 1.11", {"choices": []}),
        ("H5P.QuestionSet 1.20", {"questions": []}), ("LernHN.Quiz 1.0", {"mode": "single"}),
        ("LernHN.Sequence 1.0", {"parts": [part("LernHN.Sequence 1.0", SEQUENCE, "n")]}),
    ],
)  # fmt: skip
def test_what_nobody_here_can_grade_has_no_key(library, params):
    assert key_of(library, params) is None


@pytest.mark.parametrize(("library", "params", "right"), GRADED)
def test_right_answers_give_all_points_and_no_answer_gives_no_score(library, params, right):
    best = score(library, params, right)
    assert best.raw == best.max >= 1
    for nothing in ({}, with_parts(), {"statement": None, "parts": 3}, with_parts(child(None))):
        assert score(library, params, nothing) is None


def test_the_response_may_also_come_with_the_parts():
    result = {"statement": {"result": {"completion": True}}, "parts": {"statement": said("false")}}
    assert score("H5P.TrueFalse 1.8", {"correct": "false"}, result) == Score(1, 1)


def test_a_key_of_another_time_is_not_graded():
    assert score_of({"kind": "poem"}, answered("x")) is None
