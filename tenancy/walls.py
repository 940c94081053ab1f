"""Applying the walls: `walls.sql` of a room, run by the owner role in that room's migrations."""

from pathlib import Path

from django.db import migrations

ROOMS = Path(__file__).resolve().parent.parent


def walls(room: str) -> migrations.RunSQL:
    """All policies of `room`. The files are idempotent: a later change is a new migration with the same line."""
    return migrations.RunSQL((ROOMS / room / "walls.sql").read_text(), migrations.RunSQL.noop)
