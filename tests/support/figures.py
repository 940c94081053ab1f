"""Figures whose noise is the same in every run: secrets that are known, and people who come one after the other."""

import itertools
import uuid
from pathlib import Path

YEARS = (2026, 2027)


def known_secrets(folder: Path) -> Path:
    """For FIGURE_SECRETS."""
    folder.mkdir()
    for year in YEARS:
        file = folder / f"{year}.key"
        file.write_bytes(year.to_bytes(2) * 16)
        file.chmod(0o600)
    return folder


class People:
    """Seeds of accounts, each once."""

    def __init__(self) -> None:
        self.numbers = itertools.count(1)

    def come(self, number: int) -> list[uuid.UUID]:
        return [
            uuid.uuid5(uuid.NAMESPACE_OID, str(one))
            for one in itertools.islice(self.numbers, number)
        ]
