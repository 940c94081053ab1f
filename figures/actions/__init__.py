from figures.actions.close_year import close_years
from figures.actions.journal import (
    CountedCourse,
    Voluntary,
    answers_kept,
    carry_over,
    count,
    keep_answers,
    slip_of,
    take_back,
)
from figures.actions.publish import (
    AlreadyPublished,
    drift,
    first_month,
    publish,
    publish_due,
)
from figures.actions.release import UNNAMED, release, release_due
from figures.actions.seats import RunSeats, count_runs

__all__ = [
    "UNNAMED",
    "AlreadyPublished",
    "CountedCourse",
    "RunSeats",
    "Voluntary",
    "answers_kept",
    "carry_over",
    "close_years",
    "count",
    "count_runs",
    "drift",
    "first_month",
    "keep_answers",
    "publish",
    "publish_due",
    "release",
    "release_due",
    "slip_of",
    "take_back",
]
