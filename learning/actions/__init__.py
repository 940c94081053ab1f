from learning.actions.activity import ActivityResult, record_result, save_state
from learning.actions.answer import Answered, answer_question, grade_open_question
from learning.actions.attendance import AttendanceResult, keep_attendance
from learning.actions.enrol import NotAgain, enrol, leave, retake
from learning.actions.feedback import give_feedback
from learning.actions.keep import Unsaved, keep_answers
from learning.actions.move import move_to_newest

__all__ = [
    "ActivityResult",
    "Answered",
    "AttendanceResult",
    "NotAgain",
    "Unsaved",
    "answer_question",
    "enrol",
    "give_feedback",
    "grade_open_question",
    "keep_answers",
    "keep_attendance",
    "leave",
    "move_to_newest",
    "record_result",
    "retake",
    "save_state",
]
