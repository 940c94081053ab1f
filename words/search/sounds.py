"""How a word sounds to German ears: Kölner Phonetik (Postel 1969). Two things are ours: sh sounds like sch and s, ph like f."""

import re

#: A letter, perhaps with its neighbours, and its code. The first that fits counts.
RULES = (
    ("[aeiou]", "0"),
    ("h", ""),
    ("[bp]", "1"),
    ("[dt](?=[csz])", "8"),
    ("[dt]", "2"),
    ("[fvw]", "3"),
    ("[gkq]", "4"),
    ("^c(?=[ahkloqrux])|(?<=[^sz])c(?=[ahkoqux])", "4"),
    ("(?<=[ckq])x", "8"),
    ("x", "48"),
    ("l", "5"),
    ("[mn]", "6"),
    ("r", "7"),
    ("[csz]", "8"),
)
LETTER = re.compile("|".join(f"(?P<r{n}>{letter})" for n, (letter, _code) in enumerate(RULES)))
CODES = {f"r{n}": code for n, (_letter, code) in enumerate(RULES)}
ALIKE = str.maketrans("äöüyj", "aouii")
TWICE = re.compile(r"(.)\1+")


def cologne(word: str) -> str:
    """Equal codes sound alike. Empty for what is not written in Latin letters."""
    heard = word.replace("ph", "f").replace("sch", "s").replace("sh", "s").translate(ALIKE)
    if not re.fullmatch("[a-z]+", heard):
        return ""
    code = TWICE.sub(r"\1", LETTER.sub(lambda letter: CODES[str(letter.lastgroup)], heard))
    return code[:1] + code[1:].replace("0", "")
