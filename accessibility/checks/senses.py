"""Instructions that need eyes or ears: a colour, a shape, a place, a sound as the only sign (WCAG 1.3.3, 1.4.1).

A second sign makes it good: words in quotation marks, "mit Stern", or a thing with a name ("auf das Zahnrad").
"""

import re
from collections.abc import Iterator, Sequence

from accessibility.checks.parts import Finding, LessonPart, excerpt, html_of, paragraphs

SENTENCE = re.compile(r"(?<=[.!?…])\s+")
#: What stands on a screen and has no name of its own.
THING = (
    r"(?:felde?r?n?|knöpfe?n?|knopf|button|buttons|tasten?|schaltflächen?|kästchen|kasten|kästen|wörter[n]?|wort|texte?s?|"
    r"stellen?|bereiche?|linien?|markierung(?:en)?|punkte?n?|symbole?n?|zeichen|pfeile?n?|kreise?n?|haken|häkchen|schrift|"
    r"balken|icons?|sätze?n?|satz|zeilen?|spalten?|zahl(?:en)?|rahmen|menü|menüs|leiste|links?|reiter|"
    r"fields?|keys?|boxe?s?|words?|areas?|lines?|dots?|arrows?|circles?|squares?|icons?|menus?|columns?|text|links?)"
)
COLOUR = (
    r"(?:hell|dunkel)?(?:rote?[nmrs]?|grüne?[nmrs]?|blaue?[nmrs]?|gelbe?[nmrs]?|orange(?:ne?|farbene)?[nmrs]?|lila|"
    r"violette?[nmrs]?|rosa(?:farbene?[nmrs]?)?|graue?[nmrs]?|schwarze?[nmrs]?|weiße?[nmrs]?|braune?[nmrs]?|türkise?[nmrs]?|"
    r"bunte?[nmrs]?|farbige?[nmrs]?|red|green|blue|yellow|purple|pink|gr[ea]y|black|white|brown)"
)
ANY_OF = r"(?:die|den|der|dem|das|alle[nm]?|auf|im|in|jede[nmrs]?|welche[nmrs]?|the|any|every|all)"
ONLY_COLOUR = re.compile(
    rf"\b{ANY_OF}\s+(?:\w+\s+)?{COLOUR}\s+(?:\w+e[nmr]?\s+)?{THING}\b"
    rf"|\b{COLOUR}\s+(?:markier|gekennzeichne|hinterleg|unterleg|hervorgehoben|geschrieben|eingefärb|umrande|"
    rf"unterstrichen|gedruckt|dargestell|highlighted|marked)\w*"
    rf"|\b{THING}\s+in\s+(?:rot|grün|blau|gelb|orange|grau|lila|red|green|blue|yellow)\b",
    re.IGNORECASE,
)
SHAPE = r"(?:rund|eckig|dreieckig|viereckig|quadratisch|oval|groß|klein|round|square|triangular|large|small|big)(?:e[nmrs]?)?"
DO = r"(?:klick|tipp|drück|wähl|berühr|press|click|tap|choose|select|look|find)\w*"
ONLY_SHAPE = re.compile(
    rf"\b{DO}\b[^.!?]*?\b{SHAPE}\s+{THING}\b|\b(?:within|in|im)\s+(?:the\s+)?(?:triangle|circle|square|dreieck|kreis)\s+menu\b"
    rf"|\b(?:underneath|below|under|unter dem|neben dem)\s+(?:the\s+)?(?:star|circle|square|triangle|stern|kreis|dreieck|quadrat)\b"
    rf"|\b{DO}\b[^.!?]*?\b(?:kreis|dreieck|quadrat|viereck)\b",
    re.IGNORECASE,
)
SHOWN = r"(?:bild|foto|abbildung|grafik|tabelle|skizze|zeichnung|video|film|übung|aufgabe|picture|image|figure|table)"
WHERE = r"(?:(?:ganz|weiter|hier)\s+)?(?:rechts|links|oben|unten|nebenan|daneben)"
ONLY_PLACE = re.compile(
    rf"\b(?:{THING}|{SHOWN})\s+{WHERE}\b(?!\s*(?:von|neben|im text))"
    rf"|\b{WHERE}\s+stehende[nmrs]?\b"
    rf"|\b(?:rechte[nmrs]?|linke[nmrs]?|obere[nmrs]?|untere[nmrs]?|oberste[nmrs]?|unterste[nmrs]?)\s+(?:{THING}|{SHOWN})\b"
    rf"|\b{DO}\s+sie\s+{WHERE}(?:\s+{WHERE})?\s*[.!]"
    rf"|\b(?:siehe|wie)\s+(?:oben|unten|links|rechts)\b"
    rf"|\b(?:{THING}|{SHOWN})\s+(?:on|to)\s+the\s+(?:right|left)\b",
    re.IGNORECASE,
)
ONLY_SOUND = re.compile(
    r"\b(?:wenn|sobald|nach|bei|beim|nachdem|when|after)\s+(?:de[rmn]|einem?|es|the|a)?\s*(?:\w+\s+)?"
    r"(?:piep\w*|signalton|gong|pfeifton|summton|klingelton|hupton|beep)\b",
    re.IGNORECASE,
)
#: A second sign. What is quoted can be found by its words.
NAMED = re.compile(
    r"[„“\"»«‚]\s*\w|\b(?:mit (?:dem|der|einem|einer)?\s*(?:wort|aufschrift|stern|sternchen|text|namen|pfeil|buchstaben|zahl|"
    r"häkchen|haken|symbol|zeichen|ausrufezeichen|fragezeichen|kreuz)\w*|namens|labell?ed|called|named|with the word|"
    r"und fett|fett und|steht (?:darauf|drauf|groß)|darauf steht|heißt|beschriftet|oder vibriert)\b|\b[SU]\d{1,2}\b",
    re.IGNORECASE,
)


def look(parts: Sequence[LessonPart], _lang: str) -> Iterator[Finding]:
    for part in parts:
        for text in paragraphs(html_of(part)):
            for sentence in SENTENCE.split(text):
                yield from _one(part.id, sentence)


def _one(part: str, sentence: str) -> Iterator[Finding]:
    if NAMED.search(sentence):
        return
    if colour := ONLY_COLOUR.search(sentence):
        yield Finding("colour-only", part, excerpt(colour.group()))
    for only in (ONLY_SHAPE, ONLY_PLACE, ONLY_SOUND):
        if said := only.search(sentence):
            yield Finding("senses-only", part, excerpt(said.group()))
            return
