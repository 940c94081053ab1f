from learning.views.answer import answer
from learning.views.dashboard import dashboard, leave
from learning.views.lesson import enrol, lesson, start

__all__ = ["answer", "dashboard", "enrol", "leave", "lesson", "start"]
