"""How hard a text is to read, as one number: the LIX of Björnsson (1968), for all languages with spaces."""

import re

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
SENTENCE = re.compile(r"[.!?:…]+(?:\s|$)|\n+")
LONG = 6  # letters; a longer word is a long one
FEWEST = 50  # words; of fewer the number says nothing


def lix(text: str) -> int | None:
    """Words in a sentence, and long words in a hundred. Lines end a sentence. None: the text is too short."""
    words = WORD.findall(text)
    if len(words) < FEWEST:
        return None
    sentences = [one for one in SENTENCE.split(text) if WORD.search(one)]
    long_ones = sum(len(word.replace("-", "")) > LONG for word in words)
    return round(len(words) / len(sentences) + 100 * long_ones / len(words))
