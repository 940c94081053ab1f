"""What people have found about the accessibility of common content types, with the day and the reason.

A list says what no program sees: that a place on a picture has to be found, that a film needs captions. "Tried" is: used
by keyboard and looked at by axe in Chromium, with a public package of that version; "read" is: from its source or from
what its makers publish. Nobody has used a screen reader for it. Parts inside of a type are judged by themselves.
"""

from datetime import date
from typing import NamedTuple

from h5p_lite.core.names import Name

DAY = date(2026, 11, 30)
TRIED, READ = "tried", "read"


class Curated(NamedTuple):
    good: bool  # everybody can use it
    why: str  # of `h5p_lite.advice.CURATED`
    how: str = READ
    since: tuple[int, int] = (0, 0)  # the version tried; of older ones nothing is said
    instead: str = ""  # a type that does nearly the same and shuts nobody out
    day: date = DAY


LIST = {
    # Ours: played by keyboard, with axe in all looks, at every change.
    "LernHN.Quiz": Curated(True, "keyboard", TRIED),
    "LernHN.Cards": Curated(True, "keyboard", TRIED),
    "LernHN.Sequence": Curated(True, "parts", TRIED),
    # Questions and tasks
    "H5P.MultiChoice": Curated(True, "keyboard", TRIED, (1, 14)),
    "H5P.TrueFalse": Curated(True, "keyboard", TRIED, (1, 6)),
    "H5P.SingleChoiceSet": Curated(False, "moves", TRIED, (1, 11), "H5P.MultiChoice"),
    "H5P.Blanks": Curated(True, "keyboard", TRIED, (1, 12)),
    "H5P.Essay": Curated(True, "keyboard", TRIED, (1, 2)),
    "H5P.Summary": Curated(True, "keyboard", TRIED, (1, 10)),
    "H5P.MarkTheWords": Curated(False, "words", TRIED, (1, 9), "H5P.MultiChoice"),
    "H5P.DragText": Curated(False, "drag", TRIED, (1, 8), "H5P.Blanks"),
    "H5P.DragQuestion": Curated(False, "drag", TRIED, (1, 13), "H5P.MultiChoice"),
    "H5P.SortParagraphs": Curated(False, "drag", READ, instead="H5P.MultiChoice"),
    "H5P.ImagePair": Curated(False, "pictures", READ, instead="H5P.MultiChoice"),
    "H5P.ImageSequencing": Curated(False, "pictures", TRIED, (1, 1), "H5P.MultiChoice"),
    "H5P.ImageHotspotQuestion": Curated(False, "point", TRIED, (1, 8), "H5P.MultiChoice"),
    "H5P.ImageMultipleHotspotQuestion": Curated(False, "point", TRIED, (1, 0), "H5P.MultiChoice"),
    "H5P.FindTheWords": Curated(False, "draw", TRIED, (1, 4), "H5P.Blanks"),
    "H5P.Crossword": Curated(False, "grid", READ, instead="H5P.Blanks"),
    "H5P.ArithmeticQuiz": Curated(False, "clock", TRIED, (1, 1), "H5P.Blanks"),
    "H5P.Dictation": Curated(False, "hear", TRIED, (1, 0), "H5P.Blanks"),
    "H5P.SpeakTheWords": Curated(False, "speak", TRIED, (1, 3), "H5P.Blanks"),
    "H5P.SpeakTheWordsSet": Curated(False, "speak", TRIED, (1, 1), "H5P.Blanks"),
    "H5P.GuessTheAnswer": Curated(False, "pictures", TRIED, (1, 4), "LernHN.Cards"),
    "H5P.Flashcards": Curated(False, "named", TRIED, (1, 5), "H5P.Blanks"),
    "H5P.MemoryGame": Curated(False, "pictures", TRIED, (1, 3), "LernHN.Cards"),
    "H5P.PersonalityQuiz": Curated(False, "mouse", TRIED, (1, 0)),
    "H5P.AdvancedBlanks": Curated(True, "keyboard", READ),
    # Collections
    "H5P.QuestionSet": Curated(False, "named", TRIED, (1, 17), "LernHN.Sequence"),
    "H5P.Column": Curated(True, "parts", READ),
    "H5P.InteractiveBook": Curated(True, "parts", READ),
    "H5P.BranchingScenario": Curated(True, "parts", READ),
    "H5P.CoursePresentation": Curated(False, "slides", TRIED, (1, 22), "H5P.Column"),
    "H5P.InteractiveVideo": Curated(False, "film", TRIED, (1, 22), "H5P.Column"),
    "H5P.ImpressPresentation": Curated(False, "slides", READ, instead="H5P.Column"),
    "H5P.Questionnaire": Curated(False, "named", TRIED, (1, 3), "LernHN.Sequence"),
    # Showing
    "H5P.Accordion": Curated(False, "named", TRIED, (1, 0), "LernHN.Cards"),
    "H5P.Dialogcards": Curated(False, "contrast", TRIED, (1, 8), "LernHN.Cards"),
    "H5P.Text": Curated(True, "text", READ),
    "H5P.AdvancedText": Curated(True, "text", READ),
    "H5P.Table": Curated(True, "text", READ),
    "H5P.Image": Curated(True, "described", READ),
    "H5P.Link": Curated(True, "text", READ),
    "H5P.Video": Curated(False, "film", READ),
    "H5P.Audio": Curated(False, "hear", TRIED, (1, 4)),
    "H5P.Agamotto": Curated(False, "pictures", TRIED, (1, 5)),
    "H5P.ImageJuxtaposition": Curated(False, "pictures", TRIED, (1, 4)),
    "H5P.ImageSlider": Curated(False, "pictures", TRIED, (1, 1)),
    "H5P.ImageHotspots": Curated(False, "pictures", TRIED, (1, 9), "LernHN.Cards"),
    "H5P.Collage": Curated(False, "pictures", TRIED, (0, 3)),
    "H5P.Chart": Curated(False, "pictures", TRIED, (1, 2), "H5P.Table"),
    "H5P.Timeline": Curated(False, "mouse", TRIED, (1, 1), "LernHN.Cards"),
    "H5P.ThreeImage": Curated(False, "pictures", TRIED, (0, 3)),
    "H5P.KewArCode": Curated(False, "pictures", TRIED, (0, 2), "H5P.Link"),
    "H5P.AudioRecorder": Curated(False, "microphone", TRIED, (1, 0)),
    "H5P.DocumentationTool": Curated(False, "named", READ, instead="H5P.Essay"),
    "H5P.AdventCalendar": Curated(False, "named", TRIED, (0, 2)),
    "H5P.IFrameEmbed": Curated(False, "elsewhere", READ, instead="H5P.Link"),
    "H5P.TwitterUserFeed": Curated(False, "elsewhere", READ, instead="H5P.Link"),
}


def judgement(name: Name) -> Curated | None:
    """What the list says of that version. None: nothing."""
    said = LIST.get(name.machine_name)
    return said if said and (name.major, name.minor) >= said.since else None
