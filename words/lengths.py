"""How long a body is said to be (RFC 9110, section 8.6), by anyone who sends it."""

import sys
from collections.abc import Mapping
from typing import Any

from words.numbers import LONGEST


def announced(environ: Mapping[str, Any]) -> int:
    """Bytes of the body by its header in a WSGI environment; 0: none, or no number. Never raises."""
    said = str(environ.get("CONTENT_LENGTH") or "0")
    if not (said.isascii() and said.isdecimal()):
        return 0
    return int(said) if len(said) <= LONGEST else sys.maxsize
