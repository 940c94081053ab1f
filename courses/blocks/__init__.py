"""What an author can put into a lesson. How a block looks is `templates/courses/blocks/<type>.html`, printed by the press.

A draft may be half finished: what a reader needs is asked for at handing in and at publishing (`queries.lacking`), and
every `clean` here waits for it (`is_deferred_validation`), as Wagtail's own blocks do.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

import files
from courses import tables
from courses.blocks.questions import (
    GapText,
    Matching,
    MultipleChoice,
    Ordering,
    SingleChoice,
    TrueFalse,
)
from files import captions, films
from files.taking import CAPTIONS
from h5p.blocks import ActivityBlock
from providers.advice import in_words

#: Languages a passage can be marked with, so that it is read out rightly (WCAG 3.1.2): code -> own name.
PASSAGES = {
    "de": "Deutsch",
    "en": "English",
    "tr": "Türkçe",
    "ar": "العربية",
    "uk": "Українська",
    "ru": "Русский",
    "fr": "Français",
}
FROM_RIGHT = ("ar",)
_MARKS = [f"lang-{code}" for code in PASSAGES]
_WORDS = ["bold", "italic", "superscript", "subscript", "link", *_MARKS]
TEXT_FEATURES = ["h2", "h3", "h4", "ol", "ul", *_WORDS]
SMALL_TEXT = ["ol", "ul", *_WORDS]

#: Block types that ask something; each is one item of the course. An activity may be one: `press.activities.counts`.
QUESTIONS = ("single_choice", "multiple_choice", "true_false", "gap_text", "ordering", "matching")


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Bild"))
    caption = blocks.CharBlock(label=_("Bildunterschrift"), required=False)

    class Meta:
        icon = "image"
        label = _("Bild")


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"))
    file = DocumentChooserBlock(label=_("Video"), help_text=_("MP4 oder WebM"))
    captions = DocumentChooserBlock(
        label=_("Untertitel"), help_text=_("Eine Datei im Format WebVTT (.vtt) oder SRT (.srt)")
    )
    poster = ImageChooserBlock(label=_("Standbild"), required=False)
    transcript = blocks.RichTextBlock(
        label=_("Abschrift"),
        features=SMALL_TEXT,
        help_text=_("Alles, was gesagt wird und was zu sehen ist."),
    )

    class Meta:
        icon = "media"
        label = _("Video")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        wrong = {"file": film_problem(value["file"]), "captions": captions_problem(value)}
        if errors := {name: ValidationError(says) for name, says in wrong.items() if says}:
            raise blocks.StructBlockValidationError(errors)
        return value


class Audio(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"))
    file = DocumentChooserBlock(label=_("Ton"), help_text=_("MP3 oder M4A"))
    transcript = blocks.RichTextBlock(
        label=_("Abschrift"), features=SMALL_TEXT, help_text=_("Alles, was zu hören ist.")
    )

    class Meta:
        icon = "volume-up"
        label = _("Ton")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        if says := film_problem(value["file"], files.SOUNDS):
            raise blocks.StructBlockValidationError({"file": ValidationError(says)})
        return value


class DownloadBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"))
    file = DocumentChooserBlock(label=_("Datei"))

    class Meta:
        icon = "download"
        label = _("Datei zum Herunterladen")


class Callout(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Art"),
        choices=[("tip", _("Tipp")), ("warning", _("Achtung")), ("remember", _("Merken"))],
        default="tip",
    )
    title = blocks.CharBlock(label=_("Überschrift"))
    html = blocks.RichTextBlock(label=_("Text"), features=SMALL_TEXT)

    class Meta:
        icon = "info-circle"
        label = _("Hinweis")


class LessonTableBlock(blocks.StructBlock):
    """Without a mouse and without a script; every table has header cells."""

    caption = blocks.CharBlock(label=_("Was zeigt die Tabelle?"))
    rows = blocks.TextBlock(
        label=_("Zeilen"),
        rows=6,
        help_text=_(
            "Jede Zeile der Tabelle ist eine Zeile. Trennen Sie die Spalten mit einem senkrechten Strich: "
            "Tag | Uhrzeit. Sie können auch aus Excel, Word oder Writer einfügen."
        ),
    )
    headings = blocks.ChoiceBlock(
        label=_("Wo stehen die Überschriften?"),
        choices=[
            (tables.ROW, _("In der ersten Zeile")),
            (tables.COLUMN, _("In der ersten Spalte")),
            (tables.BOTH, _("In der ersten Zeile und in der ersten Spalte")),
        ],
        default=tables.ROW,
    )

    class Meta:
        icon = "table"
        label = _("Tabelle")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        if not tables.is_even(tables.cells(value["rows"])):
            message = _(
                "Eine Tabelle braucht mindestens zwei Zeilen und zwei bis acht Spalten, und in jeder Zeile gleich viele."
            )
            raise blocks.StructBlockValidationError({"rows": ValidationError(message)})
        return value


class TermBlock(blocks.StructBlock):
    term = blocks.CharBlock(label=_("Wort"))
    html = blocks.RichTextBlock(label=_("Erklärung"), features=_WORDS)

    class Meta:
        icon = "help"
        label = _("Wort-Erklärung")


class AlternativeQuestion(blocks.StreamBlock):
    """Asked in place of an activity that somebody cannot use."""

    single_choice = SingleChoice()
    multiple_choice = MultipleChoice()
    true_false = TrueFalse()
    gap_text = GapText()

    class Meta:
        icon = "help"
        label = _("Frage an ihrer Stelle")
        required = False
        max_num = 1


class LessonActivityBlock(blocks.StructBlock):
    """An H5P activity. Anyone who cannot use it finds the same at the same place in another form."""

    content = ActivityBlock(label=_("Aktivität"))
    lead = blocks.TextBlock(
        label=_("Worum geht es?"), required=False, rows=2, help_text=_("Ein Satz genügt.")
    )
    pass_mark = blocks.IntegerBlock(
        label=_("So viel Prozent der Punkte braucht man"),
        default=100,
        min_value=1,
        max_value=100,
        help_text=_("Gilt, wenn wir die Antworten selbst prüfen können."),
    )
    alternative = blocks.RichTextBlock(
        label=_("Dasselbe in anderer Form"),
        required=False,
        features=SMALL_TEXT,
        help_text=_("Für alle, die diese Aktivität nicht bedienen können."),
    )
    question = AlternativeQuestion(required=False)

    class Meta:
        icon = "form"
        label = _("Aktivität (H5P)")


class LessonBody(blocks.StreamBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)
    image = PictureBlock()
    video = VideoBlock()
    audio = Audio()
    download = DownloadBlock()
    callout = Callout()
    table = LessonTableBlock()
    term = TermBlock()
    single_choice = SingleChoice(group=_("Fragen"))
    multiple_choice = MultipleChoice(group=_("Fragen"))
    true_false = TrueFalse(group=_("Fragen"))
    gap_text = GapText(group=_("Fragen"))
    ordering = Ordering(group=_("Fragen"))
    matching = Matching(group=_("Fragen"))
    h5p = LessonActivityBlock(group=_("Fragen"))


def film_of(document: Any) -> films.Film | None:
    """What the head of a film or a sound says; None for what cannot be read."""
    try:
        with document.open_file() as file:
            return films.look(file)
    except (files.BadFile, OSError):
        return None


def film_problem(document: Any, wanted: tuple[str, ...] = files.FILMS) -> str:
    """Why a film or a sound cannot be played here, in words; empty when it can."""
    if not document:
        return ""
    if files.ending_of(document.filename) not in wanted:
        if wanted == files.FILMS:
            return gettext("Bitte wählen Sie ein Video im Format MP4 oder WebM.")
        return gettext("Bitte wählen Sie eine Aufnahme im Format MP3 oder M4A.")
    try:
        with document.open_file() as file:
            code = films.unplayable(films.look(file))
    except files.BadFile as bad:
        return in_words(bad)
    return in_words(files.BadFile(code)) if code else ""


def spoken_in(document: Any) -> tuple[str, ...]:
    """The words of captions, cue by cue; none where they cannot be read: `captions_problem` says that."""
    if not document or files.ending_of(document.filename) not in CAPTIONS:
        return ()
    try:
        with document.open_file() as file:
            cues = captions.read(file.read(captions.LARGEST + 1))
    except (OSError, files.BadFile):
        return ()
    return tuple(cue.text for cue in cues.cues)


def captions_problem(value: Any) -> str:
    """Why captions do not go with their film, in words; empty when they do."""
    document = value["captions"]
    if not document:
        return ""
    if files.ending_of(document.filename) not in CAPTIONS:
        return gettext("Bitte wählen Sie Untertitel im Format WebVTT oder SRT.")
    try:
        with document.open_file() as file:
            cues = captions.read(file.read(captions.LARGEST + 1))
    except files.BadFile as bad:
        return in_words(bad)
    film = film_of(value["file"]) if value["file"] else None
    last = cues.cues[-1].start / 1000
    if not film or not film.seconds or last < film.seconds:
        return ""
    return gettext(
        "Der letzte Untertitel beginnt nach %(last)s Sekunden. Das Video ist nur %(film)s Sekunden lang. Gehören die beiden zusammen?"
    ) % {"last": round(last), "film": round(film.seconds)}
