"""Types whose libraries count in ways of their own, and contents made of many others.

The points here are what the libraries themselves have counted in Chromium, of contents like these.
"""

import pytest

from h5p_lite.core.grading import Score, key_of, left_out, score_of
from h5p_samples.graded import (
    DRAGGED,
    QUESTIONS,
    RIGHT,
    STATEMENTS,
    answered,
    child,
    part,
    said,
    score,
    with_parts,
)

# --- H5P.Summary ---


@pytest.mark.parametrize(
    ("first", "second", "points"),
    [("0", "0", 2), ("1[,]0", "0", 1), ("0", "1[,]0", 1), ("2[,]1[,]0", "", 0), ("", "", 0)],
)
def test_only_who_finds_a_statement_at_once_has_its_point(first, second, points):
    result = with_parts(child(first, "a"), child(second, "b"))
    assert score("H5P.Summary 1.10", STATEMENTS, result) == Score(points, 2)


# --- H5P.MarkTheWords ---

BERRIES = (
    "<p>Ein *Wort,* und (*noch*) eins *zwei Wörter* da &lt;b&gt; *a&amp;b*!</p>"
    "<p>nichts&nbsp;*hier*; „*so*“ **doppelt** *x* *ab*c</p>"
)


def marked(text, response):
    return score("H5P.MarkTheWords 1.11", {"textField": text}, response)


@pytest.mark.parametrize(
    ("response", "points"),
    [("1", 1), ("1[,]2", 2), ("1[,]0", 0), ("0[,]3", 0), ("", 0), ("99", 0), ("1[,]1", 1)],
)
def test_words_are_marked(response, points):
    text = "Die *Heidelbeere,* *Himbeere* heißen *Beeren*."
    assert marked(text, response) == Score(points, 3)


def test_where_no_word_is_right_marking_none_is():
    assert marked("kein Wort", "") == Score(1, 1)
    assert marked("kein Wort", "0") == Score(0, 1)


@pytest.mark.parametrize(
    ("text", "of", "right"),
    [
        (BERRIES, 16, [1, 3, 9, 11, 12, 14, 15]),
        ("a<br>b *c*<strong>*d*e</strong> *f*-*g* ***h*** *i**j* *k*.", 8, [2, 3, 4, 5, 6, 7]),
        ("*a* b", 2, [0]), ("… *b*", 1, [0]), ("**a**", 1, [0]), ("**a b", 2, []), ("", None, None),
    ],
)  # fmt: skip
def test_words_are_where_the_type_finds_them(text, of, right):
    key = key_of("H5P.MarkTheWords 1.9", {"textField": text})
    assert (key and key["of"], key and key["right"]) == (of, right)


# --- H5P.DragQuestion ---


def thing(*zones, many=False):
    return {"dropZones": [*zones], "multiple": many}


def places(things, *right, **behaviour):
    zones = [{"correctElements": [*one]} for one in right]
    return {"question": {"task": {"elements": things, "dropZones": zones}}, "behaviour": behaviour}


THREE = [thing("0", "1"), thing("0", "1", many=True), thing("0", "1"), thing()]
TASK = (THREE, ["0", "1"], ["1"])


@pytest.mark.parametrize(
    ("response", "net", "raw", "single"),
    [
        ("0[.]0[,]0[.]1[,]1[.]1", 3, 3, 1), ("0[.]0", 1, 1, 0), ("1[.]0", 0, 0, 0), ("0[.]0[,]0[.]2", 0, 1, 0), ("", 0, 0, 0),
        ("0[.]0[,]0[.]0[,]0[.]0", 1, 1, 0), ("1[.]0[,]0[.]0", 0, 0, 0), ("9[.]0[,]0[.]9[,]0[.]3[,]x", 0, 0, 0),
    ],
)  # fmt: skip
def test_things_are_dragged_to_places(response, net, raw, single):
    kind = "H5P.DragQuestion 1.14"
    assert score(kind, places(*TASK), response) == Score(net, 3)
    assert score(kind, places(*TASK, applyPenalties=False), response) == Score(raw, 3)
    assert score(kind, places(*TASK, singlePoint=True), response) == Score(single, 1)


@pytest.mark.parametrize(("penalty", "points"), [(True, 0), (False, 1)])
def test_where_nothing_belongs_anywhere_it_may_stay(penalty, points):
    params = places(THREE, [], [], applyPenalties=penalty)
    assert score("H5P.DragQuestion 1.14", params, "") == Score(1, 1)
    assert score("H5P.DragQuestion 1.14", params, "0[.]0") == Score(points, 1)


# --- H5P.Essay ---


def keyword(word, *others, points=10, times=1, **options):
    said_of = {"points": points, "occurrences": times} | options
    return {"keyword": word, "alternatives": [*others], "options": said_of}


EXACT = {"caseSensitive": True, "forgiveMistakes": False}
LAX = {"caseSensitive": False, "forgiveMistakes": True}


