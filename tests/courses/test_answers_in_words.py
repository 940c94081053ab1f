"""What somebody has answered is read from the printed step: the question, and their answer in words."""

import pytest
from django.template.loader import render_to_string

from courses.markers import in_words

ITEM = "11111111-1111-1111-1111-111111111111"
A, B = "aaaa", "bbbb"


def printed(kind, **value):
    more = {key: value.pop(key) for key in ("parts", "steps", "rows", "options") if key in value}
    context = {"id": ITEM, "item": ITEM, "value": value, **more}
    return render_to_string(f"courses/blocks/{kind}.html", context)


CHOICES = [{"id": A, "text": "Ein langer Satz & mehr"}, {"id": B, "text": "123456"}]
STEPS = [{"id": A, "text": "Einschalten"}, {"id": B, "text": "Anmelden"}]
OPTIONS = [("t2", "Gelb"), ("t1", "Rot & rund")]
PARTS = [{"text": "Passwörter sind "}, {"gap": 1, "label": "Lücke 1"}, {"text": "."}]
QUESTIONS = {
    "one choice": (
        ("single_choice", {"question": "Was ist <sicher>?", "choices": CHOICES, "mixed": True}),
        {"choice": [A]},
        ("Was ist <sicher>?", ["Ein langer Satz & mehr"]),
    ),
    "several choices": (
        ("multiple_choice", {"question": "Was?", "choices": CHOICES}),
        {"choice": [A, B]},
        ("Was?", ["Ein langer Satz & mehr", "123456"]),
    ),
    "a choice that is gone": (
        ("single_choice", {"question": "Was?", "choices": CHOICES}),
        {"choice": ["cccc"]},
        ("Was?", []),
    ),
    "true or false": (
        ("true_false", {"statement": "Wasser ist nass."}),
        {"choice": ["false"]},
        ("Stimmt das? Wasser ist nass.", ["Das stimmt nicht"]),
    ),
    "a gap": (
        ("gap_text", {"question": "Füllen Sie aus.", "parts": PARTS}),
        {"gap-1": ["länger"]},
        ("Füllen Sie aus.", ["länger"]),
    ),
    "an order": (
        ("ordering", {"question": "Was zuerst?", "steps": STEPS}),
        {f"pos-{A}": ["2"], f"pos-{B}": ["1"]},
        ("Was zuerst?", ["1. Anmelden", "2. Einschalten"]),
    ),
    "pairs": (
        ("matching", {"question": "Was gehört dazu?", "rows": STEPS, "options": OPTIONS}),
        {f"pair-{A}": ["t1"], f"pair-{B}": [""]},
        ("Was gehört dazu?", [f"{STEPS[0]['text']} – Rot & rund"]),
    ),
    "points": (
        ("read", {}),
        {"score": ["3", "4"]},
        ("Fertig gelesen?", ["3 / 4"]),
    ),
}


@pytest.mark.parametrize("which", QUESTIONS)
def test_an_answer_in_words(which):
    (kind, value), given, wanted = QUESTIONS[which]
    assert in_words(f"<p>davor</p>{printed(kind, **value)}<p>danach</p>", ITEM, given) == wanted


def test_a_step_without_the_question_says_nothing():
    assert in_words("<p>Nur Text</p>", ITEM, {"choice": [A]}) == ("", [])
