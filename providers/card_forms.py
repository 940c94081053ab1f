"""What a helper writes to make key cards."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import AGES
from providers.models import Provider
from words.names import NOTHING, TURNS, trouble
from words.spelling import tidy

AT_MOST = 40  # cards of one page: four sheets
LONGEST = 60
SENTENCES = {
    NOTHING: _("Zeile %(line)s: Von diesem Namen ist nichts zu sehen."),
    TURNS: _("Zeile %(line)s: In diesem Namen stehen unsichtbare Zeichen, die den Text umdrehen."),
    "long": _("Zeile %(line)s ist zu lang. Ein Rufname hat höchstens 60 Zeichen."),
}


class AgeField(forms.ChoiceField):
    """How old those are who get cards of a school, as a band."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Wie alt sind sie?"),
            help_text=_(
                "Für Menschen unter 16 Jahren brauchen Sie die Zustimmung der Eltern. Den Geburtstag speichern wir nicht."
            ),
            choices=AGES,
            widget=forms.RadioSelect,
        )


class CardsForm(forms.Form):
    """A name for each card. `form` is this one page: sent twice, it makes no card twice."""

    names = forms.CharField(
        label=_("Vornamen oder Spitznamen, einer je Zeile"),
        help_text=_("Bitte keine Nachnamen. Ein Spitzname genügt. Höchstens 40 auf einmal."),
        widget=forms.Textarea({"rows": 6, "autocomplete": "off"}),
        error_messages={"required": _("Bitte schreiben Sie mindestens einen Namen.")},
    )
    age_band = AgeField()
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, provider: Provider, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if provider.kind != Provider.Kind.SCHOOL:  # nobody else has to know it
            del self.fields["age_band"]

    def clean_names(self) -> list[str]:
        lines = [line for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(lines) > AT_MOST:
            raise forms.ValidationError(
                _("Das sind mehr als 40 Namen. Bitte teilen Sie die Liste.")
            )
        for number, line in enumerate(lines, start=1):
            if fault := trouble(line) or ("long" if len(tidy(line)) > LONGEST else ""):
                raise forms.ValidationError(SENTENCES[fault], params={"line": number})
        return [tidy(line) for line in lines]
