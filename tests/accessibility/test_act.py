"""How many of the public ACT cases that can occur at the desk are found, and how many alarms are wrong.

The cases lie beside this clone (a clone of act-rules/act-rules.github.io, or where ACT_RULES says); nothing of them is ours.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

from accessibility.checks import Text, check
from accessibility.checks.parts import LessonPart
from tests.accessibility.act_cases import OVERLAP, cases, inside_page, language_of_page

BESIDE = Path(__file__).resolve().parent.parent.parent.parent / "act-rules.github.io"
RULES = Path(os.environ.get("ACT_RULES", BESIDE))

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(
        not (RULES / "_rules").exists(), reason="no clone of the ACT rules is beside this one"
    ),
]


def is_found(case):
    part = LessonPart("teil", Text(inside_page(case.html)))
    found = check([part], lang=language_of_page(case.html))
    return bool({finding.rule for finding in found} & OVERLAP[case.rule])


def test_what_fails_by_the_act_rules_is_found_here_as_well():
    here = [case for case in cases(RULES) if not case.left_out]
    counted = Counter((is_found(case), case.fails) for case in here)
    precision = counted[True, True] / (counted[True, True] + counted[True, False])
    recall = counted[True, True] / (counted[True, True] + counted[False, True])
    wrong = [(case.rule, case.name) for case in here if is_found(case) != case.fails]
    assert len(here) >= 65
    assert (precision >= 0.9, recall >= 0.82) == (True, True), (precision, recall, wrong)
