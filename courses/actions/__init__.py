from courses.actions.printing import print_edition, reprint, withdraw_course
from courses.actions.shelves import found_with_shelf, lay_foundation, open_shelf
from courses.actions.translating import (
    Difference,
    bring_structure_over,
    compare_with_german,
    mark_as_seen,
)

__all__ = [
    "Difference",
    "bring_structure_over",
    "compare_with_german",
    "found_with_shelf",
    "lay_foundation",
    "mark_as_seen",
    "open_shelf",
    "print_edition",
    "reprint",
    "withdraw_course",
]
