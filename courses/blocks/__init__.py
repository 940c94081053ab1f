"""What an author can put into a lesson. How a block looks is `templates/courses/blocks/<type>.html`, printed by the press.

A draft may be half finished: what a reader needs is asked for at handing in and at publishing (`queries.lacking`), and
every `clean` here waits for it (`is_deferred_validation`), as Wagtail's own blocks do.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from courses import tables
from courses.blocks.films import Audio, VideoBlock
from courses.blocks.lists import (
    AccordionBlock,
    GalleryBlock,
    LinkCardBlock,
    TriedBlock,
    WalkthroughBlock,
)
from courses.blocks.passages import FROM_RIGHT, PASSAGES, SMALL_TEXT, TEXT_FEATURES, WORDS
from courses.blocks.pictures import WordedImageBlock
from courses.blocks.questions import (
    GapText,
    Matching,
    MultipleChoice,
    Ordering,
    SingleChoice,
    TrueFalse,
)
from h5p.blocks import ActivityBlock

__all__ = ["FROM_RIGHT", "PASSAGES", "SMALL_TEXT", "TEXT_FEATURES"]

#: Block types that ask something; each is one item of the course. An activity may be one: `press.activities.counts`.
QUESTIONS = ("single_choice", "multiple_choice", "true_false", "gap_text", "ordering", "matching")


class PictureBlock(blocks.StructBlock):
    image = WordedImageBlock(label=_("Bild"))
    caption = blocks.CharBlock(label=_("Bildunterschrift"), required=False)

    class Meta:
        icon = "image"
        label = _("Bild")


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
    html = blocks.RichTextBlock(label=_("Erklärung"), features=WORDS)

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
    walkthrough = WalkthroughBlock()
    accordion = AccordionBlock()
    gallery = GalleryBlock()
    link_card = LinkCardBlock()
    tried = TriedBlock()
    single_choice = SingleChoice(group=_("Fragen"))
    multiple_choice = MultipleChoice(group=_("Fragen"))
    true_false = TrueFalse(group=_("Fragen"))
    gap_text = GapText(group=_("Fragen"))
    ordering = Ordering(group=_("Fragen"))
    matching = Matching(group=_("Fragen"))
    h5p = LessonActivityBlock(group=_("Fragen"))
