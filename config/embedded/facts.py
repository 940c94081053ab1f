"""`./dev facts`: where things are and who may log in, as JSON; the demo room knows (`manage.py demo_facts`)."""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from config.embedded import roles, settings_file
from config.embedded.management import manage
from config.embedded.places import VAR, CannotStart, alone, holder, say
from config.embedded.postgres import Postgres

REMEMBERED = VAR / "facts.json"  # so that a second start need not ask


def print_facts() -> int:
    """Only JSON on standard output."""
    with city() as (settings, address):
        facts = refresh(settings)
    if address:
        facts["base_url"] = address  # where it runs now, if not where it usually does
    say(json.dumps(facts, indent=2, ensure_ascii=False))
    return 0


@contextmanager
def city() -> Iterator[tuple[dict[str, str], str | None]]:
    """What a command needs to work on the demo city, and where that runs now. Starts PostgreSQL when it does not run, and
    stops it then.
    """
    if not (VAR / "demo").exists():
        raise CannotStart("There is no demo city yet: start it once with `./dev run`.")
    settings = settings_file.read(VAR)
    settings["LERNSTADT_VAR"] = str(VAR)
    settings["BROKER_URL"] = (
        os.environ.get("BROKER_URL") or f"redis+socket://{VAR}/valkey/valkey.sock"
    )
    address = holder(VAR)
    with ExitStack() as stack:
        urls = roles.from_environment()
        if urls is None:
            postgres = Postgres()
            if address is None and not postgres.runs():
                stack.enter_context(alone(VAR))
                stack.callback(postgres.stop)
                postgres.start()
            urls = roles.Urls(postgres.url(roles.APP, roles.DATABASE), "")
        settings["DATABASE_URL"] = urls.app
        yield settings, address


def refresh(settings: dict[str, str]) -> dict[str, Any]:
    """Ask the database, and remember the answer for the next start."""
    output = manage(["demo_facts"], settings, "asking for the demo accounts")
    try:
        facts: dict[str, Any] = json.loads(output)
    except ValueError:
        raise CannotStart(f"manage.py demo_facts did not print JSON but: {output[:200]}") from None
    _keep(REMEMBERED, output)
    return facts


def remember(settings: dict[str, str]) -> None:
    """Ask once, if there is a demo city."""
    if settings["DEMO"] == "1" and (VAR / "demo").exists() and not REMEMBERED.exists():
        refresh(settings)


def accounts(settings: dict[str, str]) -> list[str]:
    """The demo accounts as lines for a person; empty without a demo city."""
    if settings["DEMO"] != "1" or not (VAR / "demo").exists():
        return []
    remember(settings)
    facts = json.loads(REMEMBERED.read_text(encoding="utf-8"))
    rows = [
        [str(one.get(key) or "") for key in ("role", "email", "password", "provider")]
        for one in facts["accounts"]
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    return [
        "Demo accounts (invented people): role, e-mail, password, provider",
        *(f"  {line}".rstrip() for line in lines),
        "",
    ]


def _keep(path: Path, text: str) -> None:
    draft = path.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
