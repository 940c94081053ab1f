"""What may be asked of the published figures, pure: one value or all of each dimension, never several ticks or free dates.

Two hundred pairs of freely chosen groups give away every single person, whatever the noise; so nobody can choose groups.
"""

from itertools import combinations
from typing import NamedTuple

from figures.frames import DIMENSIONS, Frame, allowed, in_order


class FigureQuestion(NamedTuple):
    """Figures of one kind of period by some dimensions, where others have one value."""

    frame: Frame
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()

    @property
    def dimensions(self) -> tuple[str, ...]:
        return in_order((*self.by, *(name for name, _ in self.where)))

    @property
    def is_allowed(self) -> bool:
        names = self.dimensions
        return (
            len(set(names)) == len(names)
            and set(names) <= set(DIMENSIONS)
            and allowed(self.frame, names)
        )


def nearest(asked: FigureQuestion) -> list[FigureQuestion]:
    """Questions that may be asked instead, the nearest first: a longer period, then the same with something left out."""
    found = [
        asked._replace(frame=frame) for frame in (Frame.QUARTER, Frame.HALF) if frame > asked.frame
    ]
    frames = sorted(Frame, key=lambda frame: frame is not asked.frame)
    everything = [*asked.where, *((name, None) for name in asked.by)]
    for size in range(len(everything) - 1, -1, -1):
        for kept in combinations(everything, size):
            by = tuple(name for name, value in kept if value is None)
            where = tuple((name, value) for name, value in kept if value is not None)
            found += [FigureQuestion(frame, by, where) for frame in frames]
    return [one for one in dict.fromkeys(found) if one.is_allowed]
