"""Whether a text says how to reach somebody, pure: what everybody may read should not."""

import re

ADDRESS = re.compile(r"\S+@\S+\.\S+")
#: Six digits and more, however they are grouped: a telephone number, not a day or a price.
NUMBER = re.compile(r"(?:\+|\b)\d(?:[ /()-]{0,3}\d){5,}")


def has_contact(text: str) -> bool:
    return bool(ADDRESS.search(text) or NUMBER.search(text))
