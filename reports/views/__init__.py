from reports.views.cockpit import figures_csv, office
from reports.views.corrections import corrections
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

__all__ = [
    "concepts",
    "corrections",
    "dataset",
    "described",
    "figures_csv",
    "office",
    "open_data",
    "package",
    "readme",
    "released",
    "version",
    "withdrawn",
]
