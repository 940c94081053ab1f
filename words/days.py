"""Days as people of the city live them: a moment belongs to the day it is there, not in Greenwich."""

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")


def day(moment: datetime) -> date:
    """The day this moment falls on in the city. Raises ValueError for a moment that does not say where it is."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone falls on no day.")
    return moment.astimezone(ZONE).date()


def end_of_school_year(on: date, ends: tuple[int, int]) -> date:
    """The last day of the school year in which `on` lies; `ends`: month and day, the same in each year."""
    this = date(on.year, *ends)
    return this if on <= this else date(on.year + 1, *ends)


def months_later(of: date, months: int) -> date:
    """The last day of the month that comes so many months after the one of `of`."""
    year, month = divmod(of.year * 12 + of.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
