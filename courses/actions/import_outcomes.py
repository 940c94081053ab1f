"""DigComp's learning outcomes, from the official spreadsheet into the database. See docs/digcomp.md."""

from collections.abc import Iterator
from typing import IO, Any, NamedTuple
from zipfile import BadZipFile

import openpyxl
from django.db import transaction
from openpyxl.utils.exceptions import InvalidFileException

from courses.models import Competence, LearningOutcome, Proficiency
from courses.outcomes import german_of

#: The columns that are read, by their headings; there are others. The sheet is the one that has all of them.
COLUMNS = (
    "Competence number",
    "Learning Outcome ID",
    "Learning Outcome",
    "Proficiency level",
    "Knowledge skill or attitude",
)


class WrongFile(ValueError):
    """Not the official spreadsheet; the message says what was looked for."""


class Loaded(NamedTuple):
    total: int
    added: int
    changed: int
    removed: int


def read_outcomes(file: IO[bytes]) -> list[LearningOutcome]:
    """The outcomes of the spreadsheet, in its order, not stored. Raises WrongFile."""
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, OSError, ValueError) as error:
        raise WrongFile("this is not an Excel file (.xlsx)") from error
    try:
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True)
            heads = [_text(cell) for cell in next(rows, ())]
            if set(COLUMNS) <= set(heads):
                return list(_outcomes(rows, [heads.index(name) for name in COLUMNS]))
    finally:
        book.close()
    raise WrongFile(f"no sheet has the columns {', '.join(COLUMNS)}")


def _outcomes(rows: Iterator[tuple[Any, ...]], places: list[int]) -> Iterator[LearningOutcome]:
    for number, row in enumerate(rows, 2):
        if not any(row):
            continue
        competence, code, text, level, kind = (_text(row[place]) for place in places)
        outcome = LearningOutcome(
            code=code,
            competence_id=competence,
            level=level.lower().replace(" ", "-"),
            kind=kind.lower(),
            text=text,
            german=german_of(code, text),
        )
        if (
            not (code and text)
            or outcome.level not in Proficiency.values
            or outcome.kind not in LearningOutcome.Kind.values
        ):
            raise WrongFile(f"row {number} is no learning outcome: {code} {level} {kind}".strip())
        yield outcome


def _text(cell: Any) -> str:
    """Spaces collapsed: the spreadsheet has "Basic " and line breaks inside texts."""
    return " ".join(str(cell if cell is not None else "").split())


@transaction.atomic
def load_outcomes(outcomes: list[LearningOutcome]) -> Loaded:
    """Make the table say what the spreadsheet says: adds, changes and removes. Idempotent. Raises WrongFile."""
    codes = set(Competence.objects.values_list("code", flat=True))
    if strange := sorted({outcome.competence_id for outcome in outcomes} - codes):
        raise WrongFile(
            f"it names competences that DigComp 3.0 does not have: {', '.join(strange)}"
        )
    new = {outcome.code: outcome for outcome in outcomes}
    if not outcomes or len(new) != len(outcomes):
        raise WrongFile("it is empty, or names an outcome twice")
    old = {outcome.code: outcome for outcome in LearningOutcome.objects.all()}
    changed = [code for code in new if code in old and _said(new[code]) != _said(old[code])]
    added = [code for code in new if code not in old]
    LearningOutcome.objects.bulk_create(new[code] for code in added)
    LearningOutcome.objects.bulk_update(
        [new[code] for code in changed], ["competence", "level", "kind", "text", "german"]
    )
    gone = LearningOutcome.objects.filter(code__in=old.keys() - new.keys())
    removed = gone.delete()[0]
    return Loaded(len(new), len(added), len(changed), removed)


def _said(outcome: LearningOutcome) -> tuple[str, ...]:
    return (outcome.competence_id, outcome.level, outcome.kind, outcome.text, outcome.german)
