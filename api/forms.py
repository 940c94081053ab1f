"""What heads fill in about programs."""

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from api.scopes import EVENTS, offered
from api.sending import CannotSend, looked_at
from words.days import day
from words.spelling import tidy

DAYS = [("30", _("30 Tage")), ("90", _("90 Tage")), ("365", _("1 Jahr"))]


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("Wofür ist der Schlüssel?"),
        help_text=_("Zum Beispiel: Listen für unsere Verwaltung."),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Was darf das Programm?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens eines.")},
    )
    days = forms.ChoiceField(
        label=_("Wie lange gilt er?"), choices=DAYS, initial="365", widget=forms.RadioSelect
    )
    form = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, city: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [*offered(city=city).items()]
        self.fields["form"].initial = uuid.uuid4()

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Bitte schreiben Sie, wofür er ist."))
        return name

    @property
    def ends_on(self) -> date:
        return day(timezone.now()) + timedelta(days=int(self.cleaned_data["days"]))


class WebhookForm(forms.Form):
    url = forms.URLField(
        label=_("Adresse, an die wir melden"),
        help_text=_("Sie beginnt mit https:// und ist im Internet zu erreichen."),
        max_length=300,
        assume_scheme="https",
        widget=forms.URLInput({"autocomplete": "off"}),
    )
    events = forms.MultipleChoiceField(
        label=_("Was sollen wir melden?"),
        choices=lambda: [*EVENTS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens eines.")},
    )
    form = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].initial = uuid.uuid4()

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            looked_at(url)
        except CannotSend:
            raise forms.ValidationError(
                _(
                    "An diese Adresse melden wir nicht. Sie muss mit https:// beginnen, ohne Namen und Passwort."
                )
            ) from None
        return url
