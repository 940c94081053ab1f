"""What the office chooses. Everything stands in the address, so that a view can be kept and sent."""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from courses.districts import districts_of
from courses.models import Run
from courses.topics import topics
from figures.frames import Frame, Period
from figures.models import VoluntaryAnswers
from figures.questions import FigureQuestion
from reports.aims import target_of
from reports.indicators import Indicator
from reports.periods import key_of, period_of
from reports.queries.names import names

#: Parameter in the address: dimension. The order is that of the form.
DIMENSIONS = {
    "thema": "area",
    "kompetenz": "competence",
    "anbieter": "provider",
    "form": "mode",
    "alter": "age",
    "geschlecht": "gender",
    "sprache": "language",
    "stadtteil": "district",
}
TITLES = {
    "area": gettext_lazy("Thema"),
    "competence": gettext_lazy("Kompetenz"),
    "provider": gettext_lazy("Anbieter"),
    "mode": pgettext_lazy("of a course", "Form"),
    "age": gettext_lazy("Alter"),
    "gender": gettext_lazy("Geschlecht"),
    "language": gettext_lazy("Sprache zu Hause"),
    "district": gettext_lazy("Stadtteil"),
}
KINDS = {
    Frame.MONTH: gettext_lazy("Monate"),
    Frame.QUARTER: gettext_lazy("Quartale"),
    Frame.HALF: gettext_lazy("Halbjahre"),
    Frame.YEAR: gettext_lazy("Jahre"),
}
#: What is shown first: a whole quarter, as soon as there is one.
FIRST = (Frame.QUARTER, Frame.MONTH, Frame.HALF, Frame.YEAR)


class AskedFigures(NamedTuple):
    period: Period
    question: FigureQuestion


def values() -> dict[str, dict[str, str]]:
    """{dimension: {value: in words}}, in the order in which they are offered."""
    return {
        "area": topics(),
        **names(get_language()),
        "mode": {
            Run.Mode.ONLINE: _("Online"),
            Run.Mode.ONSITE: _("Vor Ort"),
            Run.Mode.BLENDED: _("Vor Ort und online"),
        },
        **_voluntary(),
    }


def _voluntary() -> dict[str, dict[str, str]]:
    """What people have said of themselves; "" for those who have not."""
    silent = {"": _("keine Angabe")}
    said = VoluntaryAnswers
    kinds = {"age": said.Age, "gender": said.Gender, "language": said.Language}
    found = {
        name: {str(value): str(says) for value, says in kind.choices}
        for name, kind in kinds.items()
    }
    found["district"] = {one.name: one.name for one in districts_of(settings.CITY)}
    return {name: words | silent for name, words in found.items()}


class PlainSelect(forms.Select):
    """Written without a template for each choice, and once for the same choices: ten long lists were a third of a page's cost."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        told = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html(
            "<select{}>{}</select>", told, _options(_plain(self.choices), str(value or ""))
        )


def _plain(choices: Any) -> tuple[Any, ...]:
    """In the words of this request's language."""
    return tuple(
        (str(value), _plain(label) if isinstance(label, list | tuple) else str(label))
        for value, label in choices
    )


@lru_cache(maxsize=500)
def _options(choices: tuple[Any, ...], chosen: str) -> SafeString:
    return format_html_join("", "{}", ([_option(value, label, chosen)] for value, label in choices))


def _option(value: str, label: Any, chosen: str) -> SafeString:
    if isinstance(label, tuple):
        return format_html('<optgroup label="{}">{}</optgroup>', value, _options(label, chosen))
    marked = mark_safe(" selected") if value == chosen else ""
    return format_html('<option value="{}"{}>{}</option>', value, marked, label)


def _select() -> forms.Select:
    return PlainSelect({"class": "ls-in"})


