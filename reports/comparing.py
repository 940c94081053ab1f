"""What may be said of two figures with noise, pure."""

from enum import Enum

from figures.noise import BASE, SAME

#: From this base on a share is exact to a point or so; below, to five.
EXACT = 300


class Movement(Enum):
    """Of a figure against another one."""

    UNKNOWN = "unknown"  # one of them is below five
    NONE = "none"  # the noise alone may make such a difference
    MORE = "more"
    LESS = "less"


def change(now: int | None, before: int | None) -> Movement:
    if now is None or before is None:
        return Movement.UNKNOWN
    if abs(now - before) < SAME:
        return Movement.NONE
    return Movement.MORE if now > before else Movement.LESS


def share(part: int | None, base: int | None) -> int | None:
    """Per cent, to five points where the base is small; None where it is too small for any."""
    if part is None or base is None or base < BASE:
        return None
    exact = min(100 * part / base, 100)
    return round(exact) if base >= EXACT else 5 * round(exact / 5)


#: Classes of the map of competences, by their least.
CLASSES = (5, 20, 50, 100)


def tint(figure: int | None) -> int:
    """0 (fewer than five) to 4 (100 and more)."""
    return sum(figure >= least for least in CLASSES) if figure is not None else 0
