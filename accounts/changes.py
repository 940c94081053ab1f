"""The link that takes a change of address back: signed, good for 72 hours, stored nowhere."""

from datetime import timedelta
from typing import NamedTuple

from django.core import signing

GOOD_FOR = timedelta(hours=72)
SALT = "accounts.changes"


class Change(NamedTuple):
    person: int
    former: str
    new: str


def token_for(person: int, former: str, new: str) -> str:
    return signing.dumps([person, former, new], salt=SALT, compress=True)


def change_of(token: str) -> Change | None:
    """None: made up, or older than 72 hours."""
    try:
        return Change(*signing.loads(token, salt=SALT, max_age=GOOD_FOR))
    except signing.BadSignature:
        return None
