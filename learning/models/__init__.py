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

__all__ = [
    "Attempt",
    "Attendance",
    "ContentState",
    "CourseFeedback",
    "Enrolment",
    "Group",
    "GroupMember",
    "GroupTutor",
    "Progress",
    "TutorAct",
    "XapiStatement",
]
