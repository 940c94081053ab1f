"""What is written: versions of open data, and what the office says of them."""

from reports.actions.opendata import announce_correction, publish_versions

__all__ = ["announce_correction", "publish_versions"]
