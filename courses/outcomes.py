"""DigComp's learning outcomes as they are shipped (`outcomes.tsv`): official in English, in German translated here."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).resolve().parent / "outcomes.tsv"


class ShippedOutcome(NamedTuple):
    """`level` and `kind` as the database has them."""

    code: str
    competence: str
    level: str
    kind: str
    text: str
    german: str


@cache
def shipped() -> dict[str, ShippedOutcome]:
    """By code, in DigComp's order."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    read = (ShippedOutcome(*line.split("\t")) for line in lines if not line.startswith("#"))
    return {one.code: one for one in read}


def german_of(code: str, text: str) -> str:
    """The translation of exactly this English text; empty for another one."""
    one = shipped().get(code)
    return one.german if one and one.text == text else ""
