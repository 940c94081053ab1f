"""What learners said of a course once they had finished it, for its tutors and heads."""

import uuid
from typing import NamedTuple

from learning.models import CourseFeedback

#: Fewer are not shown: with one or two finished learners it would be known who said it.
SHOWN_FROM = 3


class Feedback(NamedTuple):
    """`numbers`: (answer as the page says it, how many); `texts` in an order that tells nothing."""

    given: int
    numbers: list[tuple[str, int]]
    texts: list[str]


def feedback_on(provider: int, course: uuid.UUID) -> Feedback:
    """Under the tutor's lens. Numbers and texts are empty until SHOWN_FROM have answered."""
    feedback = CourseFeedback.objects.filter(provider=provider, course=course).order_by("pk")
    answers = list(feedback.values_list("helped", "text"))
    if len(answers) < SHOWN_FROM:
        return Feedback(len(answers), [], [])
    chosen = [helped for helped, _text in answers]
    numbers = [(str(h.label), chosen.count(h.value)) for h in CourseFeedback.Helped]
    return Feedback(len(answers), numbers, [text for _helped, text in answers if text])
