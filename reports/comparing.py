"""What may be said of two figures with noise, pure."""

from collections.abc import Sequence
from enum import Enum
from itertools import accumulate

from figures.noise import BASE, BOUND, LEAST, SAME

#: What "unter 5" may stand for.
LEAST_HIDDEN, MOST_HIDDEN = 0, LEAST - 1 + BOUND

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


def middle(figures: Sequence[int | None]) -> int | None:
    """The group in which the person in the middle is; `figures`: of groups in their order. None where that is not sure.

    What is below five may be 0 to 9: it must make no difference.
    """
    if sum(one or 0 for one in figures) < BASE:
        return None
    found = _middle([one or LEAST_HIDDEN for one in figures])
    sure = {
        _middle([most if one is None else one for one, most in zip(figures, hidden, strict=True)])
        for hidden in (
            [MOST_HIDDEN if n < found else LEAST_HIDDEN for n in range(len(figures))],
            [MOST_HIDDEN if n > found else LEAST_HIDDEN for n in range(len(figures))],
        )
    }
    return found if sure == {found} else None


def _middle(figures: Sequence[int]) -> int:
    half = sum(figures) / 2
    return next(n for n, reached in enumerate(accumulate(figures)) if reached >= half)


def tint(figure: int | None) -> int:
    """0 (fewer than five) to 4 (100 and more)."""
    return sum(figure >= least for least in CLASSES) if figure is not None else 0


def tint_of_courses(courses: int) -> int:
    """0 (none) to 4 (ten and more). Courses are no persons: their number is shown as it is."""
    return sum(courses >= least for least in (1, 2, 5, 10))
