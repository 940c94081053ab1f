"""Rich text on its way from a hand to the database and back: lines of runs, as HTML or in a notation for plain text fields.

Pure. What is stored is always made by Wagtail's own converter (`block_forms.rich`), so both editors store the same.
"""

from courses.texts.html import read_html, write_html
from courses.texts.lines import TextLine, TextLink, TextRun, keep_keys, lean, words_in
from courses.texts.plain import read_plain, write_plain

__all__ = [
    "TextLine",
    "TextLink",
    "TextRun",
    "keep_keys",
    "lean",
    "read_html",
    "read_plain",
    "words_in",
    "write_html",
    "write_plain",
]
