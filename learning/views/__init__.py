from learning.views.answer import answer
from learning.views.attendance import attendance
from learning.views.dashboard import dashboard, leave
from learning.views.lesson import enrol, lesson, start
from learning.views.newer import newer
from learning.views.retake import retake

__all__ = [
    "answer",
    "attendance",
    "dashboard",
    "enrol",
    "leave",
    "lesson",
    "newer",
    "retake",
    "start",
]
