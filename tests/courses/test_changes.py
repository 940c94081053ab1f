"""What counts as a change for learners: items added, removed, moved or made harder; everything else is a correction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.changes import HARDER, ChangedItem, compare, is_harder
from courses.quizzes import GRADERS, grade


def choices(*right, kind="single_choice"):
    says = {
        n: {"right": good, "feedback": "", "text": n}
        for n, good in zip("abcdef", right, strict=False)
    }
    return {"kind": kind, "choices": says}


def gaps(*accepted):
    return {"kind": "gap_text", "gaps": list(accepted), "feedback_right": "", "feedback_wrong": ""}


def order(*steps):
    return {"kind": "ordering", "order": list(steps), "feedback_right": "", "feedback_wrong": ""}


def true_false(right):
    return {"kind": "true_false", "right": right, "feedback_right": "", "feedback_wrong": ""}


def matching(**pairs):
    return {"kind": "matching", "pairs": pairs, "feedback_right": "", "feedback_wrong": ""}


READ = {"kind": "read"}


@pytest.mark.parametrize(
    ("old", "new", "harder"),
    [
        (choices(True, False), choices(True, False), False),
        (choices(True, False, False), choices(True, False), False),  # one wrong answer less
        (choices(True, False), choices(True, False, False), True),  # one more to choose from
        (choices(True, False), choices(False, True), True),
        (choices(True, False), choices(True, False, kind="multiple_choice"), True),
        (true_false(True), true_false(True), False),
        (true_false(True), true_false(False), True),
        (gaps(["lang"]), gaps(["Lang.", "länger"]), False),  # more is accepted
        (gaps(["lang", "länger"]), gaps(["lang"]), True),
        (gaps(["lang"]), gaps(["lang"], ["bunt"]), True),
        (order("a", "b"), order("a", "b"), False),
        (order("a", "b"), order("b", "a"), True),
        (matching(a="t1", b="t2"), matching(a="t3", b="t4"), False),  # other tokens, same pairs
        (matching(a="t1", b="t2"), matching(a="t1", b="t2", c="t3"), True),
        (READ, READ, False),
        (READ, true_false(True), True),
    ],
)
def test_a_question_is_harder_when_a_right_answer_may_be_wrong_now(old, new, harder):
    assert is_harder(old, new) is harder


def test_every_kind_of_question_is_known():
    assert HARDER.keys() == GRADERS.keys()


def test_what_is_added_removed_and_moved_is_told_apart():
    former = [
        ChangedItem("a", 1, READ),
        ChangedItem("b", 1, READ),
        ChangedItem("c", 2, true_false(True)),
    ]
    now = [
        ChangedItem("b", 2, READ),
        ChangedItem("c", 2, true_false(False)),
        ChangedItem("d", 2, READ),
    ]
    changes = compare(former, now)
    assert changes[:4] == (["d"], ["a"], ["b"], ["c"])
    assert changes.other_items
    assert changes.asks_for_new


def test_a_question_made_harder_asks_for_a_new_edition_but_could_be_a_correction():
    changes = compare(
        [ChangedItem("a", 1, true_false(True))], [ChangedItem("a", 1, true_false(False))]
    )
    assert (changes.other_items, changes.asks_for_new) == (False, True)


def test_another_order_inside_a_lesson_changes_nothing():
    former = [ChangedItem("a", 1, READ), ChangedItem("b", 1, READ)]
    assert not compare(former, former[::-1]).asks_for_new


words = st.lists(st.sampled_from(["lang", "Länger", "bunt", "gut "]), min_size=1, max_size=3)
keys = st.one_of(
    st.builds(
        lambda right, n, kind: choices(*(i in right for i in range(n)), kind=kind),
        st.sets(st.integers(0, 2), min_size=1),
        st.integers(3, 5),
        st.sampled_from(["single_choice", "multiple_choice"]),
    ),
    st.builds(true_false, st.booleans()),
    st.builds(lambda accepted: gaps(*accepted), st.lists(words, min_size=1, max_size=2)),
    st.builds(lambda steps: order(*steps), st.permutations(["a", "b", "c"])),
    st.just(READ),
)
answers = st.dictionaries(
    st.sampled_from(["choice", "gap-1", "gap-2", "pos-a", "pos-b", "pos-c"]),
    st.lists(
        st.sampled_from(["a", "b", "c", "true", "false", "lang", "bunt", "1", "2", "3"]), max_size=3
    ),
)


@given(keys, keys, answers)
def test_what_is_not_harder_takes_every_answer_that_was_right(old, new, given):
    if not is_harder(old, new) and grade(old, given).right:
        assert grade(new, given).right


@given(keys)
def test_nothing_is_harder_than_itself(key):
    assert not is_harder(key, key)
