"""Our own H5P libraries in the sandbox: played with the keyboard alone, resumed, graded, and without barriers."""

import copy
import json

import pytest

from h5p_lite.core.building import folders, playable
from h5p_lite.core.grading import key_of, score_of
from tests.browser.test_a11y import AXE, MODES, OURS, PLAIN, WIDE
from tests.support.h5p_page import Stage, playing

EXAMPLES = {each.name.machine_name: each.example["params"] for each in playable(folders())}
QUIZ, CARDS, SEQUENCE = (EXAMPLES[f"LernHN.{name}"] for name in ("Quiz", "Cards", "Sequence"))
LINK = SEQUENCE["parts"][2]["params"]  # one right answer, the second
#: Of a whole page; the sandbox is only a part of one.
PAGES = ["region", "landmark-one-main", "page-has-heading-one"]
RUN = f"""axe.run(document, {{runOnly: {json.dumps(OURS)}, resultTypes: ["violations"], rules: {json.dumps({rule: {"enabled": False} for rule in PAGES})}}})
  .then((found) => found.violations.map((one) => [one.id, one.nodes.length, one.nodes[0].target.join(" ")]))"""


def graded(library, params, player):
    return tuple(score_of(key_of(f"{library} 1.0", params), player.last()))


def claimed(player):
    score = player.last()["statement"]["result"]["score"]
    return score["raw"], score["max"]


# --- the question ---


def test_a_question_with_several_answers_is_answered_by_keyboard(chromium):
    with playing(chromium, Stage("LernHN.Quiz", QUIZ)) as player:
        player.press("Tab", "Space", "Tab", "Tab", "Space", "Tab", "Tab")
        assert player.focused() == "Prüfen"
        player.press("Enter")
        assert player.text("[role=status]") == [
            "Sie haben 2 von 2 Punkten. Sie haben beide erkannt."
        ]
        assert player.frame.evaluate("document.activeElement.getAttribute('role')") == "status"
        assert player.text("button") == []
        assert player.verbs() == ["attempted", "interacted", "interacted", "answered"]
        assert graded("LernHN.Quiz", QUIZ, player) == claimed(player) == (2, 2)


def test_what_was_answered_is_told_as_xapi_says(chromium):
    with playing(chromium, Stage("LernHN.Quiz", QUIZ)) as player:
        player.press("Tab", "Space", "Tab", "Space", "Enter")
        statement = player.last()["statement"]
        definition, result = statement["object"]["definition"], statement["result"]
        assert definition["interactionType"] == "choice"
        assert definition["description"] == {
            "en-US": "Welche dieser Nachrichten sind wahrscheinlich Phishing?"
        }
        assert definition["correctResponsesPattern"] == ["0[,]2"]
        assert [choice["id"] for choice in definition["choices"]] == ["0", "1", "2", "3"]
        assert definition["choices"][1]["description"] == {"en-US": QUIZ["answers"][1]["text"]}
        assert result["score"] == {"min": 0, "max": 2, "raw": 0, "scaled": 0}
        assert (result["response"], result["success"], result["completion"]) == (
            "0[,]1",
            False,
            True,
        )
        assert player.last()["parts"]["statement"]["result"]["response"] == "0[,]1"


def test_one_answer_is_chosen_by_arrow_keys_and_may_be_tried_again(chromium):
    with playing(chromium, Stage("LernHN.Quiz", LINK)) as player:
        player.press("Tab", "Space", "Enter")
        assert player.text(".lernhn-quiz-verdict") == [
            "Falsch: Auf der falschen Seite sieht alles echt aus."
        ]
        assert player.focused() == "Noch einmal versuchen"
        player.press("Enter")
        assert player.focused() == LINK["answers"][0]["text"]
        assert player.text(".lernhn-quiz-verdict, [role=status]:not(:empty)") == []
        player.press("Space", "ArrowDown", "Enter")
        assert player.text(".lernhn-quiz-verdict") == [
            "Richtig: So kommen Sie sicher zur echten Seite."
        ]
        assert graded("LernHN.Quiz", LINK, player) == claimed(player) == (1, 1)
        assert player.last()["statement"]["object"]["definition"]["correctResponsesPattern"] == [
            "1"
        ]