class FiguresForm(forms.Form):
    """Of the periods that are out. What is unknown in an address falls back to the first choice."""

    zeit = forms.ChoiceField(label=gettext_lazy("Zeitraum"), required=False, widget=_select())
    nach = forms.ChoiceField(label=gettext_lazy("Aufteilen nach"), required=False, widget=_select())

    def __init__(
        self, data: Any, *, out: dict[Frame, list[Period]], titles: dict[Period, str], known: Any
    ) -> None:
        super().__init__(data)
        self.out = out
        grouped = [
            (KINDS[frame], [(key_of(one), titles[one]) for one in out[frame]]) for frame in FIRST
        ]
        self.fields["zeit"].choices = [group for group in grouped if group[1]]
        self.fields["nach"].choices = [
            *((name, TITLES[one]) for name, one in DIMENSIONS.items()),
            ("nichts", _("Nicht aufteilen")),
        ]
        for name, dimension in DIMENSIONS.items():
            chosen = [(value, said) for value, said in known[dimension].items() if value]
            everything = [("", _("Alle")), *chosen]
            self.fields[name] = forms.ChoiceField(
                label=TITLES[dimension], required=False, choices=everything, widget=_select()
            )

    def asked(self) -> AskedFigures | None:
        """None while nothing is out."""
        self.is_valid()
        first = next((self.out[frame][0] for frame in FIRST if self.out[frame]), None)
        if not first:
            return None
        period = period_of(self._said("zeit")) or first
        where = {DIMENSIONS[name]: said for name in DIMENSIONS if (said := self._said(name))}
        if where.get("competence", "").startswith(where.get("area", "?")):
            del where["area"]  # the competence says it already
        by = DIMENSIONS.get(self._said("nach") or "thema")
        settled = {*where, *(("area",) if "competence" in where else ())}
        parts = (by,) if by and by not in settled else ()
        return AskedFigures(period, FigureQuestion(period.frame, parts, tuple(where.items())))

    def _said(self, name: str) -> str:
        """What is in the address, if it can be chosen."""
        return str(self.cleaned_data.get(name) or "")


def address_of(asked: AskedFigures) -> str:
    """The query of an address that asks just that."""
    names = {dimension: name for name, dimension in DIMENSIONS.items()}
    by = names[asked.question.by[0]] if asked.question.by else "nichts"
    chosen = "".join(f"&{names[name]}={value}" for name, value in asked.question.where)
    return f"?zeit={key_of(asked.period)}&nach={by}{chosen}"


class CorrectionForm(forms.Form):
    """Of open data: of which dataset, and what was wrong."""

    name = forms.ChoiceField(label=gettext_lazy("Datensatz"), widget=_select())
    text = forms.CharField(
        label=gettext_lazy("Was war falsch, und was gilt jetzt?"),
        help_text=gettext_lazy("In ganzen Sätzen, ohne Namen von Menschen. Alle können es lesen."),
        max_length=600,
        widget=forms.Textarea({"class": "ls-in", "rows": 4}),
    )

    def __init__(self, data: Any, *, known: dict[str, str]) -> None:
        super().__init__(data)
        self.fields["name"].choices = list(known.items())


class SavedViewForm(forms.Form):
    """The page writes its two fields by hand."""

    name = forms.CharField(max_length=80)
    query = forms.RegexField(r"^\?zeit=[\w-]+(&[a-z]+=[^&#]*)*$", max_length=400)


class GoalForm(forms.Form):
    """`now`: {indicator: its value}; a goal is more than that."""

    indicator = forms.ChoiceField(label=gettext_lazy("Was soll mehr werden?"), widget=_select())
    target = forms.CharField(
        label=gettext_lazy("Ziel"),
        help_text=gettext_lazy("Eine Zahl wie 40, oder ein Zuwachs wie +10 %."),
        max_length=20,
        widget=forms.TextInput({"class": "ls-in", "autocomplete": "off"}),
    )
    due = forms.DateField(
        label=gettext_lazy("Bis wann?"),
        widget=forms.DateInput({"class": "ls-in", "type": "date"}, format="%Y-%m-%d"),
    )
    owner = forms.CharField(
        label=gettext_lazy("Wer kümmert sich?"),
        help_text=gettext_lazy("Ein Amt oder eine Stelle, kein Name."),
        max_length=120,
        widget=forms.TextInput({"class": "ls-in"}),
    )

    def __init__(
        self, data: Any, *, known: dict[str, Indicator], now: dict[str, int | None]
    ) -> None:
        super().__init__(data)
        self.now = now
        self.fields["indicator"].choices = [(key, one.title) for key, one in known.items()]

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due <= timezone.localdate():
            raise forms.ValidationError(_("Bitte einen Tag, der noch kommt."))
        return due

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "indicator" not in said or "target" not in said:
            return said
        base = self.now[said["indicator"]]
        if base is None:
            self.add_error(
                "indicator", _("Dazu gibt es noch keine Zahl. Bitte wählen Sie etwas anderes.")
            )
            return said
        target = target_of(said["target"], base)
        if target is None:
            text = _(
                "Jetzt sind es %(now)s. Bitte eine größere Zahl, oder einen Zuwachs wie +10 %%."
            )
            self.add_error("target", text % {"now": number_format(base, force_grouping=True)})
        return said | {"base": base, "goal": target}

    def goal(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {name: said[name] for name in ("indicator", "base", "due", "owner")} | {
            "target": said["goal"]
        }


class ReportMailForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        widget=forms.EmailInput({"class": "ls-in", "autocomplete": "off"}),
    )
