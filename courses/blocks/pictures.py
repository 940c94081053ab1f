"""A picture in a block: what it shows may be written before it is chosen, and is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

Words = Mapping[str, Any]  # what is stored: "image" (a number or None), "alt_text", "decorative"


@dataclass(frozen=True)
class UnchosenImage:
    """No picture yet, and what is said of it. It is false, as None is."""

    contextual_alt_text: str | None
    decorative: bool | None
    pk = None

    def __bool__(self) -> bool:
        return False


class WordedImageBlock(ImageBlock):
    """Wagtail's block of a picture forgets its words while none is chosen: what is stored then differs from what was sent.

    The value is the picture with its words, or an `UnchosenImage`, or None (nothing stored).
    """

    def _struct_value_to_image(self, struct_value: Words) -> Any:
        if struct_value.get("image"):
            return super()._struct_value_to_image(struct_value)
        return UnchosenImage(struct_value.get("alt_text"), struct_value.get("decorative"))

    def _image_to_struct_value(self, image: Any) -> dict[str, Any]:
        if image is None:
            return {"image": None, "alt_text": None, "decorative": None}
        words = {"alt_text": image.contextual_alt_text, "decorative": image.decorative}
        return {"image": image or None, **words}

    def normalize(self, value: Any) -> Any:
        return value if isinstance(value, UnchosenImage) else super().normalize(value)

    def clean(self, value: Any) -> Any:
        """What is required is asked of the picture alone."""
        try:
            cleaned = super().clean(value or None)
        except StructBlockValidationError as wrong:
            if "alt_text" not in wrong.block_errors:
                raise
            says = _("Schreiben Sie, was man sieht, oder wählen Sie: Es ist nur Schmuck.")
            raise StructBlockValidationError({"alt_text": ValidationError(says)}) from None
        return value if cleaned is None else cleaned

    def get_form_state(self, value: Any) -> dict[str, Any]:
        chosen = self.child_blocks["image"].get_form_state(value or None)
        return {**self._image_to_struct_value(value), "image": chosen}

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        chosen = self.child_blocks["image"].get_prep_value(value or None)
        return {**self._image_to_struct_value(value), "image": chosen}

    def extract_references(self, value: Any) -> Iterator[Any]:
        yield from super().extract_references(value or None)
