"""What a provider looks like: its logo and its colour, as its heads choose them."""

from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from providers import brands
from providers.models import Provider

LARGEST_PICTURE = 5_000_000  # bytes


class LogoField(forms.FileField):
    """One picture, whose bytes are the value. Anyone who keeps it draws it anew, so its kind is not judged here."""

    widget = forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"})
    default_error_messages = {
        "required": _("Bitte wählen Sie ein Bild."),
        "empty": _("Diese Datei ist leer. Bitte wählen Sie ein anderes Bild."),
        "large": _("Das Bild ist zu groß. Nehmen Sie eines mit höchstens 5 MB."),
    }

    def clean(self, data: Any, initial: Any = None) -> bytes:
        given = super().clean(data, initial)
        if given.size > LARGEST_PICTURE:
            raise forms.ValidationError(self.error_messages["large"], code="large")
        return bytes(given.read())


class LogoForm(forms.Form):
    """What is taken is a picture; what is kept of it, `actions.place_logo` draws."""

    image = LogoField(
        label=_("Bild mit Ihrem Logo"),
        help_text=_(
            "PNG, JPEG oder WebP, höchstens 5 MB. Am besten ohne Hintergrund. Das Logo steht immer auf Weiß."
        ),
    )


class ColourField(forms.RegexField):
    """`#rrggbb`, as browsers send it; also typed in capitals, or without the sign in front."""

    widget = forms.TextInput(attrs={"type": "color"})

    def __init__(self, **arguments: Any) -> None:
        super().__init__(r"^#[0-9a-f]{6}$", **arguments)

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value)).strip().lower()
        return text if text.startswith("#") or not text else f"#{text}"


class ColourForm(forms.Form):
    """One of the colours of the house, or a pair of one's own. `brand`: what was chosen; `nearest`: for a pair that is too faint."""

    OWN = "own"
    choice = forms.ChoiceField(
        label=_("Welche Farbe?"),
        choices=[*Provider.Colour.choices, (OWN, _("Eigene Farben"))],
        widget=forms.RadioSelect,
    )
    light = ColourField(
        label=_("Ihre Farbe auf hellem Grund"),
        help_text=_("Nur für eigene Farben. Sie muss auf Weiß gut zu lesen sein."),
        error_messages={"invalid": _("Bitte wählen Sie eine Farbe, zum Beispiel #2044aa.")},
        required=False,
    )
    dark = ColourField(
        label=_("Ihre Farbe auf dunklem Grund"),
        help_text=_("Nur für eigene Farben. Sie muss auf Dunkelblau gut zu lesen sein."),
        error_messages={"invalid": _("Bitte wählen Sie eine Farbe, zum Beispiel #97afe1.")},
        required=False,
    )

    def __init__(self, *arguments: Any, brand: str, **more: Any) -> None:
        pair = brands.pair_of(brand)
        now = self.OWN if brand not in brands.PAIRS else brand
        super().__init__(*arguments, initial={"choice": now, **pair._asdict()}, **more)
        self.brand = brand
        self.nearest: brands.ColourPair | None = None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("choice") != self.OWN:
            self.brand = said.get("choice", self.brand)
            return said
        for name in ("light", "dark"):
            if name not in self.errors and not said.get(name):
                self.add_error(name, self.fields[name].error_messages["invalid"])
        if not self.errors:
            self._look_at(brands.ColourPair(said["light"], said["dark"]))
        return said

    def _look_at(self, pair: brands.ColourPair) -> None:
        grounds = {"light": brands.LIGHT, "dark": brands.DARK}
        for name, ground in grounds.items():
            colour = getattr(pair, name)
            if not brands.is_readable(colour, ground):
                self.nearest = brands.nearest(pair)
                ratio = brands.least_contrast(colour, ground)
                self.add_error(name, self._too_faint(ratio))
        self.brand = brands.brand_of(pair)

    def _too_faint(self, ratio: float) -> str:
        if ratio >= brands.TEXT:
            return gettext(
                "Mit dieser Farbe sind Bilder und Links auf Ihren Seiten nicht gut zu sehen."
            )
        seen = number_format(int(ratio * 10) / 10, 1)
        return gettext("Diese Farbe ist nicht gut zu lesen: Der Kontrast ist %(seen)s zu 1, nötig sind 4,5 zu 1.") % {"seen": seen}  # fmt: skip