def test_the_solution_is_shown_to_those_who_ask(chromium):
    with playing(chromium, Stage("LernHN.Quiz", QUIZ)) as player:
        player.press("Tab", "Space", "Enter")
        assert player.text("button") == ["Noch einmal versuchen", "Lösung zeigen"]
        player.press("Tab", "Enter")
        assert player.text(".lernhn-quiz-verdict")[1] == "Das wäre auch richtig gewesen"
        assert player.focused() == "Noch einmal versuchen"
        assert player.text("[role=status]") == [
            "Sie haben 1 von 2 Punkten. Achten Sie auf Eile, Links und Fragen nach Geheimem."
        ]


def test_who_chooses_nothing_is_asked_to(chromium):
    with playing(chromium, Stage("LernHN.Quiz", LINK)) as player:
        player.press("Tab", "Tab", "Enter")
        assert player.text("[role=status]") == ["Bitte wählen Sie zuerst eine Antwort."]
        assert player.focused() == LINK["answers"][0]["text"]
        assert player.verbs() == ["attempted"]


def test_authors_may_withhold_another_try_and_the_solution(chromium):
    strict = LINK | {"behaviour": {"retry": False, "solution": False, "shuffle": False}}
    with playing(chromium, Stage("LernHN.Quiz", strict)) as player:
        player.press("Tab", "Space", "Enter")
        assert player.text("button") == []


@pytest.mark.parametrize(
    ("checked", "status"),
    [(True, "Sie haben 2 von 2 Punkten. Sie haben beide erkannt."), (False, "")],
)
def test_a_question_is_resumed_where_it_was_left(chromium, checked, status):
    state = {"chosen": [0, 2], "checked": checked, "solved": False}
    with playing(chromium, Stage("LernHN.Quiz", QUIZ, state)) as player:
        assert player.frame.locator("input:checked").count() == 2
        assert player.frame.locator("[role=status]").inner_text() == status
        assert player.state() == state
        assert player.verbs() == ["attempted"]


@pytest.mark.parametrize("state", [{"chosen": ["0", 99, None]}, {"chosen": 3}, "x", [], {}])
def test_a_state_of_another_time_does_no_harm(chromium, state):
    with playing(chromium, Stage("LernHN.Quiz", QUIZ, state)) as player:
        assert player.state() == {"chosen": [], "checked": False, "solved": False}


def test_shuffled_answers_are_told_by_their_place_in_the_content(chromium):
    shuffled = QUIZ | {"behaviour": QUIZ["behaviour"] | {"shuffle": True}}
    with playing(chromium, Stage("LernHN.Quiz", shuffled)) as player:
        for place in (2, 0):
            player.frame.get_by_label(QUIZ["answers"][place]["text"]).check()
        player.frame.get_by_role("button", name="Prüfen").click()
        assert player.last()["statement"]["result"]["response"] == "0[,]2"
        assert graded("LernHN.Quiz", shuffled, player) == (2, 2)


def test_texts_are_shown_as_they_were_written_and_never_run(chromium):
    texts = ["R&amp;D &lt;b&gt;", "<img src=x onerror=alert(1)>", "</textarea><b>fett</b>"]
    answers = [{"text": text, "correct": True, "feedback": text} for text in texts]
    with playing(chromium, Stage("LernHN.Quiz", QUIZ | {"answers": answers})) as player:
        assert player.text("label") == ["R&D <b>", *texts[1:]]
        assert player.frame.locator("label > *").count() == 0


@pytest.mark.parametrize(
    ("question", "legend"),
    [
        ("<p>Was ist <strong>Phishing</strong>?</p>", "Was ist Phishing?"),
        ("<p>Lesen Sie:</p><ul><li>Eile</li></ul>", "Antworten"),
        ("Ohne Absatz", "Ohne Absatz"),
    ],
)
def test_a_question_names_its_answers(chromium, question, legend):
    with playing(chromium, Stage("LernHN.Quiz", LINK | {"question": question})) as player:
        assert player.text("legend") == [legend]
        described = "document.querySelector('fieldset').getAttribute('aria-describedby')"
        beside = player.frame.evaluate(f"document.getElementById({described})?.innerText ?? ''")
        assert beside == ("Lesen Sie:\n\nEile" if legend == "Antworten" else "")


# --- the cards ---


