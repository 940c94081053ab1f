"""What is written: versions of open data, what the office says of them, views and goals it keeps."""

from reports.actions.goals import end_goal, set_goal
from reports.actions.opendata import announce_correction, publish_versions
from reports.actions.saved import TooManyViews, forget_view, save_view

__all__ = [
    "TooManyViews",
    "announce_correction",
    "end_goal",
    "forget_view",
    "publish_versions",
    "save_view",
    "set_goal",
]
