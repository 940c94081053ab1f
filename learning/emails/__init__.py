from learning.emails.bookings import remind, tell_booker, tell_bookers, tell_changes
from learning.emails.closing import tell_learners
from learning.emails.contracts import tell_withdrawal, tell_withdrawals
from learning.emails.pupils import tell_of_ending_pupils
from learning.emails.searches import tell_searches
from learning.emails.talk import (
    remind_tutors,
    tell_asker,
    tell_heads,
    tell_receivers,
    tell_tutors,
)

__all__ = [
    "remind",
    "remind_tutors",
    "tell_asker",
    "tell_booker",
    "tell_bookers",
    "tell_changes",
    "tell_heads",
    "tell_learners",
    "tell_of_ending_pupils",
    "tell_receivers",
    "tell_searches",
    "tell_tutors",
    "tell_withdrawal",
    "tell_withdrawals",
]
