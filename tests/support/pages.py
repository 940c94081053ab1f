"""What a page says, however its template breaks its lines."""

import re

EDGE = re.compile(r"\s*(</?(?:p|td|th|li|dt|dd|h\d|div|option)\b[^>]*>)\s*")


def one_line(page):
    """The HTML of an answer, or of a part of one, in one line, without the white space that no browser shows."""
    html = page if isinstance(page, str) else page.content.decode()
    return EDGE.sub(r"\1", " ".join(html.split()).replace(" >", ">"))


def text(answer):
    """What somebody reads on a page, on one line, without marks."""
    return one_line(re.sub(r"<[^>]*>", " ", answer.content.decode()))
