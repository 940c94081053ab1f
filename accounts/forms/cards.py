"""Signing in with a key card: number and four words, however they are typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from words import cards

LONGEST = 200
_PLAIN = {"autocomplete": "off", "maxlength": LONGEST}
UNKNOWN = _("Dieses Wort steht auf keiner Karte. Bitte sehen Sie noch einmal nach.")


def _word(label: Any) -> forms.CharField:
    """Not required by itself: anyone who types all four into the first field is understood."""
    return forms.CharField(label=label, required=False, widget=forms.TextInput(_PLAIN))


class CardForm(forms.Form):
    """Nothing is kept by the browser: the card is the only place where the words stand."""

    WHERE = (("own", _("Mir")), ("shared", _("Allen, zum Beispiel in der Bibliothek")))

    where = forms.ChoiceField(
        label=_("Wem gehört dieses Gerät?"),
        choices=WHERE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte sagen Sie, wem das Gerät gehört.")},
    )
    number = forms.CharField(
        label=_("Karten-Nummer"),
        help_text=_("Sechs Zeichen. Sie stehen über den Wörtern."),
        widget=forms.TextInput(_PLAIN),
        error_messages={"required": _("Bitte tippen Sie die Karten-Nummer ein.")},
    )
    word1 = _word(_("1. Wort"))
    word2 = _word(_("2. Wort"))
    word3 = _word(_("3. Wort"))
    word4 = _word(_("4. Wort"))

    def clean_number(self) -> str:
        return cards.number_of(self.cleaned_data["number"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        fields = [cleaned.get(f"word{place}", "") for place in range(1, cards.COUNT + 1)]
        words = [word for typed in fields for word in cards.words_of(typed)]
        if len(words) != cards.COUNT:
            self._count_is_wrong(len(words))
        for place in cards.unknown(words) if len(words) == cards.COUNT else []:
            self.add_error(f"word{place}", UNKNOWN)
        return cleaned | {"words": words}

    def _count_is_wrong(self, count: int) -> None:
        sentence = _("Es müssen vier Wörter sein. Gelesen haben wir %(count)s.")
        self.add_error("word1", forms.ValidationError(sentence, params={"count": count}))


class CompanionForm(CardForm):
    """Beside a helper: their card, and nothing to choose."""

    where = None  # type: ignore[assignment]  # -- Django's way to leave a field out
