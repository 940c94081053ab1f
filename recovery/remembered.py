"""What recovery did last, in the place's folder: for the doctor, and for anyone who watches the machine."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from config.embedded.places import own_folder


class Event(NamedTuple):
    at: datetime
    facts: dict[str, Any]

    @property
    def age(self) -> timedelta:
        return datetime.now(UTC) - self.at


def remember(var: Path, what: str, facts: dict[str, Any]) -> None:
    path = own_folder(var / "recovery") / f"last-{what}.json"
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps({"at": datetime.now(UTC).isoformat(), **facts}), encoding="utf-8")
    draft.replace(path)


def last(var: Path, what: str) -> Event | None:
    try:
        event = json.loads((var / "recovery" / f"last-{what}.json").read_text(encoding="utf-8"))
        return Event(datetime.fromisoformat(event.pop("at")), event)
    except (OSError, ValueError, KeyError):
        return None
