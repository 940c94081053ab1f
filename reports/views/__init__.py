from reports.views.cockpit import figures_csv, office
from reports.views.open_data import concepts, dataset, open_data, withdrawn

__all__ = ["concepts", "dataset", "figures_csv", "office", "open_data", "withdrawn"]
