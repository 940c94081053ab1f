from reports.views.cockpit import figures_file, office
from reports.views.corrections import corrections
from reports.views.goals import goal_ended, goals_page
from reports.views.open_data import open_data
from reports.views.open_files import (
    concepts,
    dataset,
    described,
    package,
    readme,
    released,
    version,
    withdrawn,
)
from reports.views.report import monitoring, report, report_paper, reports_list
from reports.views.saved import drop_view, keep_view

__all__ = [
    "concepts",
    "corrections",
    "dataset",
    "described",
    "drop_view",
    "figures_file",
    "goal_ended",
    "goals_page",
    "keep_view",
    "monitoring",
    "office",
    "open_data",
    "package",
    "readme",
    "released",
    "report",
    "report_paper",
    "reports_list",
    "version",
    "withdrawn",
]
