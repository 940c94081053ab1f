"""What a content said before."""

from h5p_lite.models import Content, Revision


def revision_of(content: Content, number: str) -> Revision | None:
    """One of its revisions by its number as text, as addresses and forms have it; the newest one when there is none."""
    if not number:
        return content.newest
    asked = int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else 0
    return content.revisions.filter(number=asked).first()
