"""What is written: versions of open data, what the office says of them, views and goals it keeps."""

from reports.actions.opendata import announce_correction, publish_versions
from reports.actions.saved import TooManyViews, forget_view, save_view

__all__ = ["TooManyViews", "announce_correction", "forget_view", "publish_versions", "save_view"]
