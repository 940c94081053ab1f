"""What authors choose a content type for, and which they are shown first."""

from h5p_lite.core.grading import is_graded
from h5p_lite.core.grading.compounds import SHOWN

ASK, PRACTISE, SHOW = "ask", "practise", "show"

#: Done by somebody and not only looked at, though nothing counts points.
DONE = frozenset(
    "H5P." + name
    for name in [
        "AudioRecorder",
        "Dialogcards",
        "GuessTheAnswer",
        "OpenEndedQuestion",
        "Questionnaire",
        "SimpleMultiChoice",
    ]
)
READ = frozenset({"LernHN.Cards"})

#: What does most with the least trouble: for their authors, and for everybody who uses them. A type with barriers is not shown
#: among them however often it is used; `curated.py` says why.
FIRST = (
    *("LernHN.Quiz", "LernHN.Cards", "LernHN.Sequence"),
    *(
        "H5P.MultiChoice",
        "H5P.TrueFalse",
        "H5P.Blanks",
        "H5P.AdvancedBlanks",
        "H5P.Essay",
        "H5P.Summary",
    ),
    *("H5P.Column", "H5P.InteractiveBook", "H5P.BranchingScenario"),
    *("H5P.Text", "H5P.AdvancedText", "H5P.Table"),
)


def purpose_of(machine_name: str) -> str:
    """To ask (the server counts points), to practise (nobody does) or to show."""
    if machine_name in READ or machine_name in SHOWN - DONE:
        return SHOW
    return ASK if is_graded(machine_name) else PRACTISE
