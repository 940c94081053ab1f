"""Contents of every type the server can grade, and the right answers to them as a browser sends them."""

import json

from h5p_lite.core.grading import key_of, score_of


def said(response, part="", **result):
    """What core makes of an answer: an xAPI statement."""
    address = f"/h5p/inhalt/x?subContentId={part}" if part else "/h5p/inhalt/x"
    return {"object": {"id": address}, "result": {"response": response} | result}


def answered(response):
    return {"statement": said(response), "parts": None}


def with_parts(*children):
    statement = {"object": {"id": "/h5p/inhalt/x"}, "result": {"completion": True}}
    return {"statement": statement, "parts": {"statement": statement, "children": [*children]}}


def child(response, part="", children=()):
    return {"statement": said(response, part), "children": [*children]}


def score(library, params, result):
    key = json.loads(json.dumps(key_of(library, params)))
    return score_of(key, result if isinstance(result, dict) else answered(result))


def answers(*right):
    return [{"text": "x", "correct": each} for each in right]


SEVERAL = {"answers": answers(True, False, True, False)}
COUNTED = {"singlePoint": False, "type": "auto"}


def blanks(*lines, **behaviour):
    return {"questions": [*lines], "behaviour": behaviour}


OSLO = blanks("<p>*Oslo* liegt in *Norwegen/Nor&shy;ge:Ein Land* .</p>", "<p>*4/vier*</p>")


DRAGGED = {
    "textField": "*Lange:Wie lang?* Sätze\nsind *sicher\\+Ja! \\-Nein.* und *R&amp;D* *Zeit::Punkt*.",
    "distractors": "*kurz*",
}


CHOICES = {
    "choices": [
        {"question": "1", "answers": ["ja", "nein"], "subContentId": "a"},
        {"question": "ohne Antworten"},
        {"question": "2", "answers": ["ja", "nein", "nie"], "subContentId": "b"},
    ]
}


def part(library, params, identity):
    return {"library": library, "params": params, "subContentId": identity}


QUESTIONS = [
    part("H5P.MultiChoice 1.16", SEVERAL | {"behaviour": COUNTED}, "m"),
    part("H5P.TrueFalse 1.8", {"correct": "false"}, "t"),
    part("H5P.SingleChoiceSet 1.11", CHOICES, "s"),
    part("H5P.Blanks 1.14", OSLO, "b"),
    part("H5P.DragText 1.10", DRAGGED, "d"),
]
RIGHT = [
    child("0[,]2", "m"),
    child("false", "t"),
    child(None, "s", [child("0", "a"), child("0", "b")]),
    child("Oslo[,]Norwegen[,]4", "b"),
    child("Lange[,]sicher[,]R&amp;D[,]Zeit:Punkt", "d"),
]


QUIZ = {"mode": "multiple", "answers": answers(True, True, False)}
CARDS = part("LernHN.Cards 1.0", {"cards": []}, "c")
SEQUENCE = {
    "parts": [
        CARDS,
        part("LernHN.Quiz 1.0", QUIZ, "q"),
        part("LernHN.Quiz 1.0", {"mode": "single", "answers": answers(False, True)}, "r"),
    ]
}


STATEMENTS = {
    "summaries": [
        {"summary": ["<p>Blau</p>", "<p>Rot</p>", "<p>Grün</p>"], "subContentId": "a"},
        {"subContentId": "leer"},
        {"summary": ["Rund", "Eckig"], "subContentId": "b"},
    ]
}
PLACES = {
    "question": {
        "task": {
            "elements": [{"dropZones": ["0", "1"]}, {"dropZones": ["0", "1"], "multiple": True}],
            "dropZones": [{"correctElements": ["0", "1"]}, {"correctElements": ["1"]}],
        }
    }
}
NAMED = {
    "keywords": [{"keyword": "Oslo", "options": {"points": 2, "occurrences": 1}}],
    "behaviour": {"overrideForgiveMistakes": "on"},
}
GRID = {"words": [{"answer": "Oslo", "clue": "?"}, {"answer": "Lange", "clue": "?"}]}
LAID = {"definition": {"correctResponsesPattern": ["{case_matters=false}OSLO[,]LANGE"]}}
FILLED = {"statement": {"object": LAID, "result": {"response": "OSLO[,]LANGE"}}, "parts": None}


GRADED = [
    ("H5P.MultiChoice 1.16", SEVERAL, answered("0[,]2")),
    ("H5P.MultiChoice 1.16", SEVERAL | {"behaviour": COUNTED}, answered("0[,]2")),
    ("H5P.TrueFalse 1.8", {"correct": "false"}, answered("false")),
    ("H5P.Blanks 1.14", OSLO, answered("Oslo[,]Norwegen[,]vier")),
    ("H5P.DragText 1.10", DRAGGED, answered("Lange[,]sicher[,]R&amp;D[,]Zeit:Punkt")),
    ("H5P.SingleChoiceSet 1.11", CHOICES, with_parts(child("0", "a"), child("0", "b"))),
    ("H5P.QuestionSet 1.20", {"questions": QUESTIONS}, with_parts(*RIGHT)),
    ("H5P.QuestionSet 1.20", {"questions": QUESTIONS, "poolSize": 3}, with_parts(*RIGHT[2:])),
    ("LernHN.Quiz 1.0", QUIZ, answered("0[,]1")),
    (
        "LernHN.Sequence 1.0",
        SEQUENCE,
        with_parts(child(None, "c"), child("0[,]1", "q"), child("1", "r")),
    ),
    ("H5P.Summary 1.10", STATEMENTS, with_parts(child("0", "a"), child("0", "b"))),
    ("H5P.MarkTheWords 1.9", {"textField": "Das *Wort* da."}, answered("1")),
    ("H5P.DragQuestion 1.14", PLACES, answered("0[.]0[,]0[.]1[,]1[.]1")),
    ("H5P.Essay 1.5", NAMED, answered("Oslo")),
    ("H5P.Crossword 0.5", GRID, FILLED),
    ("H5P.Column 1.18", {"content": [{"content": one} for one in QUESTIONS]}, with_parts(*RIGHT)),
]
KEYS = [key_of(library, params) for library, params, _ in GRADED]