def written(text, *keywords, **behaviour):
    params = {"keywords": [*keywords], "behaviour": behaviour}
    found = score("H5P.Essay 1.5", params, text)
    return found and found.raw


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Bilbo", 10), ("bilbo", 0), ("Bilbo, Bilbo und 'Bilbo'", 30), ("Bilbo Bilbo\nBilbo. Bilbo", 30), ("Bilbos", 0),
        ("x-Bilbo", 0), ("Bilbo-Baggins", 0), ("Bilb", 0), ("", 0),
    ],
)  # fmt: skip
def test_a_word_counts_as_often_as_the_author_says(text, points):
    assert written(text, keyword("Bilbo", times=3, **EXACT)) == points


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Gandalf", 10), ("gandalf", 10), ("Gnadalf", 10), ("Gandalff", 10), ("Gandal 😀", 10), ("Gndlf", 0),
        ("Gandalf Gandalf", 10), ("Zauberer", 10), ("Zaubreer", 10),
    ],
)  # fmt: skip
def test_slips_are_pardoned_and_others_words_taken(text, points):
    assert written(text, keyword("Gandalf", "Zauberer", **LAX)) == points


@pytest.mark.parametrize(
    ("word", "text", "points"),
    [
        ("*ri", "Dori", 10), ("*ri", "ri", 10), ("B*b*", "Bilbo", 10), ("g*f &amp; co", "Golf & Co", 10),
        ("a*b", "a1b", 0), ("a.*", "abc", 0), ("<b>Ork</b>", "Ork", 10),
    ],
)  # fmt: skip
def test_an_asterisk_stands_for_letters(word, text, points):
    assert written(text, keyword(word, caseSensitive=False)) == points


def test_what_is_said_of_all_words_holds_before_what_is_said_of_one():
    words = keyword("Gandalf", **EXACT)
    lax = {"overrideCaseSensitive": "off", "overrideForgiveMistakes": "on"}
    assert (written("gandal", words), written("gandal", words, **lax)) == (0, 10)


def test_not_every_word_is_needed_for_all_points():
    params = {"keywords": [keyword("a"), keyword("b")], "behaviour": {"percentageMastering": 75}}
    assert score("H5P.Essay 1.5", params, "a b") == Score(15, 15)
    assert score("H5P.Essay 1.5", params, "b") == Score(10, 15)


@pytest.mark.parametrize(
    ("keywords", "behaviour"),
    [
        ([], {}), ([keyword("/x+/")], {}), ([keyword("a", "/b/")], {}), ([keyword("a")], {"ignoreScoring": True}),
        ([keyword("a", points=0)], {}), ([keyword("a", *"b" * 100)], {}),
    ],
)  # fmt: skip
def test_an_essay_that_a_program_cannot_judge_has_no_key(keywords, behaviour):
    params = {"keywords": keywords, "behaviour": behaviour}
    assert key_of("H5P.Essay 1.5", params) is None


def test_a_long_text_is_read_so_far():
    words = [keyword("Verschlüsselung" + "x" * n, **LAX) for n in range(20)]
    assert written("Verschlüsselnug, " * 5000, *words) == 20
    assert written("x " * 5000 + "Verschlüsselung", *words) == 0


# --- H5P.Crossword ---

GRID = {
    "words": [{"answer": word, "clue": "?"} for word in ("Haus", "Straße", "Über uns", "R&amp;D")]
}
ORDER = "{case_matters=false}STRA\u1e9eE[,]HAUS[,]R&D[,]ÜBER UNS"


def solved(response, pattern=ORDER, **behaviour):
    statement = said(response)
    statement["object"]["definition"] = {"correctResponsesPattern": [pattern]}
    result = {"statement": statement, "parts": None}
    return score("H5P.Crossword 0.5", GRID | {"behaviour": behaviour}, result)


@pytest.mark.parametrize(
    ("response", "points", "less"),
    [
        ("STRA\u1e9eE[,]HAUS[,]R&D[,]ÜBER UNS", 4, 4), ("STRA\u1e9eE[,]HA S[,]R&D[,]ÜBER UNS", 3, 3), ("      [,]HAUS[,]   [,]X", 1, 0),
        ("HAUS[,]STRA\u1e9eE[,]R&D[,]ÜBER UNS", 2, 0), ("[,]XAUS", 0, 0), ("", 0, 0),
    ],
)  # fmt: skip
def test_words_of_a_grid_come_in_the_order_it_was_laid(response, points, less):
    assert solved(response) == Score(points, 4)
    assert solved(response, applyPenalties=True) == Score(less, 4)


