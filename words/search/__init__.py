"""What a person types and what a card of the catalogue says, as plain words: the same for both. Pure; stems are PostgreSQL's business."""

from words.search.letters import cleaned, plain
from words.search.questions import AskedWords, Span, asked
from words.search.said import ENGLISH, GERMAN, Said, heard, meaningful
from words.search.sounds import cologne

__all__ = [
    "ENGLISH",
    "GERMAN",
    "AskedWords",
    "Said",
    "Span",
    "asked",
    "cleaned",
    "cologne",
    "heard",
    "meaningful",
    "plain",
]
