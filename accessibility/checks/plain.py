"""Plain German (DIN SPEC 33429): passive, genitive, abbreviations, per cent, subjunctive, and what only offices say.

Patterns, no grammar: what they cannot tell apart (feminine genitive and dative, "werden" as future) they leave alone.
"""

import re
from collections.abc import Iterator, Sequence

from accessibility.checks.parts import Finding, LessonPart, excerpt, html_of, paragraphs

CLAUSE = re.compile(r"(?<=[.!?:;])\s+(?=[A-ZÄÖÜ„])|,\s+")
WERDEN = re.compile(r"\b(?:werde[nt]?|wirst|wird|wurde[nst]?|worden)\b", re.IGNORECASE)
#: Participles; of verbs that begin with be-, ver-, er- only those that end like no infinitive.
PARTICIPLE = re.compile(
    r"\b(?:(?:\w{2,5})?ge\w{2,}(?:t|en)|(?:\w{2,5})?(?:be|ver|er|zer|ent|emp|miss|über|unter)\w{2,}t|\w{2,}iert)\b"
)
_NO_PARTICIPLE = (
    "gegen gehen gehören gewinnen genießen gelten gelingen gefallen gestalten gestatten gebären gebieten "
    "gedenken gedeihen gelangen genesen geschehen gestehen gewähren gewöhnen geben gerecht geschickt gesamt "
    "geeignet gesamten geraten bekannt berühmt bereit beliebt verwandt verrückt gut gesamter bereits erst "
    "überhaupt bewusst beliebten verliebt umgehen weitergehen mitgehen ausgehen weggehen abgeben ausgeben "
    "aufgeben weitergeben angeben eingehen hingehen zugeben umgehend vergeben gemeinsamen gesunden gelben "
    "geheimen genauen gerne geduldigen"
)
NO_PARTICIPLE = frozenset(_NO_PARTICIPLE.split(" "))
GENITIVE = re.compile(
    r"\bdes\s+(?!Öfteren|Weiteren|Nachts|Abends)(?:[a-zäöüß]+en\s+)?[A-ZÄÖÜ][\w-]+"
    r"|\b(?:[Ee]ines|[Kk]eines|[Mm]eines|[Ss]eines|[Ii]hres|[Uu]nseres)\s+(?:[a-zäöüß]+en\s+)?[A-ZÄÖÜ][\w-]*s\b"
)
#: Said in full; `None`: it depends on what is meant.
ABBREVIATIONS: dict[str, str | None] = {
    "z. B.": "zum Beispiel",
    "d. h.": "das heißt",
    "u. a.": "unter anderem",
    "u. ä.": "und Ähnliches",
    "o. ä.": "oder Ähnliches",
    "i. d. R.": "meistens",
    "s. o.": None,
    "s. u.": None,
    "usw.": "und so weiter",
    "etc.": "und so weiter",
    "bzw.": "oder",
    "ggf.": "vielleicht",
    "evtl.": "vielleicht",
    "ca.": "etwa",
    "inkl.": "mit",
    "zzgl.": "dazu kommen",
    "max.": "höchstens",
    "mind.": "mindestens",
    "vgl.": None,
    "lt.": "laut",
    "gem.": None,
    "sog.": None,
    "Tel.": "Telefon",
    "Nr.": "Nummer",
    "Std.": "Stunden",
    "Min.": "Minuten",
    "Mio.": "Millionen",
    "Str.": None,
}
_SPELT = (re.escape(short).replace(r"\ ", r"\s?") for short in ABBREVIATIONS)
ABBREVIATION = re.compile(rf"(?<!\w)(?:{'|'.join(_SPELT)})", re.IGNORECASE)
PER_CENT = re.compile(r"\d+(?:,\d+)?\s?%|\b(?:Prozent|v\. ?H\.)\b")
SUBJUNCTIVE = re.compile(
    r"\b(?:wär|hätt|könnt|würd|müsst|dürft|käm|ging|gäb|bräucht|fänd|ließ|wüsst)e(?:[nst]|st)?\b(?<!ging)(?<!ginge[nst])(?<!ließen)",
    re.IGNORECASE,
)
NOUNS = re.compile(
    r"\b(?:(?:Durchführung|Inanspruchnahme|Inbetriebnahme|Beantragung|Zuhilfenahme|Berücksichtigung)\b"
    r"|[A-ZÄÖÜ]\w+ung\b[^.!?]{0,60}\b(?:erfolg(?:t|en|te)|vorgenommen|durchgeführt|stattgegeben))"
)
DENIES = re.compile(
    r"(?<!und )(?<!oder )(?<!noch )\b(?:nicht|nichts|kein\w*|nie|niemals|niemand\w*|un(?:möglich|wahrscheinlich|üblich|erlaubt))\b",
    re.IGNORECASE,
)
#: What offices write, and an easier word that stands in the same place.
EASIER = {
    "unverzüglich": "sofort",
    "umgehend": "sofort",
    "schnellstmöglich": "so schnell wie möglich",
    "andernfalls": "sonst",
    "gegebenenfalls": "vielleicht",
    "eventuell": "vielleicht",
    "lediglich": "nur",
    "bereits": "schon",
    "jedoch": "aber",
    "sofern": "wenn",
    "derzeit": "jetzt",
    "gegenwärtig": "jetzt",
    "mittels": "mit",
    "hinsichtlich": "",
    "bezüglich": "",
    "diesbezüglich": "",
    "gemäß": "",
    "zwecks": "",
    "hiermit": "",
    "erforderlich": "nötig",
    "obliegt": "",
    "seitens": "von",
    "ferner": "auch",
    "infolgedessen": "deshalb",
    "nichtsdestotrotz": "trotzdem",
    "ausschließlich": "nur",
}
FORMAL = re.compile(rf"\b(?:{'|'.join(EASIER)})\b", re.IGNORECASE)


def look(parts: Sequence[LessonPart], lang: str) -> Iterator[Finding]:
    if lang != "de-simple":
        return
    for part in parts:
        for text in paragraphs(html_of(part), own_words_only=True):
            for clause in CLAUSE.split(text):
                yield from _clause(part.id, clause)
            yield from _words(part.id, text)


def _clause(part: str, clause: str) -> Iterator[Finding]:
    if passive := _passive(clause):
        yield Finding("plain-passive", part, excerpt(passive))
    if nouns := NOUNS.search(clause):
        yield Finding("plain-nouns", part, excerpt(nouns.group()))
    if len(DENIES.findall(clause)) > 1:
        yield Finding("plain-denied-twice", part, excerpt(clause))


def _passive(clause: str) -> str:
    form = WERDEN.search(clause)
    if not form:
        return ""
    for participle in PARTICIPLE.finditer(clause):
        if participle.group() not in NO_PARTICIPLE:
            return (
                f"{form.group()} … {participle.group()}"
                if form.start() < participle.start()
                else f"{participle.group()} {form.group()}"
            )
    return ""


def _words(part: str, text: str) -> Iterator[Finding]:
    for rule, pattern in (
        ("plain-genitive", GENITIVE),
        ("abbreviation", ABBREVIATION),
        ("plain-per-cent", PER_CENT),
        ("plain-subjunctive", SUBJUNCTIVE),
        ("plain-formal", FORMAL),
    ):
        for said in pattern.finditer(text):
            yield Finding(rule, part, excerpt(said.group()))
