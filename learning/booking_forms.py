"""What somebody fills in to get a seat: for themselves, for somebody else, or staff for somebody on the telephone."""

import secrets
import uuid
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.models import Run
from courses.prices import euros
from learning.actions import SeatRequest, WithdrawalSaid
from learning.models import BookingNeed
from words.emails import canonical

SALT = "booking-form"
TOKEN_AGE = 60 * 60 * 24  # seconds; somebody may take a long time to write
ME, OTHER = "me", "other"
WITHOUT_CONSENT = _("Ohne Ihr Ja dürfen wir nicht speichern, was Sie brauchen.")


def new_form_token() -> str:
    return signing.dumps(secrets.token_hex(16), salt=SALT)


class SeatForm(forms.Form):
    """Works without a cookie: a signed token instead of CSRF's, checked together with the request's origin."""

    who = forms.ChoiceField(
        label=_("Für wen ist der Platz?"),
        choices=[(ME, _("Für mich")), (OTHER, _("Für eine andere Person"))],
        initial=ME,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Wer nimmt teil?"),
        max_length=120,
        help_text=_("Der Name steht auf der Liste im Kurs."),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Bitte schreiben Sie einen Namen.")},
    )
    booked_by = forms.CharField(
        label=_("Ihr Name, wenn Sie für eine andere Person buchen"), max_length=120, required=False
    )
    knows = forms.BooleanField(
        label=_("Die andere Person weiß davon und ist einverstanden."), required=False
    )
    guardian = forms.BooleanField(
        label=_("Die andere Person ist unter 16, und ich habe das Sorgerecht."), required=False
    )
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        help_text=_("Dorthin schicken wir den Link, mit dem Sie bestätigen und absagen."),
        max_length=320,
        error_messages={"required": _("Bitte schreiben Sie eine E-Mail-Adresse.")},
    )
    phone = forms.CharField(
        label=_("Telefon"),
        max_length=40,
        required=False,
        help_text=_("Nur falls sich kurz vorher etwas ändert."),
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    price = forms.ChoiceField(label=_("Was zahlen Sie?"), widget=forms.RadioSelect, initial="0")
    needs = forms.MultipleChoiceField(
        label=_("Was brauchen Sie vor Ort?"),
        choices=BookingNeed.Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label=_("Noch etwas?"), max_length=300, required=False)
    consent = forms.BooleanField(
        label=_(
            "Ja, die Lehrkraft darf lesen, was ich brauche. Nach dem letzten Termin wird es gelöscht."
        ),
        required=False,
    )
    remind = forms.BooleanField(
        label=_("Erinnern Sie mich am Tag davor."), required=False, initial=True
    )
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, run: Run, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if run.reductions:
            reduced = [(one["name"], one["price"]) for one in run.reductions]
            prices = [(_("Voller Preis"), run.price), *reduced]
            self.fields["price"].choices = [
                (str(at), f"{euros(cents)} – {name}") for at, (name, cents) in enumerate(prices)
            ]
        else:
            del self.fields["price"]

    def clean_email(self) -> str:
        address = self.cleaned_data["email"]
        return canonical(address) if address else ""

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_form_token(self) -> str:
        token: str = self.cleaned_data["form_token"]
        try:
            self.form_id = uuid.UUID(signing.loads(token, salt=SALT, max_age=TOKEN_AGE))
        except (signing.BadSignature, ValueError, TypeError, AttributeError):
            raise forms.ValidationError(
                _("Die Seite war zu lange offen. Bitte senden Sie das Formular noch einmal.")
            ) from None
        return token

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("who") == OTHER:
            if not said.get("booked_by"):
                self.add_error("booked_by", _("Bitte schreiben Sie auch Ihren Namen."))
            if not said.get("knows") and not said.get("guardian"):
                self.add_error("knows", _("Bitte fragen Sie die Person vorher."))
        if (said.get("needs") or said.get("note")) and not said.get("consent"):
            self.add_error("consent", WITHOUT_CONSENT)
        return said

    def asked(self) -> SeatRequest:
        said, other = self.cleaned_data, self.cleaned_data["who"] == OTHER
        return SeatRequest(
            name=said["name"],
            form=self.form_id,
            email=said["email"],
            phone=said["phone"],
            booked_by=said["booked_by"] if other else "",
            guardian=other and said["guardian"],
            language=get_language() or "de",
            price=int(said.get("price") or 0),
            remind=said["remind"],
            needs=tuple(said["needs"]),
            note=said["note"],
            consent=said["consent"],
        )


class ChangeForm(forms.Form):
    """What somebody may change in their booking later. Without consent, what they need is deleted."""

    phone = SeatForm.base_fields["phone"]
    needs = SeatForm.base_fields["needs"]
    note = SeatForm.base_fields["note"]
    consent = SeatForm.base_fields["consent"]
    remind = SeatForm.base_fields["remind"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if (said.get("needs") or said.get("note")) and not said.get("consent"):
            self.add_error("consent", WITHOUT_CONSENT)
        return said


class ContractWithdrawalForm(forms.Form):
    """To withdraw from a contract, without signing in (§ 356a (2) BGB): a name, what says which contract, where the receipt goes."""

    name = forms.CharField(
        label=_("Ihr Name"),
        max_length=120,
        help_text=_("So, wie er im Vertrag steht."),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Bitte schreiben Sie einen Namen.")},
    )
    about = forms.CharField(
        label=_("Welcher Vertrag?"),
        max_length=200,
        help_text=_("Am besten die Nummer, zum Beispiel V-12 oder B-34. Oder der Kurs und sein Beginn."),
        error_messages={"required": _("Bitte schreiben Sie, um welchen Vertrag es geht.")},
    )  # fmt: skip
    provider = forms.ChoiceField(label=_("Mit wem haben Sie ihn geschlossen?"), required=False)
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=320,
        help_text=_("Dorthin schicken wir sofort die Bestätigung, dass Ihr Widerruf da ist."),
        error_messages={"required": _("Bitte schreiben Sie eine E-Mail-Adresse.")},
    )
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, houses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = [("", _("Ich weiß es nicht")), *houses]

    clean_email = SeatForm.clean_email
    clean_form_token = SeatForm.clean_form_token

    def said(self) -> WithdrawalSaid:
        said = self.cleaned_data
        return WithdrawalSaid(
            form=self.form_id,
            name=said["name"],
            about=said["about"],
            email=said["email"],
            language=get_language() or "de",
            provider=int(said["provider"]) if said["provider"] else None,
        )


class PhoneForm(SeatForm):
    """Staff books for somebody on the telephone: an address is not needed, but for a contract, which they conclude themselves."""

    def __init__(self, *args: Any, run: Run, **kwargs: Any) -> None:
        super().__init__(*args, run=run, **kwargs)
        for name in ("who", "booked_by", "knows", "guardian"):
            self.fields[name].widget = forms.HiddenInput()
            self.fields[name].required = False
        self.fields["email"].required = run.contract
        self.fields["email"].help_text = (
            _("Die Person bekommt dorthin einen Link, liest den Vertrag und schließt ihn selbst.")
            if run.contract
            else _("Ohne Adresse schicken wir keine Mail.")
        )

    def clean_who(self) -> str:
        return ME
