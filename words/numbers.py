"""Whole numbers in what people and programs send: in an address, a field, a link."""

LONGEST = 18  # digits: they fit into a bigint. int() itself refuses more than 4,300


def whole_number(text: str | None) -> int | None:
    """None for what is no number, and for one that is larger than any of ours. Never raises."""
    fits = text and len(text) <= LONGEST and text.isascii() and text.isdecimal()
    return int(text) if text and fits else None


def numbers_in(texts: list[str]) -> list[int]:
    """Those of `texts` that are some."""
    return [number for text in texts if (number := whole_number(text)) is not None]
