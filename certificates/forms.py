"""What the head of a provider fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from certificates.states import Act, Who, may
from providers.look_forms import LogoField
from words import glyphs

ACTS = {
    "reissue": _("Neu ausstellen: mit dem Namen von heute und neuer Nummer"),
    "suspend": _("Aussetzen: gilt zurzeit nicht, kann wieder gelten"),
    "resume": _("Wieder gültig machen"),
    "revoke": _("Zurückziehen: gilt nie wieder"),
}


class AutographForm(forms.Form):
    """How a head signs by hand. What is taken is a picture; what is kept of it, `actions.place_autograph` draws."""

    name = forms.CharField(label=_("Name unter der Unterschrift"), max_length=100)
    image = LogoField(
        label=_("Bild Ihrer Unterschrift"),
        help_text=_(
            "Schreiben Sie mit dunklem Stift auf weißes Papier und fotografieren Sie es. PNG, JPEG oder WebP, höchstens 5 MB. Wir behalten nur, was dunkel ist."
        ),
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if letters := glyphs.missing(name):
            says = _("Diese Zeichen können wir nicht drucken: %(letters)s")
            raise forms.ValidationError(says, params={"letters": " ".join(letters)})
        return name


class WithdrawForm(forms.Form):
    """What is to happen with one certificate. Only what is possible now is offered."""

    act = forms.ChoiceField(
        label=_("Was soll geschehen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie, was geschehen soll.")},
    )
    reason = forms.CharField(
        label=_("Warum?"),
        help_text=_(
            "Zum Aussetzen und Zurückziehen nötig. Das lesen nur Sie und Ihr Team, es steht auf keiner öffentlichen Seite."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, certificate: Certificate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = possible(certificate)
        self.fields["act"].choices = [(act, ACTS[act]) for act in self.choices]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("act") in ("suspend", "revoke") and not given.get("reason"):
            self.add_error("reason", _("Bitte schreiben Sie, warum."))
        return given


def possible(certificate: Certificate) -> list[str]:
    """Which of ACTS can be done with it."""
    missing = {
        "suspend": certificate.suspension_list_id is None,
        "reissue": certificate.enrolment_id is None or certificate.learner_id is None,
    }
    allowed = [act for act in ACTS if may(certificate.state, Who.HEAD, Act(act))]
    return [act for act in allowed if not missing.get(act)]
