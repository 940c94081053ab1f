from learning.actions.absent import (
    come_back,
    first_meeting,
    free_absent,
    free_absent_by_rule,
    who_was_absent,
)
from learning.actions.activity import (  # fmt: skip
    ActivityResult,
    StateRefused,
    Stop,
    answer_item,
    record_result,
    save_state,
)
from learning.actions.answer import Answered, answer_question, grade_open_question
from learning.actions.attempts import give_one_more, set_attempt_rule
from learning.actions.attendance import AttendanceResult, keep_attendance
from learning.actions.book import (
    CannotBook,
    SeatRequest,
    answer_offer,
    ask_for_seat,
    begin_of,
    cancel_booking,
    confirm_booking,
    may_cancel,
    move_queue,
    runs_to_move,
    take_seat,
)
from learning.actions.change_booking import change_booking
from learning.actions.contracts import (
    WithdrawalSaid,
    conclude_contract,
    forget_contracts,
    withdraw,
    withdrawal_answered,
)
from learning.actions.count import (
    carry_answers_over,
    keep_voluntary,
    may_be_asked,
    voluntary_of,
)
from learning.actions.count_finished import count_finished
from learning.actions.date_feeds import end_date_feed, make_date_feed
from learning.actions.enrol import NotAgain, OtherSchool, enrol, leave, retake
from learning.actions.feedback import give_feedback
from learning.actions.forget_bookings import forget_bookings
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
from learning.actions.mark import mark_answer
from learning.actions.move import move_to_newest
from learning.actions.presence import OfflineTick, keep_presence, send_ticks
from learning.actions.searches import (
    TooManySearches,
    change_search,
    forget_search,
    save_search,
)
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
from learning.actions.tallies import tally_anew

__all__ = [
    "ActivityResult",
    "Answered",
    "AttendanceResult",
    "CannotBook",
    "CannotHelp",
    "CannotJoin",
    "Joined",
    "NotAgain",
    "NotForAll",
    "OfflineTick",
    "OtherSchool",
    "SeatRequest",
    "StateRefused",
    "Stop",
    "TooManySearches",
    "Unsaved",
    "WithdrawalSaid",
    "answer_item",
    "answer_learner",
    "answer_offer",
    "answer_question",
    "ask_for_seat",
    "ask_on",
    "ask_question",
    "begin_of",
    "cancel_booking",
    "carry_answers_over",
    "change_booking",
    "change_group",
    "change_search",
    "close_group",
    "come_back",
    "conclude_contract",
    "confirm_booking",
    "confirm_step",
    "count_finished",
    "end_date_feed",
    "enrol",
    "first_meeting",
    "forget_bookings",
    "forget_contracts",
    "forget_search",
    "free_absent",
    "free_absent_by_rule",
    "give_feedback",
    "give_new_attempts",
    "give_one_more",
    "grade_open_question",
    "hide_entry",
    "in_group_already",
    "join_group",
    "keep_answers",
    "keep_attendance",
    "keep_presence",
    "keep_voluntary",
    "leave",
    "leave_group",
    "leave_groups_of",
    "make_date_feed",
    "make_group",
    "mark_answer",
    "may_be_asked",
    "may_cancel",
    "move_queue",
    "move_to_newest",
    "put_in_group",
    "questions_to_remind",
    "record_result",
    "renew_code",
    "report_entry",
    "retake",
    "runs_to_move",
    "save_search",
    "save_state",
    "send_message",
    "send_ticks",
    "set_attempt_rule",
    "show_question",
    "take_list",
    "take_out",
    "take_seat",
    "tally_anew",
    "voluntary_of",
    "who_was_absent",
    "withdraw",
    "withdrawal_answered",
]
