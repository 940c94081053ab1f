"""What a page says, however its template breaks its lines."""

import re

EDGE = re.compile(r"\s*(</?(?:p|td|th|li|dt|dd|h\d|div|option)\b[^>]*>)\s*")


def one_line(response):
    """The HTML in one line, without the white space that no browser shows."""
    return EDGE.sub(r"\1", " ".join(response.content.decode().split()))
