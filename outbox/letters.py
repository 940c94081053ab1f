"""How one of our messages looks: the plain text as it is, and the same words as HTML."""

import re
from typing import NamedTuple

#: A line that stands alone and is a link or a code is what the message is for.
ALONE = re.compile(r"https?://\S+|[A-Z0-9]{3,}(?:-[A-Z0-9]+)+")
LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")


class Piece(NamedTuple):
    """Words, or a link with its address."""

    words: str
    link: str = ""


class Paragraph(NamedTuple):
    lines: list[list[Piece]]
    alone: bool = False  # a link or a code on a line of its own


def paragraphs(text: str) -> list[Paragraph]:
    """The plain text, parted at its empty lines."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.strip())]
    return [
        Paragraph([_pieces(line) for line in part.splitlines()], bool(ALONE.fullmatch(part)))
        for part in parts
        if part
    ]


def _pieces(line: str) -> list[Piece]:
    pieces, end = [], 0
    for link in LINK.finditer(line):
        pieces += [Piece(line[end : link.start()]), Piece(link[0], link[0])]
        end = link.end()
    return [piece for piece in (*pieces, Piece(line[end:])) if piece.words]
