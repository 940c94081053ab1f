"""Codes for joining a group, pure: a German word and six digits, "APFEL 472 183". Said on the phone, typed on one.

128 words and a million numbers: 27 bits. Doors count wrong ones, so that nobody finds a group by trying.
"""

import re
import secrets
import unicodedata

#: Four to seven letters without umlauts; words that somebody knows who has just begun to learn German.
WORDS = (
    *("ABEND", "ADLER", "AFFE", "AMPEL", "ANGEL", "ANKER", "APFEL", "ARZT", "BADEN", "BAGGER"),
    *("BALKON", "BALL", "BANANE", "BAUM", "BERG", "BESEN", "BETT", "BIENE", "BILD", "BIRNE"),
    *("BLATT", "BLUME", "BODEN", "BOOT", "BRIEF", "BRILLE", "BROT", "BUCH", "BUTTER", "DACH"),
    *("DAMPF", "DAUMEN", "DECKE", "DOSE", "DRAHT", "ECKE", "EIMER", "ENTE", "ERBSE", "ERDE"),
    *("ESEL", "EULE", "FADEN", "FAHNE", "FEDER", "FEIGE", "FELD", "FENCHEL", "FEUER", "FISCH"),
    *("FLASCHE", "FORM", "FROSCH", "FUCHS", "GABEL", "GANS", "GARTEN", "GAST", "GELD", "GIRAFFE"),
    *("GLAS", "GLOCKE", "GOLD", "GRAS", "GURKE", "HAFEN", "HAMMER", "HASE", "HAUS", "HEFT"),
    *("HEMD", "HERBST", "HIMMEL", "HIRSCH", "HOLZ", "HONIG", "HOSE", "HUND", "IGEL", "INSEL"),
    *("JACKE", "JUNI", "KAFFEE", "KAMEL", "KANNE", "KARTE", "KATZE", "KELLER", "KERZE", "KIRSCHE"),
    *("KISSEN", "KLEE", "KNOPF", "KOFFER", "KOHL", "KORB", "KRANZ", "KUCHEN", "LAMPE", "LEITER"),
    *("LINDE", "LOTTO", "LUFT", "MANTEL", "MARKT", "MEER", "MELONE", "MILCH", "MOND", "NADEL"),
    *("NEST", "OFEN", "ORANGE", "PAPIER", "PFERD", "PILZ", "PINSEL", "REGEN", "REIS", "RING"),
    *("ROSE", "SALAT", "SCHAF", "SEIFE", "SONNE", "TASSE", "TISCH", "VOGEL"),
)
DIGITS = 6
CODE = re.compile(r"([A-Z]{4,7})([0-9]{6})")


def new_code() -> str:
    """As it is stored: "APFEL472183"."""
    return f"{secrets.choice(WORDS)}{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def written(code: str) -> str:
    """As it is shown and read out: "APFEL 472 183"."""
    word, number = _parts(code)
    return f"{word} {number[:3]} {number[3:]}"


def in_address(code: str) -> str:
    """As it stands in a link: "apfel-472-183"."""
    return written(code).lower().replace(" ", "-")


def read(typed: str) -> str:
    """What somebody has typed, as it is stored. Empty for what cannot be a code.

    Small letters, spaces, dots, dashes, and digits of other scripts are all right.
    """
    plain = unicodedata.normalize("NFKC", typed[:80]).upper()
    signs = (_digit(sign) for sign in plain if sign.isalnum())
    found = CODE.fullmatch("".join(signs))
    return found[0] if found else ""


def _digit(sign: str) -> str:
    number = unicodedata.digit(sign, None)
    return sign if number is None else str(number)


def _parts(code: str) -> tuple[str, str]:
    return code[:-DIGITS], code[-DIGITS:]
