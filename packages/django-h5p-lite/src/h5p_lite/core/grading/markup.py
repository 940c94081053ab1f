"""The words in HTML of content files, as a browser's DOM has them."""

from html.parser import HTMLParser

ASCII_SPACE = "\t\n\f\r "  # what a document may begin with, unseen


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = [""]

    def handle_data(self, data: str) -> None:
        self.found[-1] += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.found.append("")


def texts_in(markup: str) -> list[str]:
    """One for each text between two tags, in their order."""
    parser = _Texts()
    parser.feed(markup)
    parser.close()
    return [text for text in parser.found if text]


def plain(markup: str) -> str:
    """All of it in one; what types get from `DOMParser` and `textContent`."""
    return "".join(texts_in(markup)).lstrip(ASCII_SPACE)


def units(text: str) -> str:
    """A letter for each unit of UTF-16, by which JavaScript counts."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(raw[at] | raw[at + 1] << 8) for at in range(0, len(raw), 2))
