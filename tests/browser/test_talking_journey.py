"""A learner asks at a step, a tutor answers for all, somebody else reads it without a name; by keyboard, wide and on a phone."""

import uuid

import pytest

from tests.browser.chromium import sign_in
from tests.browser.test_groups_journey import SIZES, good, press

#: Six digits would be taken for a telephone number, which nobody shows to all.
LETTERS = str.maketrans("0123456789", "ghijklmnop")


def write(page, label, text, button):
    field = page.get_by_label(label).last
    field.focus()
    page.keyboard.type(text)
    press(page, page.get_by_role("button", name=button).last)


def ask(learner, city, text):
    sign_in(learner, city, "learner")
    at, lesson = city.facts["course"], city.facts["lesson"]
    learner.goto(f"{city.url}/lernen/{at['provider']}/{at['slug']}/{lesson}/")
    press(learner, learner.get_by_role("link", name="Eine Frage zu diesem Schritt stellen"))
    learner.get_by_role("heading", name="Eine Frage stellen").wait_for()
    good(learner)
    agree = learner.get_by_label("Die anderen im Kurs dürfen")
    agree.focus()
    learner.keyboard.press("Space")
    write(learner, "Ihre Frage", text, "Frage senden")
    learner.get_by_text("Ihre Frage ist angekommen.").wait_for()
    good(learner)


def answer(tutor, city, asked, text):
    sign_in(tutor, city, "tutor")
    tutor.goto(f"{city.url}/anbieter/vhs/begleiten/")
    press(tutor, tutor.get_by_role("link", name="Fragen ansehen"))
    tutor.get_by_role("heading", name="Fragen der Lernenden").wait_for()
    good(tutor)
    press(tutor, tutor.get_by_role("link", name=asked))
    tutor.get_by_role("button", name="Antworten").wait_for()
    good(tutor)
    shown = tutor.get_by_label("Allen im Kurs zeigen")
    shown.focus()
    tutor.keyboard.press("Space")
    write(tutor, "Ihre Antwort", text, "Antworten")
    tutor.get_by_text("Ihre Antwort ist angekommen.").wait_for()


def message(tutor, city, text):
    tutor.goto(
        f"{city.url}/anbieter/vhs/begleiten/nachrichten/?an=gruppe-{city.facts['group']['id']}"
    )
    good(tutor)
    write(tutor, "Nachricht", text, "Senden")
    tutor.get_by_text("Die Nachricht ist unterwegs.").wait_for()
    good(tutor)


@pytest.mark.parametrize("size", SIZES)
def test_a_question_its_answer_and_a_message(city, chromium, size):
    contexts = [
        chromium.new_context(viewport=SIZES[size], locale="de-DE", bypass_csp=True) for _ in "ab"
    ]
    learner, tutor = (context.new_page() for context in contexts)
    number = uuid.uuid4().hex[:6].translate(LETTERS)
    ask(learner, city, f"Was heißt {number}?")
    answer(tutor, city, number, "Das ist nur ein Wort.")
    learner.reload()
    learner.get_by_text("Die anderen im Kurs lesen dieses Gespräch auch").first.wait_for()
    good(learner)
    message(tutor, city, f"Am Donnerstag reden wir über {number}.")
    learner.goto(f"{city.url}/lernen/nachrichten/")
    learner.get_by_text(f"Am Donnerstag reden wir über {number}.").wait_for()
    good(learner)
    for context in contexts:
        context.close()
