from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accessibility.models import BarrierReport

SALT = "barrier-report"
TOKEN_AGE = 60 * 60 * 24  # seconds; somebody may take a long time to write


class BarrierForm(forms.ModelForm):
    """Works without a cookie: a signed token instead of CSRF's, checked together with the request's origin."""

    form_token = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = BarrierReport
        fields = ["page", "description", "contact"]
        widgets = {
            "page": forms.TextInput(),
            "description": forms.Textarea({"rows": 7}),
            "contact": forms.EmailInput({"autocomplete": "email"}),
        }
        labels = {"contact": _("Ihre E-Mail-Adresse")}
        help_texts = {
            "page": _("Adresse oder Name der Seite. Sie können das Feld leer lassen."),
            "contact": _("Nur wenn Sie eine Antwort möchten."),
        }
        error_messages = {
            "description": {"required": _("Bitte schreiben Sie, was nicht geklappt hat.")}
        }

    def clean_form_token(self) -> str:
        try:
            signing.loads(self.cleaned_data["form_token"], salt=SALT, max_age=TOKEN_AGE)
        except signing.BadSignature:
            raise ValidationError(
                _("Die Seite war zu lange offen. Bitte senden Sie das Formular noch einmal.")
            ) from None
        return self.cleaned_data["form_token"]


def new_form_token() -> str:
    return signing.dumps("form", salt=SALT)
