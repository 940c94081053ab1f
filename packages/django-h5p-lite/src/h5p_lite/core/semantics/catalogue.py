"""Words of common libraries that their own language files leave out, by us, and the names that are the same anyway.

A library's own translation comes first: what is still as it is in its semantics.json is looked up here. Of 39 common types
(December 2026), 118 of 1,637 words were left out in German. Sentences are known by their hash.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from types import MappingProxyType

from h5p_lite.core.semantics.fields import Field, Fields

GERMAN: Mapping[str, str] = MappingProxyType({
    "Addition": "Plus-Rechnen",
    "Alternative": "Antwort",
    "Alternative text": "Text statt des Bildes",
    "Amount correct heading": "Überschrift: wie viel richtig ist",
    "Amount of correct tasks": "Zahl der richtigen Aufgaben",
    "Back button label": "Knopf: zurück",
    "Behavioural settings": "Verhalten",
    "Cancel button label": "Knopf: abbrechen",
    "Check": "Haken",
    "Clip": "Bild",
    "Clips": "Bilder",
    "Confirm button label": "Knopf: bestätigen",
    "Custom hotspot icon": "Eigenes Zeichen für diesen Punkt",
    "Default": "Wie bei allen",
    "Division": "Geteilt-Rechnen",
    "Element": "Teil",
    "Exclamation": "Ausrufezeichen",
    "Fallback label for hotspots without a header": "Name für Punkte ohne Überschrift",
    "Global hotspot Icon": "Zeichen für alle Punkte",
    "Header": "Überschrift",
    "Header for result screen": "Überschrift des Ergebnisses",
    "Header for results table describing the cards": "Spalte im Ergebnis: Karten",
    "Header for results table describing the score": "Spalte im Ergebnis: Punkte",
    "Header of keywords menu": "Überschrift des Verzeichnisses",
    "Hotspot": "Punkt im Bild",
    "Hotspot color": "Farbe der Punkte",
    "Hotspots": "Punkte im Bild",
    "Info": "Information",
    "Instruction for navigating question set with screenreader": "Hinweis zum Vorwärtsgehen für Vorlese-Programme",
    "Label": "Name",
    "Label for assistive technologies denoting that hotspot contains Audio/Video": "Für Vorlese-Programme: im Punkt ist Ton oder Film",
    'Label for the "Show results" button': "Knopf: Ergebnis zeigen",
    "Layout": "Anordnung",
    "Minus": "Minus-Zeichen",
    "Next": "Weiter",
    "Next button label": "Knopf: weiter",
    "Option": "Auswahl",
    "Optional button label": "Knopf: was hier steht",
    "Plus": "Plus-Zeichen",
    "Predefined icon": "Fertiges Zeichen",
    "Previous": "Zurück",
    "Question": "Fragezeichen",
    "Question heading": "Überschrift der Frage",
    "Results heading": "Überschrift des Ergebnisses",
    "Score heading": "Überschrift der Punkte",
    "Screen reader friendly version of x/y": "x/y für Vorlese-Programme",
    "Single Choice (Radio Buttons)": "Eine Antwort wählen",
    "Times": "Kreuz",
    "Transparent": "Durchsichtig",
    "URL": "Adresse im Netz",
    "Uploaded image": "Hochgeladenes Bild",
    'Visual label for the "Next" button': "Knopf: weiter, wie man ihn liest",
    "interaction": "Aufgabe",
    # sentences
    "756b2dd5473e": "Weniger deckend heißt: schlechter zu lesen, und für manche gar nicht.",
    "60fd974807d7": "Vorlese-Programme sagen diesen Namen.",
    "2ebf569264d8": "Alle Punkte bekommen ein fertiges Zeichen.",
    "d47e44d2291e": "Alle Punkte bekommen Ihr Bild. Gut sind 75 mal 75 Bildpunkte.",
    "d85f6e28ca88": "In dieser Farbe sind alle Punkte.",
    "c50efdc60f2e": "Dieser Punkt bekommt ein fertiges Zeichen.",
    "c15c41fb38f5": "Dieser Punkt bekommt Ihr Bild. Gut sind 75 mal 75 Bildpunkte.",
    "b2bec93da566": "In dieser Farbe ist dieser Punkt.",
    "9e7248512dc4": "Das lesen Vorlese-Programme vor, und alle, bei denen das Bild nicht kommt.",
    "5529bb5ce890": "So sieht man, wie weit man ist. Wer nicht zurück darf, sieht es als Text.",
    "42fe5ec5b0ee": "Das steht am Ende, wenn alle Fragen beantwortet sind.",
    "883bc5e22012": "Das steht am Ende über den Punkten.",
    "bc93e1946e35": "Das steht in der Tabelle über den Punkten.",
    "f036a15484ed": "Im neuen Aussehen von H5P bewirkt das nichts.",
})  # fmt: skip
#: Names, and words that are German as they stand.
SAME = frozenset({
    "Text", "Name", "Button", "H2", "H3", "H4", "http://", "https://", "Afrikaans", "Esperanto", "Farsi", "Tagalog", "Tamil", "Telugu",
})  # fmt: skip
BY_LANGUAGE: Mapping[str, Mapping[str, str]] = MappingProxyType({"de": GERMAN})


def said_by_us(fields: Fields, original: Fields, code: str) -> Fields:
    """`fields` are `original` in the library's own translation; what that has left as it was is said by us, where we can."""
    known = BY_LANGUAGE.get(code)
    if not known:
        return fields
    return tuple(_field(*pair, known) for pair in zip(fields, original, strict=True))


def _field(field: Field, was: Field, known: Mapping[str, str]) -> Field:
    return replace(
        field,
        label=_word(field.label, was.label, known),
        description=_word(field.description, was.description, known),
        entity=_word(field.entity, was.entity, known),
        options=tuple(
            option._replace(label=_word(option.label, before.label, known))
            for option, before in zip(field.options, was.options, strict=True)
        ),
        fields=tuple(_field(*pair, known) for pair in zip(field.fields, was.fields, strict=True)),
        field=_field(field.field, was.field, known) if field.field and was.field else field.field,
    )


def _word(text: str, was: str, known: Mapping[str, str]) -> str:
    if not text or text != was:
        return text
    return known.get(text) or known.get(sha256(text.encode()).hexdigest()[:12]) or text


def unsaid(fields: Fields, original: Fields) -> Iterator[str]:
    """What an author would still read as the library has it: words with letters that are in neither list."""
    for field, was in zip(fields, original, strict=True):
        pairs = [
            (field.label, was.label),
            (field.description, was.description),
            (field.entity, was.entity),
        ]
        pairs += [
            (one.label, before.label)
            for one, before in zip(field.options, was.options, strict=True)
        ]
        yield from (
            text
            for text, before in pairs
            if text == before and text not in SAME and any(letter.isalpha() for letter in text)
        )
        yield from unsaid(field.fields, was.fields)
        if field.field and was.field:
            yield from unsaid((field.field,), (was.field,))
