"""What a file is, whatever it is called: looked at, made harmless or refused, without reading more of it than needed.

Pure, and below every other room but `words`. Every upload goes through `take`; the sentences are `providers.advice`.
"""

from files.problems import BadFile
from files.taking import (
    DOCUMENTS,
    FILMS,
    PERSONAL,
    PICTURES,
    PLACE,
    SOUNDS,
    Taken,
    bare,
    ending_of,
    patched,
    take,
)

__all__ = [
    "DOCUMENTS",
    "FILMS",
    "PERSONAL",
    "PICTURES",
    "PLACE",
    "SOUNDS",
    "BadFile",
    "Taken",
    "bare",
    "ending_of",
    "patched",
    "take",
]
