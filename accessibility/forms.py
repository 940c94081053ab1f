import hashlib
import secrets
from typing import Any

from django import forms
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accessibility.models import AccessibilityStatement, BarrierReport
from providers.models import Provider

SALT = "barrier-report"
MOST_BARRIERS = 50  # in a provider's statement
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
        token: str = self.cleaned_data["form_token"]
        try:
            signing.loads(token, salt=SALT, max_age=TOKEN_AGE)
        except signing.BadSignature:
            raise ValidationError(
                _("Die Seite war zu lange offen. Bitte senden Sie das Formular noch einmal.")
            ) from None
        return token

    def clean(self) -> dict[str, Any]:
        """A form is for one report: sent twice it is the same one, with another text it has to be sent once more."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        text = "\n".join(cleaned[name] for name in ("page", "description", "contact"))
        number = number_of(cleaned["form_token"], text)
        key = f"barrier-form:{hashlib.sha256(cleaned['form_token'].encode()).hexdigest()}"
        if not cache.add(key, number, TOKEN_AGE) and cache.get(key, number) != number:
            raise ValidationError(
                _("Mit diesem Formular haben Sie schon etwas gemeldet. Senden Sie es noch einmal.")
            )
        self.instance.number = number
        return cleaned


def new_form_token() -> str:
    return signing.dumps(secrets.token_hex(8), salt=SALT)


def number_of(token: str, text: str) -> str:
    """Of a report with this text in this form: the same however often it is sent, and nobody can guess it."""
    return salted_hmac(SALT, f"{token}\n{text}").hexdigest()[:10]


class StatementForm(forms.ModelForm):
    """For heads. `status` is what a public body has to say; others say how they meet the rules, in `method`."""

    barriers = forms.CharField(
        label=_("Was geht in Ihren Kursen noch nicht gut?"),
        help_text=_("Eine Sache in jeder Zeile. Nichts bekannt? Dann bleibt das Feld leer."),
        widget=forms.Textarea({"rows": 5}),
        max_length=4000,
        required=False,
    )

    class Meta:
        model = AccessibilityStatement
        fields = ["status", "barriers", "method"]
        widgets = {"status": forms.RadioSelect, "method": forms.Textarea({"rows": 3})}
        labels = {
            "status": _("Wie barrierefrei sind Ihre Kurse?"),
            "method": _("Wie haben Sie das geprüft?"),
        }
        error_messages = {
            "status": {"required": _("Bitte wählen Sie, was stimmt.")},
            "method": {"required": _("Bitte schreiben Sie, wie Sie geprüft haben.")},
        }

    def __init__(self, *args: Any, legal_form: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["barriers"] = "\n".join(each["text"] for each in self.instance.barriers)
        self.fields["method"].max_length = 1000
        self.fields["method"].widget.attrs["maxlength"] = 1000
        self.fields["method"].help_text = _(
            "Zum Beispiel: Wir haben alle Kurse mit den Prüfungen der Lernstadt angesehen und mit der Tastatur ausprobiert."
        )
        if legal_form == Provider.LegalForm.PUBLIC:
            self.fields["status"].choices = AccessibilityStatement.Status.choices
        else:
            del self.fields["status"]

    def clean_barriers(self) -> list[dict[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["barriers"].splitlines()]
        barriers = [{"text": line, "kind": "", "alternative": ""} for line in lines if line]
        if len(barriers) > MOST_BARRIERS:
            raise ValidationError(_("Das sind mehr als 50 Zeilen. Fassen Sie bitte zusammen."))
        return barriers
