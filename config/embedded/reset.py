"""`./dev reset`: everything that was made since the first start goes, after a question."""

import shutil
import sys
from pathlib import Path

from config.embedded.places import ROOT, VAR, CannotStart, alone, say
from config.embedded.postgres import Postgres
from config.embedded.valkey import Valkey

YES = ("ja", "yes", "j", "y")


def reset(*, yes: bool) -> int:
    if not VAR.exists():
        say(f"There is nothing to delete: {VAR} does not exist.")
        return 0
    ours = any((VAR / name).exists() for name in ("settings.env", "restoring"))
    if VAR != ROOT / "var" and not ours:
        raise CannotStart(
            f"{VAR} does not look like a folder of Lernstadt (no settings.env), so it stays."
        )
    if not yes and not _wanted():
        say("Nothing was deleted.")
        return 1
    with alone(VAR):
        for home in (VAR, VAR / "test", VAR / "bench"):
            if (home / "postgres" / "data").exists():
                _stop(home)
        shutil.rmtree(VAR.resolve())
    say(f"Deleted {VAR}. `./dev run` starts anew.")
    return 0


def _wanted() -> bool:
    say(
        f"This deletes {VAR} for good: database, uploads, mail, keys and settings.\n"
        "Certificates that were issued can then no longer be checked."
    )
    sys.stdout.write('Type "ja" or "yes" to go on: ')
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in YES


def _stop(home: Path) -> None:
    server, broker = Postgres(home), Valkey(home)
    server.stop()
    broker.stop()
    for folder in (server.socket, broker.socket.parent):
        if VAR not in folder.parents:
            shutil.rmtree(folder, ignore_errors=True)  # the short one below /tmp
