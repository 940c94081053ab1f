from learning.views.answer import answer
from learning.views.dashboard import dashboard, leave
from learning.views.lesson import enrol, lesson, start
from learning.views.newer import newer

__all__ = ["answer", "dashboard", "enrol", "leave", "lesson", "newer", "start"]
