"""The press: turns pages of the desk into printed sheets. It renders; `courses.actions.print_edition` stores.

The preview in the editor and the printing use the same functions, so an author sees exactly what learners get.
Knows no models: it is handed pages.
"""

from courses.press.covers import Cover, card_html, cover_of
from courses.press.previews import preview_course, preview_lesson
from courses.press.sheets import PrintedLesson, print_lesson

__all__ = [
    "Cover",
    "PrintedLesson",
    "card_html",
    "cover_of",
    "preview_course",
    "preview_lesson",
    "print_lesson",
]
