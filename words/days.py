"""Days as people of the city live them: a moment belongs to the day it is there, not in Greenwich."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")


def day(moment: datetime) -> date:
    """The day this moment falls on in the city. Raises ValueError for a moment that does not say where it is."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone falls on no day.")
    return moment.astimezone(ZONE).date()
