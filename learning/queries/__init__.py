from learning.queries.activities import MyActivity, my_activity, open_activity, reusable
from learning.queries.dashboard import MyCourse, my_courses
from learning.queries.lessons import (
    ClosedStep,
    LessonForAnybody,
    LessonForLearner,
    closed_step,
    first_lesson,
    my_lesson,
    open_lesson,
)
from learning.queries.newer import Newer, newer_edition
from learning.queries.outcomes import CourseOutcome, outcome
from learning.queries.register import Present, courses_with_meetings, register

__all__ = [
    "ClosedStep",
    "CourseOutcome",
    "LessonForAnybody",
    "LessonForLearner",
    "MyActivity",
    "MyCourse",
    "Newer",
    "Present",
    "closed_step",
    "courses_with_meetings",
    "first_lesson",
    "my_activity",
    "my_courses",
    "my_lesson",
    "newer_edition",
    "open_activity",
    "open_lesson",
    "outcome",
    "register",
    "reusable",
]
