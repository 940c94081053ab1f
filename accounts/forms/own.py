"""Forms of our own doors, and what sign-up asks beside e-mail and password."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from words import glyphs
from words.names import NOTHING, TURNS, trouble
from words.spelling import tidy

SENTENCES = {
    NOTHING: _("Von diesem Namen ist nichts zu sehen. Bitte schreiben Sie ihn mit Buchstaben."),
    TURNS: _(
        "In diesem Namen stehen unsichtbare Zeichen, die den Text umdrehen. Bitte schreiben Sie ihn neu, "
        "statt ihn einzufügen."
    ),
}
UNPRINTABLE = _(
    "Diese Zeichen können wir nicht auf Nachweise drucken: %(letters)s. Bitte schreiben Sie Ihren Namen ohne sie "
    "oder in lateinischen Buchstaben."
)


def clean_name(typed: str) -> str:
    """As names are kept. Raises ValidationError for one that nobody could read, or that we could not print on paper."""
    if fault := trouble(typed):
        raise forms.ValidationError(SENTENCES[fault], code=fault)
    if letters := glyphs.missing(typed):
        raise forms.ValidationError(UNPRINTABLE, "unprintable", {"letters": " ".join(letters)})
    return tidy(typed)


class NameForm(forms.Form):
    """What sign-up asks beside e-mail and password: one optional field."""

    name = forms.CharField(
        label=_("Ihr Name"),
        max_length=150,
        required=False,
        help_text=_("Steht auf Ihren Nachweisen. Sie können das Feld leer lassen."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    field_order = ["email", "password1", "name"]

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the account exists."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class SettingsForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name"]
        widgets = {"name": forms.TextInput({"autocomplete": "name"})}

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])


class CloseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Ja, ich möchte mein Konto schließen."),
        error_messages={"required": _("Bitte setzen Sie das Häkchen, wenn Sie sicher sind.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
