"""When accounts of pupils end: some months after the school year, as the installation and their school say; pure."""

from datetime import date, timedelta

from django.conf import settings

from words.days import end_of_school_year, months_later

#: Days before the end on which heads and pupils hear of it.
NOTICE = 28
MOST_MONTHS = 12


def end_of_pupils(months: int, today: date) -> date:
    """Until when an account is kept that is made today."""
    return months_later(_school_year_ends(today), months)


def carried_on(months: int, today: date, until: date) -> date:
    """Until when an account is kept that ends on `until`, if it is taken along into the next school year."""
    now = _school_year_ends(today)
    following = _school_year_ends(now + timedelta(days=1))
    ends = (months_later(year, months) for year in (now, following))
    return next((end for end in ends if end > until), until)


def _school_year_ends(on: date) -> date:
    month, _, last = settings.CITY["school_year_ends"].partition("-")
    return end_of_school_year(on, (int(month), int(last)))
