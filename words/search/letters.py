"""Letters: the many ways to write one are made one.

ä, ö and ü stay, because PostgreSQL's German stemmer (18) takes Passwörter, Passwoerter and Passworter to one stem by itself.
"""

import re
import unicodedata

#: Never part of a word: soft hyphen, zero-width signs and marks of direction, the dot of the Turkish i, the middle point of plain German, apostrophes,
#: Arabic vowel signs and the line that stretches Arabic letters.
GONE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00b7\u2027\u2022\u064b-\u065f\u0670\u0640'`\u2019\u02bc\u00b4\u2018\u201a\u0307]"
)


def _one_each(many: str, one: str) -> dict[str, str]:
    return dict(zip(many.split(), one.split(), strict=True))


#: Turkish, Romanian, French and Polish letters; Ukrainian and Russian in one spelling; Arabic and Persian as well.
FOLD = str.maketrans(
    _one_each("ß ı ş ș ţ ț ç ğ ă â î û é è ê á à ñ ł", "ss i s s t t c g a a i u e e e a a n l")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | _one_each("ё й і ї є ґ ъ", "е и и и е г ь")
    | _one_each("أ إ آ ٱ ة ى ی ې ئ ؤ ک ۀ", "ا ا ا ا ه ي ي ي ي و ك ه")
)
#: Into a to z, for neighbours alone: under the locale C.UTF-8 PostgreSQL's trigrams see no other letters.
PLAIN = str.maketrans(
    _one_each("ä ö ü", "a o u")
    | _one_each(
        "а б в г д е ж з и к л м н о п р с т у ф х ц ч ш щ ы э ю я",
        "a b v g d e j z i k l m n o p r s t u f h c ch sh sh i e iu ia",
    )
    | {"ь": ""}
    | _one_each(
        "ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي پ چ ژ گ ء",
        "a b t s j h h d z r z s sh s d t z a g f k k l m n h u i p ch j g a",
    )
)


def cleaned(text: str) -> str:
    """Small letters in one spelling, without what nobody sees or says. Cleaning twice changes nothing."""
    while (now := _once(text)) != text:
        text = now
    return text


def _once(text: str) -> str:
    """Folding may bring letters and marks together that are one letter then."""
    small = unicodedata.normalize("NFKC", text).replace("İ", "i").casefold()
    return GONE.sub("", unicodedata.normalize("NFC", small)).translate(FOLD)


def plain(word: str) -> str:
    """Letter by letter into a to z, whatever the script: to be compared, never read."""
    return word.translate(PLAIN)
