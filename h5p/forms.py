"""Forms of the office and of the desk."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from h5p_lite.core.package import LIMITS
from h5p_lite.core.playing import Profile
from h5p_lite.core.spoken import UNKNOWN
from h5p_lite.models import Library
from providers.models import Provider


class UploadForm(forms.Form):
    """A package, as it comes. What is in it is looked at later, by a task."""

    file = forms.FileField(
        label=_("H5P-Datei"),
        help_text=_("Eine Datei auf .h5p."),
        widget=forms.FileInput({"accept": ".h5p,.zip"}),
    )

    def clean_file(self) -> Any:
        """Its name and its size, before it is kept."""
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".h5p", ".zip")):
            raise ValidationError(_("Das ist keine H5P-Datei. Sie endet auf .h5p."))
        if file.size > LIMITS.packed:
            most = filesizeformat(LIMITS.packed)
            raise ValidationError(_("Die Datei ist zu groß. Erlaubt sind %s.") % most)
        return file


class LibrariesForm(UploadForm):
    """A package of content types, by the office."""

    keeps_rights = forms.BooleanField(
        label=_("Neue Versionen dürfen im Browser dasselbe wie die Version davor"),
        help_text=_("Nur wenn Sie wissen, dass sie es brauchen. Sonst fangen sie streng an."),
        required=False,
    )


class OfficeWordsForm(forms.ModelForm):
    """What the office says about a content type."""

    class Meta:
        model = Library
        fields = ("verdict", "note", "profile")
        widgets = {
            "verdict": forms.RadioSelect,
            "note": forms.Textarea({"rows": 3}),
            "profile": forms.RadioSelect,
        }
        help_texts = {
            "note": _("Das lesen alle, die damit Aktivitäten machen."),
            "profile": _("Erlauben Sie nur mehr, wenn der Inhaltstyp sonst nicht läuft."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].choices = [
            (Profile.STRICT, _("Nur seine eigenen Dateien")),
            (Profile.INLINE, _("Auch Skripte in Attributen")),
            (Profile.EVAL, _("Auch Programme aus Text (eval)")),
        ]


class DeclineForm(forms.Form):
    answer = forms.CharField(
        label=_("Warum nicht?"),
        help_text=_("Das liest der Anbieter."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


class _ForProvider(forms.Form):
    """Asks for whom something is, where somebody writes for several providers."""

    provider = forms.ModelChoiceField(
        Provider.objects.none(), label=_("Für welchen Anbieter?"), empty_label=None
    )

    def __init__(self, *args: Any, providers: QuerySet[Provider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = providers
        if len(providers) == 1:
            del self.fields["provider"]
        self.providers = providers

    @property
    def chosen(self) -> Provider:
        return self.cleaned_data.get("provider") or self.providers[0]


class ActivityFileForm(UploadForm, _ForProvider):
    """An activity from a file, by its author."""

    field_order = ("file", "provider")


#: In which activities may be, beside those of the city's own pages. The names are Django's.
SPOKEN = (
    *("ar", "bg", "el", "es", "fa", "fr", "hr", "it", "pl", "pt", "ro", "ru", "sq", "sr", "tr"),
    *("uk", "vi"),
)


def languages(*more: str) -> list[tuple[str, str]]:
    """Those of the city first; easy German is German for a content type. `more`: what an activity says already."""
    others = sorted((get_language_info(code)["name_translated"], code) for code in SPOKEN)
    names = {code: name for code, name in settings.LANGUAGES if not code.startswith("de-")}
    said = {code: str(_("nicht angegeben")) if code == UNKNOWN else code for code in more}
    return [*(said | names | {code: name for name, code in others}).items()]


class NewActivityForm(_ForProvider):
    """`type` is drawn by the page itself: every choice has a description and a verdict."""

    type = forms.ChoiceField(
        label=_("Was für eine Aktivität?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie einen Inhaltstyp.")},
    )
    title = forms.CharField(label=_("Titel"), max_length=255)
    language = forms.ChoiceField(
        label=_("Sprache der Aktivität"),
        help_text=_("In dieser Sprache stehen zum Beispiel die Knöpfe."),
    )

    def __init__(self, *args: Any, types: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = types
        self.fields["language"].choices = languages()


LICENCES = [
    ("U", _("Nicht angegeben")),
    ("CC BY", "CC BY"),
    ("CC BY-SA", "CC BY-SA"),
    ("CC BY-ND", "CC BY-ND"),
    ("CC BY-NC", "CC BY-NC"),
    ("CC BY-NC-SA", "CC BY-NC-SA"),
    ("CC BY-NC-ND", "CC BY-NC-ND"),
    ("CC0 1.0", "CC0 1.0"),
    ("CC PDM", _("Gemeinfrei (Public Domain Mark)")),
    ("PD", _("Gemeinfrei")),
    ("ODC PDDL", "ODC PDDL"),
    ("GNU GPL", "GNU GPL"),
    ("C", _("Alle Rechte vorbehalten")),
]
CLOSED = ("U", "C")


class AboutForm(forms.Form):
    """What is said about an activity; the names of the last fields are those of h5p.json."""

    title = forms.CharField(label=_("Titel"), max_length=255)
    language = forms.ChoiceField(label=_("Sprache der Aktivität"))
    authors = forms.CharField(
        label=_("Von wem ist sie?"),
        help_text=_("Ein Name in jeder Zeile."),
        widget=forms.Textarea({"rows": 2}),
        max_length=2000,
        required=False,
    )
    license = forms.ChoiceField(label=_("Lizenz"), choices=LICENCES)
    licenseVersion = forms.CharField(  # noqa: N815 -- as h5p.json calls it
        label=_("Version der Lizenz"),
        help_text=_("Zum Beispiel: 4.0"),
        max_length=10,
        required=False,
    )
    source = forms.URLField(
        label=_("Link zum Original"), max_length=255, required=False, assume_scheme="https"
    )
    yearFrom = forms.IntegerField(  # noqa: N815 -- as h5p.json calls it
        label=_("Jahr"), min_value=1, max_value=9999, required=False, localize=False
    )
    reuse = forms.BooleanField(
        label=_("Lernende dürfen die Aktivität herunterladen und weiterverwenden"),
        help_text=_("Dafür braucht sie eine Lizenz, die das erlaubt."),
        required=False,
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = language if language != UNKNOWN else ""
        named = languages(known) if known else [("", _("Bitte wählen")), *languages()]
        self.fields["language"].choices = named

    def clean(self) -> dict[str, Any]:
        """What is given away needs a licence that says so."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("reuse") and cleaned.get("license") in CLOSED:
            self.add_error("license", _("Bitte wählen Sie eine Lizenz, die Weitergeben erlaubt."))
        return cleaned