def test_cards_are_opened_by_keyboard_and_done_once_all_were_open(chromium):
    with playing(chromium, Stage("LernHN.Cards", CARDS)) as player:
        player.press("Tab", "Enter", "Enter", "Tab", "Space")
        player.frame.get_by_text("2 von 3").wait_for()
        assert player.text("summary") == [
            "Phishing geöffnet",
            "Passwort-Manager geöffnet",
            "Zweiter Faktor",
        ]
        assert player.state() == {"opened": [0, 1]}
        player.press("Tab", "Enter")
        player.frame.get_by_text("Sie haben alle Karten geöffnet.").wait_for()
        player.press("Enter", "Enter")
        assert player.verbs() == [
            "attempted",
            "interacted",
            "interacted",
            "interacted",
            "completed",
        ]
        result = player.last()["statement"]["result"]
        assert (result["completion"], "score" in result) == (True, False)


def test_cards_are_resumed_closed_but_marked(chromium):
    with playing(chromium, Stage("LernHN.Cards", CARDS, {"opened": [2, 9]})) as player:
        assert player.text("details[open]") == []
        assert player.text(".lernhn-cards-mark:not(:empty)") == ["geöffnet"]
        assert player.state() == {"opened": [2]}
        assert player.verbs() == ["attempted"]


def test_a_card_may_have_an_image(chromium):
    image = {"path": "images/a.png", "mime": "image/png", "width": 1, "height": 1}
    cards = [{"term": "Bild", "text": "<p>Text</p>", "image": image, "alt": "Ein Punkt &amp; mehr"}]
    with playing(chromium, Stage("LernHN.Cards", {"cards": cards})) as player:
        player.press("Tab", "Enter")
        player.frame.get_by_role("img", name="Ein Punkt & mehr").wait_for()
        assert (
            player.frame.evaluate(
                "document.images[0].decode().then(() => document.images[0].naturalWidth)"
            )
            == 1
        )
        assert player.text("[role=status]") == ["You have opened all cards."]


# --- the sequence ---


def walk(player):
    """Cards, two right answers and one wrong one; ends on the result."""
    player.press(*["Tab", "Enter"] * 3)
    player.frame.get_by_text("Sie haben alle Karten geöffnet.").wait_for()
    player.press("Tab", "Enter")
    player.press("Tab", "Space", "Tab", "Tab", "Space", "Enter")
    player.frame.get_by_role("button", name="Weiter").press("Enter")
    player.press("Tab", "Space", "ArrowDown", "Enter")
    player.frame.get_by_role("button", name="Weiter").press("Enter")
    player.press("Tab", "Space", "Enter")
    player.frame.get_by_role("button", name="Fertig").press("Enter")


def test_a_sequence_is_played_by_keyboard_and_graded(chromium):
    with playing(chromium, Stage("LernHN.Sequence", SEQUENCE)) as player:
        assert player.text("h2") == ["Teil 1 von 4\nDrei Begriffe"]
        walk(player)
        assert player.focused() == "Ihr Ergebnis"
        assert player.text(".lernhn-sequence-result p") == ["Sie haben 3 von 4 Punkten."]
        assert player.text("li") == [
            "Drei Begriffe",
            "Phishing erkennen: 2 von 2 Punkten",
            "Post von der Bank: 1 von 1 Punkten",
            "Ein gutes Passwort: 0 von 1 Punkten",
        ]
        assert player.text("button") == ["Zurück", "Von vorn beginnen"]
        assert [verb for verb in player.verbs() if verb.strip(".") != "interacted"] == [
            "attempted", ".attempted", ".completed", ".attempted", "progressed", ".answered", ".attempted", "progressed",
            ".answered", ".attempted", "progressed", ".answered", "completed",
        ]  # fmt: skip
        assert graded("LernHN.Sequence", SEQUENCE, player) == claimed(player) == (3, 4)
        parts = [
            child["statement"]["object"]["id"].rpartition("=")[2]
            for child in player.last()["parts"]["children"]
        ]
        assert parts == [part["subContentId"] for part in SEQUENCE["parts"]]


def test_a_part_knows_what_it_is_a_part_of(chromium):
    with playing(chromium, Stage("LernHN.Sequence", SEQUENCE)) as player:
        whole, part = player.told()[:2]
        parents = part["statement"]["context"]["contextActivities"]["parent"]
        assert [parent["id"] for parent in parents] == [whole["statement"]["object"]["id"]]


