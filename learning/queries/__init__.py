from learning.queries.dashboard import MyCourse, my_courses
from learning.queries.lessons import (
    LessonForAnybody,
    LessonForLearner,
    first_lesson,
    my_lesson,
    open_lesson,
)
from learning.queries.newer import Newer, newer_edition

__all__ = [
    "LessonForAnybody",
    "LessonForLearner",
    "MyCourse",
    "Newer",
    "first_lesson",
    "my_courses",
    "my_lesson",
    "newer_edition",
    "open_lesson",
]
