from learning.queries.dashboard import MyCourse, my_courses
from learning.queries.lessons import (
    LessonForAnybody,
    LessonForLearner,
    first_lesson,
    my_lesson,
    open_lesson,
)

__all__ = [
    "LessonForAnybody",
    "LessonForLearner",
    "MyCourse",
    "first_lesson",
    "my_courses",
    "my_lesson",
    "open_lesson",
]
