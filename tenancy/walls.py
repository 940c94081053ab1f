"""Applying a room's SQL, first of all its walls (`walls.sql`), by the owner role in that room's migrations."""

from pathlib import Path

from django.db import migrations

ROOMS = Path(__file__).resolve().parent.parent


def walls(room: str) -> migrations.RunSQL:
    """All policies of `room`. The files are idempotent; the walls of a later table are a file and a migration of their own."""
    return sql_of(room, "walls")


def sql_of(room: str, name: str) -> migrations.RunSQL:
    """The file `<room>/<name>.sql`, which is idempotent as well."""
    return migrations.RunSQL((ROOMS / room / f"{name}.sql").read_text(), migrations.RunSQL.noop)
