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
    found = Dataset.objects.filter(name=name).first()
    return PublishedDataset(**found.content, updated_at=found.updated_at) if found else None


def all_published() -> dict[str, PublishedDataset]:
    return {
        found.name: PublishedDataset(**found.content, updated_at=found.updated_at)
        for found in Dataset.objects.order_by("name")
    }
