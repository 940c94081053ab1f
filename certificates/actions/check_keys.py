"""Keys to the programs' door: for anyone who checks many certificates. Made at once, for nobody in particular. System lens."""

import secrets

from certificates import tokens
from certificates.models import CheckKey
from tenancy.lens import as_system

PREFIX = "pruefen_"  # so that anyone who finds one knows what it opens


@as_system("make a key for checking")
def make_check_key() -> str:
    """The key itself: shown once, only its hash is kept."""
    key = PREFIX + secrets.token_urlsafe(32)
    CheckKey.objects.create(key_hash=tokens.token_hash(key))
    return key


@as_system("end a key for checking")
def end_check_key(key: str) -> bool:
    """Anyone who has it may end it. False when there is none."""
    ended, _each = CheckKey.objects.filter(key_hash=tokens.token_hash(key)).delete()
    return bool(ended)
