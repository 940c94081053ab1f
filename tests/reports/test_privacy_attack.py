"""Somebody who knows the rules, the totals and every shown number tries to work out a hidden one."""

import itertools

import pytest
from hypothesis import given

from reports.formats import as_csv
from reports.privacy import protect, total
from tests.reports.test_privacy import MEASURES, column, read, table_of, tables


def ranges(table):
    """What an attacker can work out: from published totals, from zeros being shown, from measures being nested."""
    shown, totals = protect(table, MEASURES), total(table, MEASURES)
    most = 10**9
    known = {
        (label, m): (n, n) if n is not None else (0, most)
        for label, cells in shown.items()
        for m, n in cells.items()
    }
    before = None
    while known != before:
        before = dict(known)
        for label in table:  # who completed was enrolled
            for wide, narrow in itertools.pairwise(MEASURES):
                (a, b), (c, d) = known[label, wide], known[label, narrow]
                known[label, wide] = (max(a, c), b)
                known[label, narrow] = (c, min(d, b))
        for m in MEASURES:
            if totals[m] is None:
                continue
            for label in table:
                others = [known[other, m] for other in table if other != label]
                low, high = known[label, m]
                known[label, m] = (
                    max(low, totals[m] - sum(h for _, h in others)),
                    min(high, totals[m] - sum(least for least, _ in others)),
                )
    return {cell: known[cell] for cell in known if shown[cell[0]][cell[1]] is None}


#  what the tables look like in which somebody can be worked out
LEAKS = {
    # completions: a is the only group with any; 95 = total - 0, so five persons of group a did not complete
    "alone beside zeros": table_of(a=(100, 95, 95), b=(50, 0, 0)),
    # completions: b lies between 20 enrolments and 20 certificates, so it is 20, so a is 75 - 50 - 20 = 5
    "between its neighbours": table_of(a=(30, 5, 0), b=(20, 20, 20), c=(50, 50, 18)),
}


@pytest.mark.parametrize("name", LEAKS)
def test_a_hidden_cell_cannot_be_worked_out(name):
    assert [cell for cell, (low, high) in ranges(LEAKS[name]).items() if low == high] == []


@given(tables)
def test_no_hidden_cell_can_be_worked_out(table):
    assert [cell for cell, (low, high) in ranges(table).items() if low == high] == []


def test_ten_groups_of_one_are_not_given_away_by_their_total():
    """Zeros are shown, so a hidden cell is at least 1: a total of 10 over 10 hidden cells says that each is 1."""
    table = {label: dict.fromkeys(MEASURES, 1) for label in "abcdefghij"}
    assert total(table, MEASURES) == dict.fromkeys(MEASURES)


@given(tables)
def test_a_zero_stays_zero(table):
    """Rule 1 says so; rule 2 hides it when the wider count is 1 to 9 (and hidden itself)."""
    shown = protect(table, MEASURES)
    for measure in MEASURES:
        zeros = [label for label, n in column(table, measure).items() if n == 0]
        assert [shown[label][measure] for label in zeros] == [0] * len(zeros)


def test_an_empty_cell_stays_empty():
    assert read(as_csv(["Kurse"], [{"Kurse": ""}])) == [["Kurse"], [""]]


@pytest.mark.parametrize("start", ["\t", "\r", "\n"])
def test_a_formula_behind_a_control_character_is_no_formula(start):
    """OWASP, CSV injection: spreadsheets skip these before they look for a formula."""
    assert as_csv(["Gruppe"], [{"Gruppe": f"{start}=1+1"}]).count("'") == 1


def test_months_need_not_be_nested():
    """Somebody enrols in March and completes in April; figures that contradict nesting must neither hang nor leak."""
    table = table_of(maerz=(40, 0, 0), april=(3, 35, 35), mai=(25, 12, 12))
    shown = protect(table, MEASURES, nested=False)
    assert shown["april"]["enrolments"] is None
    assert shown["april"]["completions"] == 35
    assert protect(table, MEASURES)["april"]["enrolments"] is None
