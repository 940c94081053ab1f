"""docs/security/asvs.md says the truth about numbers, files and tests; what it says of the code is for people to judge."""

import re
from itertools import pairwise
from typing import NamedTuple

import pytest

from config.embedded.places import ROOT

PAGE = ROOT / "docs" / "security" / "asvs.md"
MODEL = ROOT / "docs" / "security" / "threat-model.md"
STATES = {"met", "not applicable", "open"}
#: ASVS 5.0.0: section -> level of its requirements 1, 2, 3 …; level 3 is not asked for.
LEVELS = {
    "1.1": "22",
    "1.2": "1111122223",
    "1.3": "112222222223",
    "1.4": "222",
    "1.5": "123",
    "2.1": "122",
    "2.2": "112",
    "2.3": "12223",
    "2.4": "23",
    "3.1": "3",
    "3.2": "113",
    "3.3": "12223",
    "3.4": "11222233",
    "3.5": "11122333",
    "3.6": "3",
    "3.7": "22333",
    "4.1": "12233",
    "4.2": "23333",
    "4.3": "22",
    "4.4": "1222",
    "5.1": "2",
    "5.2": "112333",
    "5.3": "113",
    "5.4": "222",
    "6.1": "122",
    "6.2": "111111112222",
    "6.3": "11223333",
    "6.4": "112233",
    "6.5": "22222333",
    "6.6": "2223",
    "6.7": "33",
    "6.8": "2222",
    "7.1": "222",
    "7.2": "1111",
    "7.3": "22",
    "7.4": "11222",
    "7.5": "223",
    "7.6": "22",
    "8.1": "1233",
    "8.2": "1123",
    "8.3": "133",
    "8.4": "23",
    "9.1": "111",
    "9.2": "1222",
    "10.1": "22",
    "10.2": "223",
    "10.3": "22223",
    "10.4": "1111122222233333",
    "10.5": "22222",
    "10.6": "22",
    "10.7": "222",
    "11.1": "2233",
    "11.2": "22233",
    "11.3": "11233",
    "11.4": "1222",
    "11.5": "23",
    "11.6": "23",
    "11.7": "33",
    "12.1": "12233",
    "12.2": "11",
    "12.3": "22223",
    "13.1": "2333",
    "13.2": "222223",
    "13.3": "2233",
    "13.4": "1222233",
    "14.1": "22",
    "14.2": "12223333",
    "14.3": "122",
    "15.1": "12233",
    "15.2": "12233",
    "15.3": "1222222",
    "15.4": "3333",
    "16.1": "2",
    "16.2": "22222",
    "16.3": "2222",
    "16.4": "222",
    "16.5": "2223",
    "17.1": "23",
    "17.2": "22223333",
    "17.3": "22",
}


class Row(NamedTuple):
    number: str
    level: str
    asks: str
    state: str
    where: str
    test: str


ROWS = [
    Row(*(cell.strip() for cell in line.strip("|").split(" | ")))
    for line in PAGE.read_text().splitlines()
    if re.match(r"\| \d", line)
]


def required():
    for section, levels in LEVELS.items():
        for number, level in enumerate(levels, 1):
            if level != "3":
                yield f"{section}.{number}", level


def test_no_requirement_of_levels_1_and_2_is_missing():
    assert [(row.number, row.level) for row in ROWS] == [*required()]
    assert len(ROWS) == 253


def test_each_row_is_whole():
    assert {row.state for row in ROWS} == STATES
    assert [row.number for row in ROWS if not (row.asks and len(row.where) > 3)] == []


@pytest.mark.parametrize("state", ["not applicable", "open"])
def test_what_is_not_met_has_a_reason_and_no_test(state):
    rows = [row for row in ROWS if row.state == state]
    assert [row.number for row in rows if row.test != "–" or not row.where.strip("–. ")] == []


def test_the_head_counts_right():
    head = " ".join(PAGE.read_text().split("## V1 ")[0].split())
    count = {state: sum(row.state == state for row in ROWS) for state in STATES}
    untested = sum(row.state == "met" and row.test == "–" for row in ROWS)
    assert (
        f"{count['met']} met, {count['not applicable']} not applicable, {count['open']} open"
        in head
    )
    assert f"{untested} of those met have no test" in head


def test_every_test_exists():
    named = {row.test.strip("`") for row in ROWS if row.test != "–"}
    assert len(named) > 60
    for test in named:
        path, _, name = test.partition("::")
        assert re.search(rf"^def {name}\(", (ROOT / path).read_text(), re.MULTILINE), test


def test_every_file_exists():
    """What looks like a path between backticks, from the root; and each ADR by its number."""
    for row in ROWS:
        for path in re.findall(r"`([\w.-]+(?:/[\w.-]+)+/?)`", row.where):
            assert (ROOT / path).exists(), (row.number, path)
        for number in re.findall(r"ADR (\d{4})", row.where):
            assert [*(ROOT / "docs" / "adr").glob(f"{number}-*.md")], (row.number, number)


def test_the_threat_model_is_one_page():
    lines = MODEL.read_text().splitlines()
    assert len(lines) <= 60
    for path in re.findall(r"`(tests/[\w/]+\.py)`", MODEL.read_text()):
        assert (ROOT / path).exists()


def test_rows_stand_in_order():
    keys = [tuple(int(part) for part in row.number.split(".")) for row in ROWS]
    assert all(first < second for first, second in pairwise(keys))
