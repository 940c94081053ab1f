"""Where a program goes on reading, pure: the last row's sorting values, as one word for an address.

No secret: whoever invents one reads on from where it says, and sees what everybody sees who may ask.
"""

import base64
import json
from collections.abc import Sequence


def packed(values: Sequence[str | int]) -> str:
    written = json.dumps(list(values), separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(written).decode().rstrip("=")


def unpacked(cursor: str, count: int) -> list[str | int] | None:
    """So many words or whole numbers; None: it was made up."""
    try:
        filled = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.b64decode(filled, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):  # no base64, no UTF-8, no JSON
        return None
    if not isinstance(values, list) or len(values) != count:
        return None
    return values if all(_is_plain(one) for one in values) else None


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return "\0" not in value and value.isprintable()
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63