def test_a_grid_of_other_words_is_believed_nothing():
    assert solved("X[,]X", "X[,]X") == Score(0, 4)
    assert solved("HAUS[,]HAUS", "HAUS[,]HAUS") == Score(0, 4)
    assert solved("HAUS", "HAUS", poolSize=2) == Score(1, 2)
    assert solved("HAUS[,]R&D[,]ÜBER UNS", "HAUS[,]R&D[,]ÜBER UNS", poolSize=2) == Score(0, 2)


def test_single_letters_of_a_grid_are_not_graded():
    assert key_of("H5P.Crossword 0.5", GRID | {"behaviour": {"scoreWords": False}}) is None
    assert key_of("H5P.Crossword 0.5", {"words": GRID["words"][:1]}) is None
    assert key_of("H5P.Crossword 1.0", GRID) is None


# --- contents made of many others ---

READ = part("H5P.AdvancedText 1.1", {"text": "<p>Lesen</p>"}, "text")
MEMORY = part("H5P.MemoryGame 1.3", {}, "memory")
BOTH = [{"content": one} for one in (READ, *QUESTIONS[:2])]
COLUMN = part("H5P.Column 1.18", {"content": BOTH}, "kapitel")
ROW = part(
    "H5P.Row 1.0",
    {"columns": [{"content": part("H5P.RowColumn 1.0", {"content": BOTH}, "spalte")}]},
    "reihe",
)
SLIDES = {"presentation": {"slides": [{"elements": [{"action": READ}, {"action": QUESTIONS[0]}]},
                                      {"elements": [{"action": QUESTIONS[1]}, {"goToSlide": 1}]}]}}  # fmt: skip
FILM = {
    "interactiveVideo": {
        "assets": {"interactions": [{"action": READ}, {"action": QUESTIONS[0]}]},
        "summary": {"task": part("H5P.Summary 1.10", STATEMENTS, "schluss")},
    }
}
ENDED = child(None, "schluss", [child("0", "a"), child("0", "b")])
MADE_OF_MANY = [
    ("H5P.Column 1.18", COLUMN["params"], RIGHT[:2], 3),
    ("H5P.Column 1.18", {"content": [{"content": ROW}]}, RIGHT[:2], 3),
    ("H5P.InteractiveBook 1.11", {"chapters": [COLUMN]}, [child(None, "kapitel", RIGHT[:2])], 3),
    ("H5P.CoursePresentation 1.26", SLIDES, RIGHT[:2], 3),
    ("H5P.InteractiveVideo 1.27", FILM, [RIGHT[0], ENDED], 4),
]
EACH = pytest.mark.parametrize(("library", "params", "children", "most"), MADE_OF_MANY)


@EACH
def test_what_is_made_of_many_has_the_points_of_its_parts(library, params, children, most):
    assert score(library, params, with_parts(*children)) == Score(most, most)
    assert score(library, params, with_parts(*reversed(children))) == Score(most, most)
    assert score(library, params, with_parts(RIGHT[0])) == Score(2, most) or "Book" in library
    assert score(library, params, with_parts()) is None


@EACH
def test_parts_are_never_told_apart_by_their_place(library, params, children, most):
    nameless = [child("0[,]2") for _ in children]
    assert score(library, params, with_parts(*nameless)) in (None, Score(2, most))


def test_parts_with_the_same_name_or_none_cannot_be_told_apart():
    twins = [QUESTIONS[0], QUESTIONS[1] | {"subContentId": "m"}]
    unnamed = [QUESTIONS[0] | {"subContentId": ""}]
    for parts in (twins, unnamed):
        assert key_of("H5P.Column 1.18", {"content": [{"content": one} for one in parts]}) is None


def test_what_is_not_graded_is_left_out_and_named():
    params = {"content": [{"content": one} for one in (READ, MEMORY, MEMORY, *QUESTIONS)]}
    assert left_out("H5P.Column 1.18", params) == ("H5P.MemoryGame",)
    assert score("H5P.Column 1.18", params, with_parts(*RIGHT)) == Score(12, 12)
    assert left_out("H5P.Column 1.18", {"content": BOTH}) == ()
    assert left_out("H5P.MemoryGame 1.3", {}) == ()
    assert left_out("kein Name", {}) == ()


def test_where_nothing_is_graded_there_is_no_key():
    for inside in ([], [READ], [MEMORY], [{"library": 3}], ["x"]):
        assert key_of("H5P.Column 1.18", {"content": [{"content": one} for one in inside]}) is None


def test_boxes_in_boxes_have_an_end():
    box = COLUMN
    for _ in range(200):
        box = part("H5P.Column 1.18", {"content": [{"content": box}]}, "x")
    assert key_of("H5P.Column 1.18", box["params"]) is None


def test_drawn_words_inside_of_a_column_are_graded_as_alone():
    params = {"content": [{"content": part("H5P.DragText 1.10", DRAGGED, "d")}]}
    assert score("H5P.Column 1.18", params, with_parts(RIGHT[4])) == Score(4, 4)
    assert score_of(key_of("H5P.Column 1.18", params), answered("Lange")) is None
