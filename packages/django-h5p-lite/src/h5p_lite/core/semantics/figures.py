"""Numbers: what counts as one, and how it is made to fit its field."""

import math
import re
from decimal import Decimal
from typing import Any

from h5p_lite.core.semantics.fields import Field, Number

#: What PHP calls numeric, in a length that no author exceeds.
NUMERIC = re.compile(
    r"\s*[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,3})?\s*", re.ASCII
)
#: Beyond this, neither steps nor decimals mean anything to a browser's numbers (2^53).
LARGEST = 2**53


def number(value: Any) -> Number | None:
    """A JSON number, or a text that is one; booleans, NaN and infinity are not. "5.0" is the integer 5."""
    if isinstance(value, str) and NUMERIC.fullmatch(value):
        return whole(float(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if finite(value) else None


def finite(value: Any) -> bool:
    """Not one of the floats that JSON cannot write."""
    return not isinstance(value, float) or math.isfinite(value)


def whole(value: float) -> Number | None:
    """JSON as JavaScript writes it: 5, not 5.0."""
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value


def fitted(field: Field, value: Any) -> Number:
    """Within the limits, on a step from the minimum, with so many decimals. What is no number is 0 (or the minimum)."""
    figure = number(value)
    inside = _clamped(field, 0 if figure is None else figure)
    if abs(inside) > LARGEST:
        return inside
    exact = Decimal(str(inside))
    rounded = exact
    if field.step:
        base = Decimal(str(field.minimum or 0))
        step = Decimal(str(field.step))
        rounded = base + (exact - base) // step * step
    elif field.decimals is not None:
        rounded = round(exact, min(field.decimals, 15))
    return inside if rounded == exact else whole(float(rounded)) or 0


def _clamped(field: Field, value: Number) -> Number:
    if field.minimum is not None and value < field.minimum:
        value = field.minimum
    if field.maximum is not None and value > field.maximum:
        value = field.maximum
    return value
