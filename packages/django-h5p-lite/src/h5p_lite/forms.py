"""Forms of the pages. What a content type asks its authors is no Django form: see `h5p_lite.core.semantics`."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("H5P package"), widget=forms.FileInput(attrs={"accept": ".h5p,.zip"})
    )


class NewForm(forms.Form):
    type = forms.ChoiceField(label=_("Content type"))
    title = forms.CharField(label=_("Title"), max_length=255)
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, types: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = types
        self.fields["language"].choices = settings.LANGUAGES


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"))
