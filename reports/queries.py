"""What is published. The office page and the open data read nothing else."""

from datetime import datetime
from typing import Any, NamedTuple

from reports.models import Dataset

#: From the widest to the narrowest: who completed was enrolled, who has a certificate has completed.
MEASURES = ("enrolments", "completions", "certificates")


class PublishedDataset(NamedTuple):
    rows: list[dict[str, Any]]  # {"key", "label", measure: int | None (protected), maybe "courses"}
    total: dict[str, int | None]
    updated_at: datetime


def published(name: str) -> PublishedDataset | None:
    """The table "anbieter", "themen" or "monate"; None before the first refresh."""
    dataset = Dataset.objects.filter(name=name).first()
    return PublishedDataset(**dataset.content, updated_at=dataset.updated_at) if dataset else None


def all_published() -> dict[str, PublishedDataset]:
    return {
        dataset.name: PublishedDataset(**dataset.content, updated_at=dataset.updated_at)
        for dataset in Dataset.objects.order_by("name")
    }
