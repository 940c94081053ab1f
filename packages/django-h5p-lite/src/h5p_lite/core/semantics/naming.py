"""What library a value of type `library` is made with."""

from collections.abc import Mapping
from typing import Any

from h5p_lite.core.names import Name


def library_name(value: Any) -> Name | None:
    """From `{"library": "H5P.Image 1.1", …}`; None while nothing (or nothing sensible) is chosen."""
    try:
        return Name.parse(value["library"]) if isinstance(value, Mapping) else None
    except (KeyError, TypeError, ValueError):
        return None
