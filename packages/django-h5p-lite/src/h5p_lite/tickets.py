"""Addresses for the sandbox, which sends no cookie: anyone who may play a content gets one that cannot be guessed."""

from django.core import signing

#: A page that was left open overnight still shows its pictures.
MAX_AGE = 60 * 60 * 36  # seconds
_SALT = "h5p_lite.content"


def ticket_for(revision: int) -> str:
    return signing.TimestampSigner(salt=_SALT, sep=".").sign_object(revision)


def revision_of(ticket: str) -> int | None:
    """None when it is forged or too old."""
    try:
        value = signing.TimestampSigner(salt=_SALT, sep=".").unsign_object(ticket, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    return int(value)
