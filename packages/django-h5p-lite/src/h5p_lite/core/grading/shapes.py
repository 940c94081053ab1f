"""Content files of any origin, read carefully: what is missing or of another shape counts as not there."""

from collections.abc import Mapping
from typing import Any

NOTHING: Mapping[str, Any] = {}
#: What `\\s` means to JavaScript, whose `trim` the types use; Python's `strip` would leave a byte order mark and take more.
SPACE = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


def group(params: Any, name: str) -> Mapping[str, Any]:
    value = params.get(name) if isinstance(params, Mapping) else None
    return value if isinstance(value, Mapping) else NOTHING


def items(params: Any, name: str) -> list[Any]:
    value = params.get(name) if isinstance(params, Mapping) else None
    return value if isinstance(value, list) else []


def text(params: Any, name: str) -> str:
    value = params.get(name) if isinstance(params, Mapping) else None
    return value if isinstance(value, str) else ""


def number(params: Any, name: str, default: float) -> float:
    value = params.get(name) if isinstance(params, Mapping) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    return value if -1e9 < value < 1e9 else default
