"""The press: turns pages of the desk into printed sheets. It renders; `courses.actions.print_edition` stores.

The preview in the editor and the printing use the same functions, so an author sees exactly what learners get.
Knows no models: it is handed pages.
"""

from courses.press.covers import Cover, card_html, course_of, cover_of
from courses.press.lessons import RenderedLesson, keys_of, print_lesson
from courses.press.previews import preview_course, preview_lesson
from courses.press.proofs import proof_of, still_block
from courses.press.terms import terms_of
from courses.press.variants import KnownVariant, completeness, fingerprint, tested, variant_name

__all__ = [
    "Cover",
    "KnownVariant",
    "RenderedLesson",
    "card_html",
    "completeness",
    "course_of",
    "cover_of",
    "fingerprint",
    "keys_of",
    "preview_course",
    "preview_lesson",
    "print_lesson",
    "proof_of",
    "still_block",
    "terms_of",
    "tested",
    "variant_name",
]
