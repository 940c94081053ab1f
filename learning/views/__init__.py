from learning.views.activity import activity, activity_file, result, state
from learning.views.answer import answer
from learning.views.attendance import attendance
from learning.views.dashboard import dashboard, leave
from learning.views.finished import finished
from learning.views.kept import keep
from learning.views.lesson import enrol, lesson, start
from learning.views.newer import newer
from learning.views.results import results
from learning.views.retake import retake
from learning.views.tutoring import tutoring

__all__ = [
    "activity",
    "activity_file",
    "answer",
    "attendance",
    "dashboard",
    "enrol",
    "finished",
    "keep",
    "leave",
    "lesson",
    "newer",
    "result",
    "results",
    "retake",
    "start",
    "state",
    "tutoring",
]
