"""Grading, pure: a table of examples for every kind of question, and the laws all of them obey."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from courses.quizzes import INCOMPLETE, MISSED, AnswerDetail, Grade, gaps, grade, parts


def choices(kind, *says):
    """A key of choices "a", "b", … from pairs (right, feedback)."""
    named = {
        letter: {"right": right, "feedback": feedback, "text": f"Antwort {letter}"}
        for letter, (right, feedback) in zip(string.ascii_lowercase, says, strict=False)
    }
    return {"kind": kind, "choices": named}


FEEDBACKS = {"feedback_right": "Stimmt.", "feedback_wrong": "Noch nicht."}
ONE = choices(
    "single_choice", (True, "Ja, lang ist gut."), (False, "Das errät jeder."), (False, "")
)
MANY = choices(
    "multiple_choice", (True, "Ja, a."), (True, "Ja, b."), (False, "Nein, c."), (False, "Nein, d.")
)
TRUE = {"kind": "true_false", "right": True, **FEEDBACKS}
FALSE = {"kind": "true_false", "right": False, **FEEDBACKS}
PAIRS = {"kind": "matching", "pairs": {"x": "t1", "y": "t2"}, **FEEDBACKS}
GAPS = {"kind": "gap_text", "gaps": [["lang", "länger"], ["geheim"]], **FEEDBACKS}
ORDER = {"kind": "ordering", "order": ["x", "y", "z"], **FEEDBACKS}
READ = {"kind": "read"}
KEYS = {
    "single": ONE,
    "multiple": MANY,
    "true": TRUE,
    "false": FALSE,
    "gaps": GAPS,
    "order": ORDER,
    "read": READ,
}


def wrong(*details, given, hint="", text="", places=None):
    return Grade(False, text, [AnswerDetail(*d) for d in details], given, hint, places or {})


#   key, what was given, the grade
EXAMPLES = [
    (ONE, {"choice": ["a"]}, Grade(True, "Ja, lang ist gut.", [], {"choice": ["a"]})),
    (ONE, {"choice": ["b"]}, wrong(("Das errät jeder.", False), given={"choice": ["b"]})),
    (ONE, {"choice": ["c"]}, wrong(given={"choice": ["c"]})),
    (ONE, {}, wrong(given={"choice": []}, hint=INCOMPLETE)),
    (ONE, {"choice": ["?"]}, wrong(given={"choice": []}, hint=INCOMPLETE)),
    (ONE, {"choice": ["b", "a"]}, wrong(("Das errät jeder.", False), given={"choice": ["b"]})),
    (MANY, {"choice": ["b", "a"]}, Grade(True, "Ja, b. Ja, a.", [], {"choice": ["b", "a"]})),
    (MANY, {"choice": ["a"]}, wrong(given={"choice": ["a"]}, hint=MISSED)),
    (MANY, {"choice": ["a", "c"]}, wrong(("Nein, c.", False), given={"choice": ["a", "c"]})),
    (
        MANY,
        {"choice": ["c", "a", "d", "b"]},
        wrong(("Nein, c.", False), ("Nein, d.", False), given={"choice": ["c", "a", "d", "b"]}),
    ),
    (MANY, {}, wrong(given={"choice": []}, hint=INCOMPLETE)),
    (TRUE, {"choice": ["true"]}, Grade(True, "Stimmt.", [], {"choice": ["true"]})),
    (TRUE, {"choice": ["false"]}, wrong(given={"choice": ["false"]}, text="Noch nicht.")),
    (FALSE, {"choice": ["false"]}, Grade(True, "Stimmt.", [], {"choice": ["false"]})),
    (FALSE, {"choice": ["true"]}, wrong(given={"choice": ["true"]}, text="Noch nicht.")),
    (FALSE, {"choice": ["vielleicht"]}, wrong(given={}, hint=INCOMPLETE)),
    (
        GAPS,
        {"gap-1": [" Länger "], "gap-2": ["GEHEIM."]},
        Grade(True, "Stimmt.", [], {"gap-1": ["Länger"], "gap-2": ["GEHEIM."]}),
    ),
    (
        GAPS,
        {"gap-1": ["kurz"], "gap-2": ["geheim"]},
        wrong(
            ("kurz", False),
            ("geheim", True),
            given={"gap-1": ["kurz"], "gap-2": ["geheim"]},
            text="Noch nicht.",
            places={"gap-1": False, "gap-2": True},
        ),
    ),
    (
        GAPS,
        {"gap-1": ["lang"], "gap-2": ["  "]},
        wrong(given={"gap-1": ["lang"], "gap-2": [""]}, hint=INCOMPLETE),
    ),
    (
        ORDER,
        {"pos-x": ["1"], "pos-y": ["2"], "pos-z": ["3"]},
        Grade(True, "Stimmt.", [], {"pos-x": ["1"], "pos-y": ["2"], "pos-z": ["3"]}),
    ),
    (
        ORDER,
        {"pos-x": ["2"], "pos-y": ["1"], "pos-z": ["3"]},
        wrong(
            given={"pos-x": ["2"], "pos-y": ["1"], "pos-z": ["3"]},
            text="Noch nicht.",
            places={"pos-x": False, "pos-y": False, "pos-z": True},
        ),
    ),
    (
        ORDER,
        {"pos-x": ["1"], "pos-y": ["1"], "pos-z": ["3"]},
        wrong(given={"pos-x": ["1"], "pos-y": ["1"], "pos-z": ["3"]}, hint=INCOMPLETE),
    ),
    (
        ORDER,
        {"pos-x": ["0"], "pos-y": ["1"], "pos-z": ["2"]},
        wrong(given={"pos-x": ["0"], "pos-y": ["1"], "pos-z": ["2"]}, hint=INCOMPLETE),
    ),
    (
        PAIRS,
        {"pair-x": ["t1"], "pair-y": ["t2"]},
        Grade(True, "Stimmt.", [], {"pair-x": ["t1"], "pair-y": ["t2"]}),
    ),
    (
        PAIRS,
        {"pair-x": ["t2"], "pair-y": ["t2"]},
        wrong(
            given={"pair-x": ["t2"], "pair-y": ["t2"]},
            text="Noch nicht.",
            places={"pair-x": False, "pair-y": True},
        ),
    ),
    (
        PAIRS,
        {"pair-x": ["t1"], "pair-y": [""]},
        wrong(given={"pair-x": ["t1"], "pair-y": [""]}, hint=INCOMPLETE),
    ),
    (
        PAIRS,
        {"pair-x": ["t1"], "pair-y": ["x"], "pair-z": ["t2"]},
        wrong(given={"pair-x": ["t1"], "pair-y": [""]}, hint=INCOMPLETE),
    ),
    (READ, {}, Grade(True, "", [], {})),
    (READ, {"choice": ["a"], "gap-1": ["x"]}, Grade(True, "", [], {})),
]


@pytest.mark.parametrize(("key", "answer", "expected"), EXAMPLES)
def test_examples(key, answer, expected):
    assert grade(key, answer) == expected


@pytest.mark.parametrize(
    ("text", "accepted", "cut"),
    [
        ("Ein Satz.", [], [{"text": "Ein Satz."}]),
        ("Es ist {{lang}}.", [["lang"]], [{"text": "Es ist "}, {"gap": 1}, {"text": "."}]),
        ("{{ a | b }}{{c}}", [["a", "b"], ["c"]], [{"gap": 1}, {"gap": 2}]),
        ("{{a}} und {{|}}", [["a"], []], [{"gap": 1}, {"text": " und "}, {"gap": 2}]),
    ],
)
def test_a_text_is_cut_at_its_gaps(text, accepted, cut):
    assert gaps(text) == accepted
    assert parts(text) == cut


def test_a_kind_of_tomorrow_is_refused():
    with pytest.raises(KeyError):
        grade({"kind": "drawing"}, {})


# --- laws ----------------------------------------------------------------------------------------------------------

words = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüABCÄÖÜ0123456789-", min_size=1, max_size=12)
ids = st.sampled_from(string.ascii_lowercase)


@st.composite
def choice_keys(draw, kind=None):
    """Choices of which at least one is right (the editor sees to that), each with a feedback of its own."""
    kind = kind or draw(st.sampled_from(["single_choice", "multiple_choice"]))
    right = draw(st.lists(st.booleans(), min_size=2, max_size=7).filter(any))
    if kind == "single_choice":
        right = [number == right.index(True) for number in range(len(right))]
    return choices(kind, *((good, f"Rückmeldung {n}.") for n, good in enumerate(right)))


@st.composite
def gap_keys(draw):
    accepted = st.lists(words, min_size=1, max_size=3)
    return {
        "kind": "gap_text",
        "gaps": draw(st.lists(accepted, min_size=1, max_size=4)),
    } | FEEDBACKS


@st.composite
def order_keys(draw):
    return {
        "kind": "ordering",
        "order": draw(st.lists(ids, min_size=2, max_size=9, unique=True)),
    } | FEEDBACKS


@st.composite
def pair_keys(draw):
    rows = draw(st.lists(ids, min_size=2, max_size=9, unique=True))
    return {"kind": "matching", "pairs": {row: f"t{n}" for n, row in enumerate(rows)}} | FEEDBACKS


true_false_keys = st.booleans().map(
    lambda right: {"kind": "true_false", "right": right} | FEEDBACKS
)
keys = st.one_of(
    choice_keys(), gap_keys(), order_keys(), pair_keys(), true_false_keys, st.just(READ)
)


def wanted(key):
    """The choices that have to be given."""
    return [choice for choice, says in key["choices"].items() if says["right"]]


def right_answer(key):
    if key["kind"] in ("single_choice", "multiple_choice"):
        return {"choice": wanted(key)}
    if key["kind"] == "true_false":
        return {"choice": ["true" if key["right"] else "false"]}
    if key["kind"] == "gap_text":
        return {f"gap-{n}": [accepted[0]] for n, accepted in enumerate(key["gaps"], 1)}
    if key["kind"] == "ordering":
        return {f"pos-{step}": [str(n)] for n, step in enumerate(key["order"], 1)}
    if key["kind"] == "matching":
        return {f"pair-{row}": [token] for row, token in key["pairs"].items()}
    return {}


def forms(key):
    """Whatever a browser, or somebody with a script, may send; the fields of this very question among it."""
    known = st.sampled_from([*right_answer(key), "choice", "gap-1", "pos-a"])
    values = st.one_of(
        st.text(max_size=20), ids, st.sampled_from(["true", "1", "2", "²", "٣", "-1"])
    )
    return st.dictionaries(st.one_of(known, st.text(max_size=8)), st.lists(values, max_size=4))


@given(keys)
def test_the_right_answer_is_right(key):
    graded = grade(key, right_answer(key))
    assert (graded.right, graded.hint, graded.details) == (True, "", [])


@given(choice_keys(), st.data())
def test_any_other_choice_is_wrong(key, data):
    most = 1 if key["kind"] == "single_choice" else None
    subset = data.draw(st.lists(st.sampled_from([*key["choices"]]), unique=True, max_size=most))
    assert grade(key, {"choice": subset}).right == (set(subset) == set(wanted(key)))


@given(choice_keys(), st.data())
def test_unknown_choices_change_nothing(key, data):
    known = data.draw(st.lists(st.sampled_from([*key["choices"]]), unique=True))
    mixed = data.draw(st.permutations([*known, "unbekannt", "true", ""]))
    in_order = [choice for choice in mixed if choice in key["choices"]]
    assert grade(key, {"choice": mixed}) == grade(key, {"choice": in_order})


@given(choice_keys("multiple_choice"), st.data())
def test_the_order_of_choices_does_not_matter(key, data):
    chosen = data.draw(st.lists(st.sampled_from([*key["choices"]]), unique=True))
    mixed = data.draw(st.permutations(chosen))
    one, other = grade(key, {"choice": chosen}), grade(key, {"choice": mixed})
    assert (one.right, one.hint) == (other.right, other.hint)
    assert sorted(one.details) == sorted(other.details)


@given(keys.flatmap(lambda key: st.tuples(st.just(key), forms(key))))
def test_grading_takes_whatever_is_sent(key_and_form):
    key, form = key_and_form
    graded = grade(key, form)
    assert graded.complete == (graded.hint != INCOMPLETE)
    assert not (graded.right and graded.hint)
    assert set(graded.given) <= {*right_answer(key), "choice"}
    assert grade(key, graded.given).right == graded.right  # what is kept says the same once more


@given(keys.filter(lambda key: key["kind"] != "read"), st.data())
def test_an_incomplete_answer_is_never_right(key, data):
    answer = right_answer(key)
    left_out = data.draw(st.sampled_from([*answer]))
    nothing = data.draw(st.sampled_from([[], [""], ["   "]]))
    graded = grade(key, answer | {left_out: nothing})
    assert (graded.right, graded.complete, graded.text) == (False, False, "")


@given(gap_keys(), st.data())
def test_a_gap_forgives_case_outer_blanks_and_a_full_stop(key, data):
    answer = {}
    for number, accepted in enumerate(key["gaps"], 1):
        word = data.draw(st.sampled_from(accepted))
        spelled = data.draw(st.sampled_from([word, word.upper(), word.lower(), word.title()]))
        before, after = data.draw(st.tuples(*[st.sampled_from(["", " ", "\t "])] * 2))
        answer[f"gap-{number}"] = [before + spelled + data.draw(st.sampled_from(["", "."])) + after]
    assert grade(key, answer).right


@given(gap_keys(), st.data())
def test_a_gap_takes_no_other_word(key, data):
    known = {word.casefold() for accepted in key["gaps"] for word in accepted}
    other = data.draw(words)
    assume(other.casefold() not in known)
    graded = grade(key, right_answer(key) | {"gap-1": [other]})
    assert not graded.right
    assert graded.details[0] == AnswerDetail(other, False)


@pytest.mark.parametrize(
    ("accepted", "said", "right"),
    [
        ("Gerät", "gerat", False),
        ("Gerät", "geraet", False),
        ("Gerät", "GERA\u0308T", True),  # the same letter, written as two characters
        ("sicher sein", "sicher   sein", True),
        ("z. B.", "z. B", True),
        ("lang", "lang..", True),
        ("lang", "lang!", True),
    ],
)
def test_umlauts_matter_and_blanks_do_not(accepted, said, right):
    key = {"kind": "gap_text", "gaps": [[accepted]], **FEEDBACKS}
    assert grade(key, {"gap-1": [said]}).right is right


@given(order_keys(), st.data())
def test_only_the_exact_order_is_right(key, data):
    places = data.draw(st.permutations(range(1, len(key["order"]) + 1)))
    answer = {f"pos-{step}": [str(place)] for step, place in zip(key["order"], places, strict=True)}
    assert grade(key, answer).right == (places == sorted(places))


@given(choice_keys(), st.data())
def test_what_was_missed_is_not_told(key, data):
    """Before the answer is right, nothing that is said may point at a right choice."""
    chosen = data.draw(st.lists(st.sampled_from([*key["choices"]]), unique=True))
    graded = grade(key, {"choice": chosen})
    assume(not graded.right)
    told = str(graded.said)
    assert [c for c in wanted(key) if key["choices"][c]["feedback"] in told] == []
    assert [c for c in wanted(key) if key["choices"][c]["text"] in told] == []


@given(gap_keys(), words)
def test_a_wrong_gap_does_not_name_the_solution(key, said):
    solutions = {word.casefold() for accepted in key["gaps"] for word in accepted}
    assume(said.casefold() not in solutions)
    graded = grade(key, {f"gap-{n}": [said] for n in range(1, len(key["gaps"]) + 1)})
    assert graded.said == {
        "text": "Noch nicht.",
        "details": [[said, False]] * len(key["gaps"]),
        "hint": "",
        "places": {f"gap-{n}": False for n in range(1, len(key["gaps"]) + 1)},
    }
