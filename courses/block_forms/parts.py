"""The parts of a course's plan as blocks, so that their forms are made as those of a lesson's blocks are."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from courses.blocks import SMALL_TEXT
from courses.models import Competence, CoursePage
from courses.models.parts import PARTS


def competences() -> list[tuple[str, str]]:
    """By their words; the number stands behind them."""
    found = ((each.pk, f"{each.name} ({each.pk})") for each in Competence.objects.all())
    return sorted(found, key=lambda pair: pair[0])


def _said(name: str) -> dict[str, Any]:
    """What the field is called on the course's page, and what is said about it."""
    field = CoursePage._meta.get_field(name)
    return {"label": field.verbose_name, "help_text": field.help_text, "required": not field.blank}


def _number(name: str) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(
        **_said(name) | {"required": not CoursePage._meta.get_field(name).null}
    )


def _choice(name: str) -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(choices=CoursePage._meta.get_field(name).choices, **_said(name))


def _tick(name: str) -> blocks.BooleanBlock:
    return blocks.BooleanBlock(**_said(name) | {"required": False})


PART_BLOCKS: dict[str, blocks.Block] = {
    "titel": blocks.CharBlock(label=_("Titel")),
    "satz": blocks.TextBlock(**_said("summary"), max_length=160),
    "einleitung": blocks.TextBlock(**_said("lead")),
    "ziele": blocks.ListBlock(blocks.CharBlock(label=_("Ziel")), label=_("Das lernen Sie")),
    "fuer-wen": blocks.RichTextBlock(label=_("Für wen ist der Kurs?"), features=SMALL_TEXT),
    "kompetenz": blocks.StructBlock(
        [
            (
                "main_competence",
                blocks.ChoiceBlock(choices=competences, **_said("main_competence")),
            ),
            (
                "competences",
                blocks.MultipleChoiceBlock(choices=competences, label=_("Weitere Kompetenzen")),
            ),
            ("level", _choice("level")),
            ("needs_phone", _tick("needs_phone")),
        ]
    ),
    "bild": blocks.StructBlock(
        [
            ("card_image", ImageChooserBlock(**_said("card_image"))),
            ("card_image_alt", blocks.CharBlock(**_said("card_image_alt"))),
        ]
    ),
    "lizenz": _choice("licence"),
    "nachweis": blocks.StructBlock(
        [
            ("attestation", _choice("attestation")),
            *((name, _number(name)) for name in PARTS["nachweis"][1:-1]),
            ("trusts_browsers", _tick("trusts_browsers")),
        ]
    ),
}
