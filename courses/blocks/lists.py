"""Blocks that are made of rows, lead on, or are ticked off: what shows and orders, and asks nothing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.passages import SMALL_TEXT
from courses.blocks.pictures import WordedImageBlock

MOST_STAGES = 20
MOST_PICTURES = 12
IS_ADDRESS = URLValidator(schemes=["http", "https"])


class WalkthroughStageBlock(blocks.StructBlock):
    html = blocks.RichTextBlock(label=_("Was tut man?"), features=SMALL_TEXT)
    image = WordedImageBlock(label=_("Bild dazu"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Schritt")


class WalkthroughBlock(blocks.StructBlock):
    """What is done one after the other, by numbers, each with a picture where that helps."""

    title = blocks.CharBlock(label=_("Was wird gemacht?"))
    stages = blocks.ListBlock(
        WalkthroughStageBlock(), label=_("Schritte"), min_num=2, max_num=MOST_STAGES
    )

    class Meta:
        icon = "list-ol"
        label = _("Anleitung Schritt für Schritt")


class AccordionPartBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Überschrift"))
    html = blocks.RichTextBlock(label=_("Text"), features=SMALL_TEXT)

    class Meta:
        icon = "collapse-down"
        label = _("Teil")


class AccordionBlock(blocks.StructBlock):
    """Parts that are opened one by one; on paper all of them are open."""

    folds = blocks.ListBlock(AccordionPartBlock(), label=_("Teile"), min_num=2, max_num=MOST_STAGES)

    class Meta:
        icon = "collapse-down"
        label = _("Aufklapp-Texte")


class LinkCardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Wohin führt der Link?"))
    address = blocks.CharBlock(
        label=_("Adresse"), help_text=_("Zum Beispiel: https://www.stadt.example")
    )
    text = blocks.TextBlock(
        label=_("Was findet man dort?"), required=False, rows=2, help_text=_("Ein Satz genügt.")
    )

    class Meta:
        icon = "link-external"
        label = _("Link zu einer anderen Website")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        try:
            IS_ADDRESS(value["address"].strip())
        except ValidationError:
            says = _("So ist es keine Adresse. Sie beginnt mit https:// oder http://.")
            wrong = ValidationError(says)
            raise blocks.StructBlockValidationError({"address": wrong}) from None
        return value


class GalleryPictureBlock(blocks.StructBlock):
    image = WordedImageBlock(label=_("Bild"))
    caption = blocks.CharBlock(label=_("Bildunterschrift"), required=False)

    class Meta:
        icon = "image"
        label = _("Bild")


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Was zeigen die Bilder?"))
    pictures = blocks.ListBlock(
        GalleryPictureBlock(), label=_("Bilder"), min_num=2, max_num=MOST_PICTURES
    )

    class Meta:
        icon = "image"
        label = _("Bilder nebeneinander")


class TriedBlock(blocks.StructBlock):
    """A tick of the learner's own. It is no item of the step: nobody has to say so to get on, so nobody is led to say so."""

    statement = blocks.CharBlock(
        label=_("Was kann man abhaken?"),
        help_text=_(
            "Ein Satz mit „Ich“: Ich habe das auf meinem Handy ausprobiert. Der Haken ist freiwillig und zählt nicht mit."
        ),
    )

    class Meta:
        icon = "tick"
        label = _("Zum Abhaken")
