"""What was published of the history of the tables never changes: installations have run it."""

import hashlib

from tests.house.test_house import FILES, HOUSE, name

PUBLISHED = HOUSE / "tests" / "house" / "migrations.sha256"


def test_a_published_migration_never_changes():
    """Lines as `sha256sum` writes them. A new migration adds its own; nothing else in that file is ever touched."""
    listed = dict(line.split("  ")[::-1] for line in PUBLISHED.read_text().splitlines())
    there = {
        name(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in FILES
        if path.parent.name == "migrations" and path.name[0].isdigit()
    }
    changed = {path for path in listed if there.get(path) != listed[path]}
    new = there.keys() - listed.keys()
    assert (changed, new) == (set(), set()), "write a new migration, and add its line"
