"""How the questions of an activity went, for its authors, who see no learner: numbers alone, from twenty people on, in tens.

Only whole groups of ten are counted, in the order in which they first played it: somebody who looks twice learns nothing
of the one person who came in between. Shares are rounded to five per cent; what somebody typed is never shown.
"""

from typing import NamedTuple

from h5p_lite.models import Content
from learning.reporting import WrongAnswer, questions_of
from tenancy.lens import look, system
from tenancy.rows import rows

SHOWN_FROM = 20  # people
GROUP = 10
STEP = 5  # per cent
RARE = 10  # per cent; a wrong answer that fewer have given is not named

#: The questions of each person's first attempt, the person who came first at the front.
FIRST = """SELECT parts FROM (SELECT DISTINCT ON (s.learner_id) s.parts, s.at FROM learning_xapistatement s
    JOIN h5p_lite_revision r ON r.id = s.revision_id WHERE r.content_id = %s AND s.provider_id = %s
    ORDER BY s.learner_id, s.at) first ORDER BY at LIMIT 1000"""


class QuestionFigure(NamedTuple):
    words: str
    right: int  # per cent, rounded
    wrong: list[tuple[str, int]]  # of the answers that were offered, with rounded per cent


class QuestionFigures(NamedTuple):
    """`people` in tens; 0 and no questions as long as there are too few."""

    people: int
    questions: list[QuestionFigure]


def question_figures(content: Content) -> QuestionFigures:
    """Counted under the system lens; whether somebody may see the content is asked at the door."""
    with look(system("count how questions went")):
        firsts = [parts for (parts,) in rows(FIRST, [content.pk, content.owner_id])]
    if len(firsts) < SHOWN_FROM:
        return QuestionFigures(0, [])
    people = len(firsts) // GROUP * GROUP
    questions = [
        QuestionFigure(one.words, one_step(one.right, one.answered), _wrong(one.wrong, one.answered))
        for one in questions_of(firsts[:people])
        if one.answered >= SHOWN_FROM
    ]  # fmt: skip
    return QuestionFigures(people, questions)


def one_step(part: int, whole: int) -> int:
    """Per cent, in steps of five."""
    return round(100 * part / whole / STEP) * STEP


def _wrong(answers: list[WrongAnswer], answered: int) -> list[tuple[str, int]]:
    offered = [(one.words, one_step(one.times, answered)) for one in answers if not one.typed]
    return [(words, share) for words, share in offered if share >= RARE]
