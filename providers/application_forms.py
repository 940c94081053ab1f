"""What an organisation fills in to become a provider, three short pages, and what the office says to it."""

import secrets
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from accounts.limits import may_be_mailed
from providers.models import Application, Provider, SoughtOffer
from words.emails import canonical

SALT = "application"
TOKEN_AGE = 60 * 60 * 24  # seconds; somebody may take a long time to write
LAST = 3  # page
MAILED_ENOUGH = _(
    "An diese Adresse sind heute schon mehrere Mails gegangen. Sehen Sie bitte in Ihr Postfach, auch bei Spam."
)

#: What a legal form means, in words of anyone who has one.
FORMS_IN_WORDS = {
    Application.LegalForm.PUBLIC: _(
        "Öffentliche Stelle: zum Beispiel Stadt, Schule, Volkshochschule, Bibliothek"
    ),
    Application.LegalForm.PRIVATE: _(
        "Private Einrichtung: zum Beispiel Verein, Kirche, Stiftung, Unternehmen"
    ),
    Application.LegalForm.MICRO: _(
        "Kleinst-Unternehmen: weniger als 10 Beschäftigte und höchstens 2 Millionen Euro Umsatz im Jahr"
    ),
}


def new_form_token() -> str:
    return signing.dumps(secrets.token_hex(8), salt=SALT)


def _several(name: str, required: Any = "") -> forms.MultipleChoiceField:
    """Boxes to tick, for a column that holds a list."""
    column: Any = Application._meta.get_field(name)
    return forms.MultipleChoiceField(
        label=column.verbose_name,
        choices=column.base_field.choices,
        required=bool(required),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": required},
    )


