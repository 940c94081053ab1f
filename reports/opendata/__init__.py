"""Open data as files and in words for machines, pure: what a dataset is, its files, its package, its place in a catalogue."""

from reports.opendata.dataset import (
    CC0,
    DAILY,
    DL_DE_BY,
    FEW,
    QUARTERLY,
    Column,
    DatasetIssue,
    OpenCorrection,
    OpenDataset,
    Portal,
)

__all__ = [
    "CC0",
    "DAILY",
    "DL_DE_BY",
    "FEW",
    "QUARTERLY",
    "Column",
    "DatasetIssue",
    "OpenCorrection",
    "OpenDataset",
    "Portal",
]