class RightsForm(forms.Form):
    """Whose a file is."""

    author = forms.CharField(
        label=_("Von wem ist die Datei?"),
        help_text=_("Selbst gemacht? Dann lassen Sie diese Felder so."),
        max_length=255,
        required=False,
    )
    license = forms.ChoiceField(label=_("Lizenz"), choices=LICENCES, required=False)
    source = forms.URLField(
        label=_("Link zum Original"), max_length=255, required=False, assume_scheme="https"
    )

    @property
    def said(self) -> dict[str, str]:
        """As it stands beside a file; empty when nothing is said."""
        asked = ("author", "license", "source")
        rights = {name: self.cleaned_data[name] for name in asked if self.cleaned_data.get(name)}
        return {} if rights.get("license", "U") == "U" and len(rights) < 2 else rights


class MediaForm(RightsForm):
    """A file from the author's own computer. What it is, is looked at where it is kept."""

    file = forms.FileField(label=_("Datei"))
    field_order = ("file", "mine", "author", "license", "source")


class BringForm(MediaForm):
    """A file from the author's own computer, in the place of one that lies on another server."""

    mine = forms.BooleanField(
        label=_("Der Film gehört uns, oder wir dürfen ihn hier zeigen"),
        error_messages={
            "required": _(
                "Bitte bestätigen Sie das. Sonst lassen Sie die Datei, wo sie ist, oder nehmen Sie sie heraus."
            )
        },
    )
