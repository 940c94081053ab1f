"""The machine itself: space, time, programs."""

import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version as installed

from django.conf import settings
from django.db import connection

from config.embedded.places import ROOT, CannotStart
from recovery.programs import folder_for

LITTLE = 0.1  # of the disk
FEW = 2 * 2**30  # bytes
DRIFT = 5.0  # seconds
BUILT = datetime(2026, 11, 1, tzinfo=UTC)  # no clock that is right shows less


def disk() -> Iterator[str]:
    usage = shutil.disk_usage(settings.VAR)
    if usage.free < min(FEW, usage.total * LITTLE):
        yield (
            f"The disk of {settings.VAR} is nearly full: {usage.free // 2**20} MB are free. Free some space, or answers "
            "can no longer be stored."
        )


def clock() -> Iterator[str]:
    """Against the database's clock, where it is another machine's, and against a date that is over."""
    now = datetime.now(UTC)
    if now < BUILT:
        yield f"The clock shows {now:%Y-%m-%d}, which is over: set it (timedatectl set-ntp true)."
        return
    with suppress(Exception):  # a silent database is a finding of its own
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs((cursor.fetchone()[0] - datetime.now(UTC)).total_seconds())
        if apart > DRIFT:
            yield (
                f"The clocks of this machine and of the database differ by {apart:.0f} s: let both follow a time server "
                "(timedatectl set-ntp true). Certificates and deadlines go by them."
            )


def versions() -> Iterator[str]:
    """The packages are those of the lock file, and there is a pg_dump for backups."""
    other = [
        f"{name} {version} instead of {' or '.join(sorted(wanted))}"
        for name, wanted in _locked().items()
        if (version := _installed(name)) and version not in wanted
    ]
    if other:
        yield (
            f"{len(other)} packages are of another version than requirements.lock names, among them {other[0]}: install "
            "with pip install --require-hashes -r requirements.lock."
        )
    try:
        with suppress(ConnectionError):
            folder_for(_server())
    except CannotStart as wrong:
        yield str(wrong)


def _server() -> int:
    try:
        connection.ensure_connection()
    except Exception:  # noqa: BLE001 -- a silent database is a finding of its own
        raise ConnectionError from None
    return int(connection.pg_version) // 10000


def _locked() -> dict[str, set[str]]:
    """With the tools of developers a few packages are of another version; both are known to work."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for lock in ("requirements.lock", "requirements-dev.lock"):
        for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
            name, separator, rest = line.partition("==")
            if separator and not line.startswith(" "):
                wanted[name].add(rest.split()[0])
    return wanted


def _installed(name: str) -> str | None:
    """None: not here, which markers may mean (another Python, another machine)."""
    with suppress(Exception):
        return installed(name)
    return None