class ApplicationPage(forms.ModelForm):
    """One page of an application. `later`: what was typed so far is kept, and nothing demanded."""

    demanded: dict[str, Any] = {}  # a field -> what is said when it is empty

    def __init__(self, *args: Any, later: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, says in self.demanded.items():
            self.fields[name].required = not later
            self.fields[name].error_messages["required"] = says


class WhoForm(ApplicationPage):
    """Page 1. The address stays: it was proved by a mail."""

    kind = forms.ChoiceField(
        label=Application._meta.get_field("kind").verbose_name,
        widget=forms.RadioSelect,
        choices=[one for one in Provider.Kind.choices if one[0] != Provider.Kind.CITY],
    )
    legal_form = forms.ChoiceField(
        label=_("Was trifft auf Sie zu?"),
        widget=forms.RadioSelect,
        choices=[*FORMS_IN_WORDS.items()],
    )
    demanded = {
        "name": _("Bitte schreiben Sie, wie Ihre Organisation heißt."),
        "kind": _("Bitte wählen Sie, was Sie sind."),
        "legal_form": _("Bitte wählen Sie, was auf Sie zutrifft."),
        "contact": _("Bitte schreiben Sie, wen wir ansprechen dürfen."),
    }

    class Meta:
        model = Application
        fields = ["name", "kind", "legal_form", "contact", "phone"]
        widgets: dict[str, forms.Widget] = {
            "name": forms.TextInput({"autocomplete": "organization"}),
            "contact": forms.TextInput({"autocomplete": "name"}),
            "phone": forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        }
        help_texts = {"phone": _("Nur für Rückfragen des Bildungsbüros.")}


class BeginForm(WhoForm):
    """Page 1 of somebody we do not know yet. A signed token instead of CSRF's, which would need a cookie."""

    form_token = forms.CharField(widget=forms.HiddenInput, required=False)
    demanded = WhoForm.demanded | {"email": _("Bitte schreiben Sie Ihre E-Mail-Adresse.")}

    class Meta(WhoForm.Meta):
        fields = ["name", "kind", "legal_form", "contact", "email", "phone"]
        widgets = WhoForm.Meta.widgets | {"email": forms.EmailInput({"autocomplete": "email"})}
        help_texts = WhoForm.Meta.help_texts | {
            "email": _(
                "Dorthin schicken wir einen Link. So wissen wir, dass die Adresse stimmt, und Sie können jederzeit weiterschreiben."
            )
        }

    def clean_email(self) -> str:
        return canonical(self.cleaned_data["email"])

    def clean_form_token(self) -> str:
        token: str = self.cleaned_data["form_token"]
        try:
            signing.loads(token, salt=SALT, max_age=TOKEN_AGE)
        except signing.BadSignature:
            raise forms.ValidationError(
                _("Die Seite war zu lange offen. Bitte senden Sie das Formular noch einmal.")
            ) from None
        return token

    def clean(self) -> dict[str, Any]:
        """Only what is right otherwise is counted."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not may_be_mailed("join", cleaned["email"]):
            self.add_error("email", MAILED_ENOUGH)
        return cleaned

    def typed(self) -> tuple[dict[str, Any], str]:
        """What is stored, and what makes this form one of its kind: its token with every word in it."""
        fields = dict(self.cleaned_data)
        token = fields.pop("form_token")
        return fields, "\n".join([token, *map(str, fields.values())])


class OfferForm(ApplicationPage):
    """Page 2."""

    topics = _several("topics", _("Bitte wählen Sie mindestens ein Thema."))
    ways = _several("ways", _("Bitte wählen Sie, wie man bei Ihnen lernt."))
    access = _several("access")
    demanded = {
        "topics": _("Bitte wählen Sie mindestens ein Thema."),
        "ways": _("Bitte wählen Sie, wie man bei Ihnen lernt."),
        "about": _("Bitte beschreiben Sie Ihr Angebot in zwei Sätzen."),
        "city": _("Bitte schreiben Sie, an welchem Ort Sie sind."),
    }

    class Meta:
        model = Application
        fields = ["topics", "ways", "about", "street", "city", "access", "access_note"]
        widgets = {
            "about": forms.Textarea({"rows": 4}),
            "street": forms.TextInput({"autocomplete": "address-line1"}),
            "city": forms.TextInput({"autocomplete": "address-level2"}),
        }
        help_texts = {
            "about": _("So, wie Sie es einer Nachbarin erzählen. Es steht später auf Ihrer Seite."),
            "access_note": _(
                "Zum Beispiel: 2 Stufen am Eingang. Eine Stufe ist kein Grund abzulehnen. Man muss sie nur vorher wissen."
            ),
        }


class LawForm(ApplicationPage):
    """Page 3: what the law asks anyone who offers something to name."""

    speaks_for_it = forms.BooleanField(label=_("Ich darf für die Organisation sprechen."))
    demanded = {
        "imprint": _("Bitte schreiben Sie, wer für das Angebot verantwortlich ist."),
        "privacy_contact": _("Bitte nennen Sie, wer Fragen zum Datenschutz beantwortet."),
        "accessibility_contact": _("Bitte nennen Sie, wer hilft, wenn eine Barriere stört."),
        "speaks_for_it": _("Bitte bestätigen Sie, dass Sie für die Organisation sprechen dürfen."),
    }

    class Meta:
        model = Application
        fields = ["imprint", "privacy_contact", "accessibility_contact"]
        widgets = {"imprint": forms.Textarea({"rows": 4})}
        help_texts = {
            "imprint": _("Name, Anschrift, wer die Organisation vertritt, E-Mail oder Telefon."),
            "privacy_contact": _("Name, E-Mail-Adresse oder Telefon. Steht auf Ihrer Seite."),
            "accessibility_contact": _("Name, E-Mail-Adresse oder Telefon. Steht auf Ihrer Seite."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return {name: value for name, value in cleaned.items() if name != "speaks_for_it"}


PAGES: dict[int, type[ApplicationPage]] = {1: WhoForm, 2: OfferForm, LAST: LawForm}


def first_gap(application: Application) -> int:
    """The first page on which something is still missing; 0: none."""
    for number, page in PAGES.items():
        asked = [
            name for name in page.demanded if name in page.base_fields and name != "speaks_for_it"
        ]
        if not all(getattr(application, name) for name in asked):
            return number
    return 0


class MessageForm(forms.Form):
    """One text: a question, an answer, a reason. `says`: when it is empty."""

    text = forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, label: Any, says: Any, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        field.label, field.help_text = label, hint
        field.error_messages["required"] = says


class SoughtForm(forms.ModelForm):
    class Meta:
        model = SoughtOffer
        fields = ["title", "detail"]
        widgets = {"title": forms.TextInput(), "detail": forms.TextInput()}
        error_messages = {"title": {"required": _("Bitte schreiben Sie, was fehlt.")}}


class DetailsForm(ApplicationPage):
    """The same of a provider, by its heads: how to reach it, how to get in, who stands behind it."""

    access = _several("access")
    legal_form = forms.ChoiceField(
        label=_("Was trifft auf Sie zu?"),
        widget=forms.RadioSelect,
        choices=[*FORMS_IN_WORDS.items()],
    )
    demanded = {
        "legal_form": _("Bitte wählen Sie, was auf Sie zutrifft."),
        **{name: says for name, says in LawForm.demanded.items() if name != "speaks_for_it"},
    }

    class Meta:
        model = Provider
        fields = [
            *("street", "city", "email", "phone", "hours", "access", "access_note"),
            *("legal_form", "imprint", "privacy_contact", "accessibility_contact"),
            "named_in_figures",
        ]
        widgets = {
            "imprint": forms.Textarea({"rows": 4}),
            "phone": forms.TextInput({"inputmode": "tel"}),
        }
        help_texts = LawForm.Meta.help_texts | {
            "hours": _("Zum Beispiel: Dienstag und Donnerstag, 14 bis 17 Uhr."),
            "named_in_figures": _(
                "Ohne Ihr Ja zählen wir Ihre Lernenden mit denen anderer Anbieter zusammen."
            ),
            "access_note": OfferForm.Meta.help_texts["access_note"],
        }
