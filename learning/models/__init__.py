from learning.models.attempts import MOST_ATTEMPTS, AttemptRule
from learning.models.booking import Booking, BookingNeed, DateFeed, Presence
from learning.models.contract import Contract, Withdrawal
from learning.models.group import Group, GroupMember, GroupTutor, TutorAct
from learning.models.marks import AnswerMark
from learning.models.record import (
    Attempt,
    Attendance,
    ContentState,
    CourseFeedback,
    Enrolment,
    Progress,
    XapiStatement,
)
from learning.models.searches import SavedSearch
from learning.models.talk import Message, Question, QuestionEntry
from learning.models.tally import CourseTally

__all__ = [
    "MOST_ATTEMPTS",
    "AnswerMark",
    "Attempt",
    "AttemptRule",
    "Attendance",
    "Booking",
    "BookingNeed",
    "ContentState",
    "Contract",
    "CourseFeedback",
    "CourseTally",
    "DateFeed",
    "Enrolment",
    "Group",
    "GroupMember",
    "GroupTutor",
    "Message",
    "Presence",
    "Progress",
    "Question",
    "QuestionEntry",
    "SavedSearch",
    "TutorAct",
    "Withdrawal",
    "XapiStatement",
]
