"""An upgrade that can be taken back: a backup first, then the migrations, then a look; else the database as it was."""

from pathlib import Path
from typing import NamedTuple

from config.embedded import roles
from config.embedded.management import manage
from config.embedded.places import CannotStart
from recovery import archive, database, keys, restoring
from recovery.places import Installation
from recovery.restoring import Say
from recovery.saving import backup


class UpgradeResult(NamedTuple):
    backup: Path
    migrations: list[str]


def upgrade(place: Installation, *, say: Say) -> UpgradeResult:
    """Raises CannotStart; the database is then as it was before, unless the sentence says otherwise."""
    with database.connect(place.urls.owner) as line:
        before = database.contents(line).migrations
    made = backup(place, say=say)
    say(f"Saved as {made.path}. Migrating …")
    try:
        owners = place.environment | {"DATABASE_URL": place.urls.owner}
        manage(["migrate", "--noinput", "-v0"], owners, "migrating")
        restoring.check_application(place)
    except (CannotStart, KeyboardInterrupt) as wrong:
        go_back(place, made.path, say=say)
        raise CannotStart(
            f"{wrong or 'The upgrade was stopped.'} The database is as it was before; put the former version "
            f"of Lernstadt back and start it. The backup stays: {made.path}"
        ) from None
    with database.connect(place.urls.owner) as line:
        after = database.contents(line).migrations
    return UpgradeResult(made.path, [name for name in after if name not in set(before)])


def go_back(place: Installation, path: Path, *, say: Say) -> None:
    """The database of the backup in place of whatever is there; files only ever grow, so they stay."""
    say("That went wrong. Going back to the database of before …")
    identities = keys.identities(keys.identity_file(place.var))
    try:
        checked = archive.check(path, identities)
        database.empty(place.urls.owner)
        with archive.reading(path, identities) as tar:
            restoring.feed_database(tar, checked, place.urls)
        roles.grant(place.urls, roles.app_role(place.urls))
        restoring.check_counts(place.urls, checked.head)
    except CannotStart as wrong:
        raise CannotStart(
            f"The database could not be brought back: {wrong} Its backup is {path}: restore it into an empty place."
        ) from None
