"""Wagtail's forms of an image and a document, with the fields of its credit (settings: WAGTAILIMAGES_IMAGE_FORM_BASE).

They serve every way to a file: its own page, the chooser in a lesson, the upload of several at once.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.collections import BaseCollectionMemberForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from courses.actions.crediting import FIELDS, credit, words_of_credit
from courses.licences import lacks
from courses.models import Credit

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
        if self.instance.pk:
            for name, said in words_of_credit(self.instance).items():
                self.initial[f"credit_{name}"] = said

    @property
    def _asks_for_credit(self) -> bool:
        """The upload of several sends a file and its name only; the credit follows in a form of its own."""
        return self.add_prefix("credit_licence") in self.data

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        said = {name: self.cleaned_data.get(f"credit_{name}", "") for name in ("author", "link")}
        for name in lacks(self.cleaned_data.get("credit_licence") or Credit.Licence.OWN, **said):
            if f"credit_{name}" not in self.errors:
                self.add_error(f"credit_{name}", MISSING[name])
        return cleaned

    def _save_m2m(self) -> None:
        """Called once the file has its row, also where a view saves that itself."""
        super()._save_m2m()
        if self._asks_for_credit:
            credit(self.instance, **{n: self.cleaned_data[f"credit_{n}"] for n in FIELDS})


class ImageForm(_WithCredit, BaseImageForm):
    pass


class DocumentForm(_WithCredit, BaseDocumentForm):
    pass
