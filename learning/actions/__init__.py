from learning.actions.answer import Answered, answer_question, grade_open_question
from learning.actions.enrol import enrol, leave
from learning.actions.move import move_to_newest

__all__ = [
    "Answered",
    "answer_question",
    "enrol",
    "grade_open_question",
    "leave",
    "move_to_newest",
]
