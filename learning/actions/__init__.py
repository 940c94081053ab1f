from learning.actions.activity import ActivityResult, record_result, save_state
from learning.actions.answer import Answered, answer_question, grade_open_question
from learning.actions.attendance import AttendanceResult, keep_attendance
from learning.actions.enrol import NotAgain, OtherSchool, enrol, leave, retake
from learning.actions.feedback import give_feedback
from learning.actions.groups import (
    CannotJoin,
    Joined,
    change_group,
    close_group,
    join_group,
    leave_group,
    leave_groups_of,
    make_group,
    put_in_group,
    renew_code,
    take_out,
)
from learning.actions.keep import Unsaved, keep_answers
from learning.actions.lists import in_group_already, take_list
from learning.actions.move import move_to_newest
from learning.actions.support import CannotHelp, confirm_step, give_new_attempts
from learning.actions.talk import (
    NotForAll,
    answer_learner,
    ask_on,
    ask_question,
    hide_entry,
    questions_to_remind,
    report_entry,
    send_message,
    show_question,
)

__all__ = [
    "ActivityResult",
    "Answered",
    "AttendanceResult",
    "CannotHelp",
    "CannotJoin",
    "Joined",
    "NotAgain",
    "NotForAll",
    "OtherSchool",
    "Unsaved",
    "answer_learner",
    "answer_question",
    "ask_on",
    "ask_question",
    "change_group",
    "close_group",
    "confirm_step",
    "enrol",
    "give_feedback",
    "give_new_attempts",
    "grade_open_question",
    "hide_entry",
    "in_group_already",
    "join_group",
    "keep_answers",
    "keep_attendance",
    "leave",
    "leave_group",
    "leave_groups_of",
    "make_group",
    "move_to_newest",
    "put_in_group",
    "questions_to_remind",
    "record_result",
    "renew_code",
    "report_entry",
    "retake",
    "save_state",
    "send_message",
    "show_question",
    "take_list",
    "take_out",
]
