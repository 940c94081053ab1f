from courses.actions.printing import print_edition, reprint, withdraw_course
from courses.actions.shelves import lay_foundation, open_shelf
from courses.actions.translating import bring_structure_over

__all__ = [
    "bring_structure_over",
    "lay_foundation",
    "open_shelf",
    "print_edition",
    "reprint",
    "withdraw_course",
]
