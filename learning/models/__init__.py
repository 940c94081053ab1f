from learning.models.group import Group, GroupMember, GroupTutor, TutorAct
from learning.models.record import (
    Attempt,
    Attendance,
    ContentState,
    CourseFeedback,
    Enrolment,
    Progress,
    XapiStatement,
)
from learning.models.talk import Message, Question, QuestionEntry

__all__ = [
    "Attempt",
    "Attendance",
    "ContentState",
    "CourseFeedback",
    "Enrolment",
    "Group",
    "GroupMember",
    "GroupTutor",
    "Message",
    "Progress",
    "Question",
    "QuestionEntry",
    "TutorAct",
    "XapiStatement",
]