def test_the_focus_goes_with_the_part(chromium):
    with playing(chromium, Stage("LernHN.Sequence", SEQUENCE)) as player:
        player.frame.get_by_role("button", name="Weiter").press("Enter")
        assert player.focused() == "Teil 2 von 4\nPhishing erkennen"
        assert player.text("button") == ["Prüfen", "Zurück", "Weiter"]
        player.frame.get_by_role("button", name="Zurück").press("Enter")
        assert player.focused() == "Teil 1 von 4\nDrei Begriffe"
        assert player.frame.get_by_role("progressbar").get_attribute("value") == "0"


def test_a_sequence_is_resumed_in_the_middle_of_a_part(chromium):
    quiz = SEQUENCE["parts"][1]["subContentId"]
    state = {"at": 1, "parts": {quiz: {"chosen": [0, 2], "checked": True, "solved": False}}}
    with playing(chromium, Stage("LernHN.Sequence", SEQUENCE, state)) as player:
        assert player.text("h2") == ["Teil 2 von 4\nPhishing erkennen"]
        assert player.frame.locator("input:checked").count() == 2
        again = player.state()
        assert (again["at"], again["parts"][quiz]) == (1, state["parts"][quiz])
        assert [*again["parts"]] == [part["subContentId"] for part in SEQUENCE["parts"]]


def test_a_finished_sequence_is_not_told_again_and_may_start_anew(chromium):
    with playing(chromium, Stage("LernHN.Sequence", SEQUENCE, {"at": 4})) as player:
        assert player.text("h2") == ["Ihr Ergebnis"]
        assert player.verbs() == ["attempted"]
        player.frame.get_by_role("button", name="Von vorn beginnen").press("Enter")
        assert player.focused() == "Teil 1 von 4\nDrei Begriffe"


def test_a_sequence_of_cards_has_no_points(chromium):
    only = copy.deepcopy(SEQUENCE) | {"parts": SEQUENCE["parts"][:1]}
    with playing(chromium, Stage("LernHN.Sequence", only)) as player:
        player.frame.get_by_role("button", name="Fertig").press("Enter")
        assert player.text(".lernhn-sequence-result") == ["Sie haben alle Teile bearbeitet."]
        assert "score" not in player.last()["statement"]["result"]


@pytest.mark.parametrize(
    "params", [{}, {"parts": [{}]}, {"parts": [{"library": "LernHN.Quiz 1.0"}]}]
)
def test_a_sequence_without_parts_is_at_its_end(chromium, params):
    with playing(chromium, Stage("LernHN.Sequence", params)) as player:
        assert player.text("h2") == ["Your result"]


# --- barriers ---

BLOCKED = {"chosen": [0, 1], "checked": True, "solved": True}
SEEN = {
    "question": ("LernHN.Quiz", QUIZ, None),
    "answered": ("LernHN.Quiz", QUIZ, BLOCKED),
    "long question": (
        "LernHN.Quiz",
        LINK | {"question": "<p>Lesen Sie:</p><ul><li>Eile</li></ul>"},
        None,
    ),
    "cards": ("LernHN.Cards", CARDS, {"opened": [0]}),
    "first part": ("LernHN.Sequence", SEQUENCE, None),
    "second part": ("LernHN.Sequence", SEQUENCE, {"at": 1}),
    "result": ("LernHN.Sequence", SEQUENCE, {"at": 4}),
}


@pytest.mark.axe
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_there_are_no_barriers(chromium, sample, direction):
    """In every mode, on a narrow screen, and with letters twice as large."""
    found = {}
    for name, (library, params, state) in SEEN.items():
        stage = Stage(library, params, state, direction)
        with playing(chromium, stage, viewport={"width": 340, "height": 900}) as player:
            player.frame.evaluate(AXE.read_text("utf-8"))
            player.frame.evaluate(
                "document.querySelectorAll('details').forEach((one) => (one.open = true))"
            )
            file = "tests/browser/test_h5p_libraries.py"
            for mode in sample(f"{name} {direction}", file, list(MODES)):
                player.page.emulate_media(**PLAIN | MODES[mode])
                if violations := player.frame.evaluate(RUN):
                    found[f"{name}, {mode}"] = violations
            for size in ("100%", "200%"):
                player.frame.evaluate(f"document.documentElement.style.fontSize = '{size}'")
                if player.frame.evaluate(WIDE):
                    found[f"{name}, {size}"] = "scrolls sideways"
    assert found == {}
