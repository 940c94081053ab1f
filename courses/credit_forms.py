"""Wagtail's forms of an image and a document, with the fields of its credit (settings: WAGTAILIMAGES_IMAGE_FORM_BASE).

They serve every way to a file: its own page, the chooser in a lesson, the upload of several at once. What comes in is
looked at by `files.take` first; a refusal is the field's own error.
"""

from typing import Any, BinaryIO, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.collections import BaseCollectionMemberForm
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

import files
from courses.actions.credits import FIELDS, credit, words_of_credit
from courses.licences import lacks
from courses.models import Credit
from files import captions
from providers.advice import in_words, mended_in_words

MISSING = {
    "author": _("Bitte nennen Sie, wer das Werk gemacht hat."),
    "link": _("Bitte geben Sie den Link zum Original an. Die Lizenz verlangt das."),
}


def _field(name: str, **options: Any) -> forms.Field:
    column: Any = Credit._meta.get_field(name)
    field: forms.Field = column.formfield(required=False, **options)
    return field


class _WithCredit(BaseCollectionMemberForm):
    credit_title = _field("title", help_text=_("Selbst gemacht? Dann lassen Sie diese Felder so."))
    credit_author = _field("author")
    credit_licence = _field("licence")
    credit_link = _field("link", assume_scheme="https")
    credit_origin = _field("origin", help_text=_("Zum Beispiel: Wikimedia Commons"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in (self._meta.exclude or ()):
            self.fields.pop(
                "file", None
            )  # the form of an upload among several is about words alone
        if self.instance.pk:
            for name, text in words_of_credit(self.instance).items():
                self.initial[f"credit_{name}"] = text

    @property
    def _asks_for_credit(self) -> bool:
        """The upload of several sends a file and its name only; the credit follows in a form of its own."""
        return self.add_prefix("credit_licence") in self.data

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        texts = {name: self.cleaned_data.get(f"credit_{name}", "") for name in ("author", "link")}
        for name in lacks(self.cleaned_data.get("credit_licence") or Credit.Licence.OWN, **texts):
            if f"credit_{name}" not in self.errors:
                self.add_error(f"credit_{name}", MISSING[name])
        return cleaned

    def _save_m2m(self) -> None:
        """Called once the file has its row, also where a view saves that itself."""
        super()._save_m2m()
        if self._asks_for_credit:
            credit(self.instance, **{n: self.cleaned_data[f"credit_{n}"] for n in FIELDS})


class OriginForm(forms.Form):
    """Whose work a file is, at the writing desk. Half of it can be stored: the checks name what the licence still asks for."""

    title = _field("title")
    author = _field("author")
    licence = _field("licence")
    link = _field("link", assume_scheme="https")
    origin = _field("origin")

    def words(self) -> dict[str, str]:
        """What can be stored; a link that is none is left out."""
        self.full_clean()
        return {name: self.cleaned_data.get(name) or "" for name in FIELDS}

    @property
    def bad_link(self) -> str:
        """What was typed in place of a link; empty when there is nothing wrong."""
        return str(self["link"].value() or "") if "link" in self.errors else ""


class CreditPictureField(WagtailImageField):
    def to_python(self, data: Any) -> Any:
        return super().to_python(_taken(data, files.PICTURES))


class PaperField(WagtailDocumentField):
    def to_python(self, data: Any) -> Any:
        return super().to_python(_taken(data, files.DOCUMENTS))


def _taken(data: Any, wanted: tuple[str, ...]) -> Any:
    """The upload as it is kept. Raises ValidationError with the reason in words."""
    if not isinstance(data, UploadedFile) or not data.name:
        return data
    stream = cast("BinaryIO", data.file)
    try:
        taken = files.take(stream, data.name, wanted)
    except files.BadFile as bad:
        raise ValidationError(in_words(bad), code=bad.code) from bad
    if taken.content is not None:
        return SimpleUploadedFile(taken.name, taken.content, data.content_type or "")
    for at, piece in taken.patches:
        stream.seek(at)
        stream.write(piece)
    stream.seek(0)
    data.name = taken.name
    return data


class ImageForm(_WithCredit, BaseImageForm):
    file = CreditPictureField(
        label=_("Bild"),
        widget=BaseImageForm.Meta.widgets["file"],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].help_text = _(
                "PNG, JPEG, WebP, GIF oder HEIC, höchstens 20 MB. Ort, Zeit und Kamera nehmen wir heraus."
            )


class DocumentForm(_WithCredit, BaseDocumentForm):
    file = PaperField(label=_("Datei"), widget=BaseDocumentForm.Meta.widgets["file"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].help_text = _(
                "PDF, Word, PowerPoint, Excel, LibreOffice, Text, Video (MP4, WebM), Ton (MP3, M4A), Untertitel (WebVTT, SRT)."
            )
        if sentence := mended_in_words(_mended(self.instance)):
            # Wagtail has bound the field already
            self.fields["title"].help_text = self["title"].help_text = " ".join(sentence)


def _mended(document: Any) -> tuple[str, ...]:
    """What was mended in captions when they came; the file itself says so."""
    if not document.pk or not document.filename.endswith(".vtt"):
        return ()
    try:
        with document.open_file() as file:
            return captions.notes(file.read(200))
    except OSError:
        return ()
