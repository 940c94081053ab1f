"""Words as people type them on many keyboards: how they are kept (`tidy`), and when two of them are the same (`folded`)."""

import re
import unicodedata

#: Drawn as nothing. Hangul and Braille have letters for "nothing" as well; joiners are looked at one by one.
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
JOINERS = "\u200c\u200d"
#: They turn what follows around, whatever its letters are (UAX #9, 2.1 to 2.5).
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

APOSTROPHES = "\u2019\u2018\u201b\u02bc\u02b9\u2032\u00b4\u0060\uff07"
HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
QUOTES = "\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u201a'"
ENDS = ".,;:!?\u2026\u00a1\u00bf\u3002\u060c\u061f\u061b"
ONE_WAY = str.maketrans(
    {**dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(HYPHENS, "-"), "\u2026": "..."}
)
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")


def tidy(text: str) -> str:
    """As it is kept: composed (NFC), every kind of space one blank, nothing that cannot be seen.

    Joiners stay between two letters of scripts that are written with them (Arabic, the scripts of India and its
    neighbours); elsewhere they are invisible and go.
    """
    composed = unicodedata.normalize("NFC", text)
    kept = [
        letter if visible else " " if letter.isspace() else ""
        for letter, visible in zip(composed, _visible(composed), strict=True)
    ]
    return " ".join("".join(kept).split())


def _visible(text: str) -> list[bool]:
    seen = []
    for place, letter in enumerate(text):
        if letter in JOINERS:
            around = (text[place - 1 : place], text[place + 1 : place + 2])
            seen.append(all(_is_joined(one) for one in around))
        else:
            hidden = unicodedata.category(letter) in ("Cc", "Cf", "Zs", "Zl", "Zp", "Cs", "Cn")
            seen.append(not hidden and letter not in FILLERS)
    return seen


def _is_joined(letter: str) -> bool:
    """Letters and vowel signs from Arabic to Khmer, where joiners change what is drawn."""
    return (
        bool(letter) and "\u0600" <= letter <= "\u18af" and unicodedata.category(letter)[0] in "LM"
    )


def folded(text: str) -> str:
    """The same for whatever a reader would call the same word.

    Case, the kinds of spaces, apostrophes and hyphens, quotation marks around it, a punctuation mark at its end, and
    comma or point in a number do not matter. Umlauts and accents do; how they were put together does not.
    """
    word = tidy(text).casefold().translate(ONE_WAY)
    word = DECIMAL_COMMA.sub(".", unicodedata.normalize("NFC", word))
    bare = word
    while bare and (bare[0] in QUOTES or bare[-1] in QUOTES + ENDS):
        bare = bare[1:].strip() if bare[0] in QUOTES else bare[:-1].strip()
    return bare or word  # a mark that is all there is, is what was meant


def same(one: str, other: str) -> bool:
    return folded(one) == folded(other)
