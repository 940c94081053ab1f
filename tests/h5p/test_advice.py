"""A sentence for every problem that a package may have."""

from typing import get_args

import pytest

from h5p.advice import PROBLEMS, in_words
from h5p_lite.core.package import Code, Problem


def test_there_is_a_sentence_for_every_problem():
    assert sorted(PROBLEMS) == sorted(get_args(Code))


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_sentence_can_be_filled(code):
    sentence = str(PROBLEMS[code])
    bare = sentence % {"file": "", "value": "", "other": ""}
    assert sentence[-1] == "."
    assert "%" not in bare


def test_problems_are_told_once_and_with_their_file():
    wrong = [Problem("newer-core", "A/library.json", ("1.30", "1.28")), Problem("ratio", "a%s.png")]
    assert in_words([*wrong, wrong[0]]) == [
        "A/library.json braucht H5P 1.30, wir haben 1.28. Nehmen Sie eine ältere Version der Bibliothek.",
        "Diese Datei ist verdächtig stark gepackt: a%s.png. Nehmen Sie sie heraus.",
    ]
