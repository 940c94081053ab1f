"""What learners and tutors fill in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from figures.actions import Voluntary
from figures.models import VoluntaryAnswers
from learning.models import MOST_ATTEMPTS, AttemptRule, CourseFeedback, Group
from learning.models.talk import LONGEST
from providers.card_forms import AgeField
from providers.models import Provider
from words.contacts import has_contact

FOR_ALL = _(
    "Andere sollen keine E-Mail-Adresse und keine Telefonnummer lesen. Nehmen Sie sie bitte heraus."
)


class FeedbackForm(forms.Form):
    """What anyone who has finished a course is asked; only the first question wants an answer."""

    helped = forms.ChoiceField(
        label=_("Ihre Antwort"),
        choices=CourseFeedback.Helped.choices,
        error_messages={"required": _("Bitte wählen Sie eine Antwort aus.")},
    )
    text = forms.CharField(
        label=_("Ein Danke oder ein Rat"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("Liste als CSV oder Excel (XLSX)"),
        help_text=_(
            "Mit Spalten wie „Vorname“, „Nachname“ und „E-Mail“. Höchstens 1 MB. Wir speichern die Datei nicht."
        ),
        widget=forms.FileInput({"accept": ".csv,.txt,.xlsx"}),
        error_messages={
            "required": _("Bitte wählen Sie eine Datei."),
            "empty": _("Die Datei ist leer. Vielleicht wurde sie nicht ganz kopiert."),
        },
    )
    age_band = AgeField()

    def __init__(self, *args: Any, provider: Provider, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if provider.kind != Provider.Kind.SCHOOL:  # nobody else has to know it
            del self.fields["age_band"]


class GroupForm(forms.Form):
    """A group: for which course, what it is called, until when and how many may join, who looks after it."""

    course = forms.ChoiceField(
        label=_("Für welchen Kurs?"),
        error_messages={"required": _("Bitte wählen Sie einen Kurs.")},
    )
    name = forms.CharField(
        label=_("Name der Gruppe"),
        max_length=80,
        help_text=_("Zum Beispiel: Donnerstag, 14 Uhr. Lernende lesen ihn."),
    )
    open_until = forms.DateField(
        label=_("Bis wann kann man beitreten?"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Der letzte Tag. Ohne Angabe geht es immer."),
    )
    size = forms.IntegerField(
        label=_("Wie viele Plätze gibt es?"),
        required=False,
        min_value=1,
        max_value=Group.MOST,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=_("Ohne Angabe gibt es keine Grenze."),
    )
    tutors = forms.MultipleChoiceField(
        label=_("Wer begleitet die Gruppe?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        courses: list[tuple[str, str]],
        tutors: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tutors"].choices = [(pk, name or _("Ohne Namen")) for pk, name in tutors]
        if courses:
            self.fields["course"].choices = [("", "–"), *courses]
        else:  # a group stays with its course
            del self.fields["course"]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_open_until(self) -> date | None:
        day: date | None = self.cleaned_data["open_until"]
        if day and day < timezone.localdate() and "open_until" in self.changed_data:
            raise forms.ValidationError(_("Dieser Tag ist schon vorbei."))
        return day


class JoinCodeForm(forms.Form):
    """The code of a group, as it stands on a sheet of paper."""

    code = forms.CharField(
        label=_("Code der Gruppe"),
        max_length=80,
        help_text=_("Ein Wort und sechs Ziffern. Er steht auf dem Blatt Ihrer Gruppe."),
    )


class ConfirmStepForm(forms.Form):
    """Why a tutor confirms a step by hand."""

    reason = forms.CharField(
        label=_("Warum?"),
        max_length=500,
        help_text=_("Diesen Satz liest auch die Person, für die Sie bestätigen."),
        error_messages={"required": _("Bitte schreiben Sie, warum Sie den Schritt bestätigen.")},
    )


class MarkForm(forms.Form):
    """What a tutor says of a written answer."""

    points = forms.FloatField(
        label=_("Punkte"),
        min_value=0,
        localize=True,
        widget=forms.TextInput({"inputmode": "decimal"}),
        error_messages={"required": _("Bitte geben Sie Punkte.")},
    )
    text = forms.CharField(
        label=_("Rückmeldung"),
        max_length=2000,
        required=False,
        help_text=_("Das liest die Person, die geantwortet hat."),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, most: float, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most
        self.fields["points"].help_text = _("Von 0 bis %(most)s.") % {"most": f"{most:g}"}

    def clean_points(self) -> float:
        points: float = self.cleaned_data["points"]
        if points > self.most:
            raise forms.ValidationError(
                _("Mehr als %(most)s Punkte gibt es hier nicht.") % {"most": f"{self.most:g}"}
            )
        return points


def _text(label: Any, *, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": _("Bitte schreiben Sie etwas.")},
    )


class TextForm(forms.Form):
    """One more sentence to a question."""

    text = _text(_("Ihre Nachricht"))


class QuestionForm(forms.Form):
    """A learner asks at a step."""

    text = _text(_("Ihre Frage"))
    may_be_shown = forms.BooleanField(
        label=_("Die anderen im Kurs dürfen Frage und Antwort lesen, ohne meinen Namen."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("may_be_shown") and has_contact(cleaned.get("text", "")):
            self.add_error("text", FOR_ALL)
        return cleaned


class ReplyForm(forms.Form):
    """A tutor answers."""

    text = _text(_("Ihre Antwort"))
    for_all = forms.BooleanField(
        label=_("Allen im Kurs zeigen, ohne den Namen der Person"), required=False
    )


class TutorMessageForm(forms.Form):
    """A tutor writes to many."""

    to = forms.ChoiceField(
        label=_("An wen?"), error_messages={"required": _("Bitte wählen Sie, wer es lesen soll.")}
    )
    text = _text(_("Nachricht"), rows=5)

    def __init__(
        self, *args: Any, receivers: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "–"), *receivers]


class AttemptRuleForm(forms.Form):
    """How often activities of a course may be tried, and which attempt is shown as the result."""

    counts = forms.ChoiceField(
        label=_("Welcher Versuch gilt in den Ergebnissen?"), choices=AttemptRule.Counts.choices
    )
    most = forms.IntegerField(
        label=_("Höchstens so viele Versuche"),
        help_text=_("Leer: so oft man will. Wer schon mehr Versuche hat, behält sie."),
        required=False,
        min_value=1,
        max_value=MOST_ATTEMPTS,
    )


class SearchForm(forms.Form):
    """A search that somebody keeps. Without an address there is nowhere to send mails."""

    name = forms.CharField(
        label=_("Name der Suche"),
        max_length=80,
        error_messages={"required": _("Bitte geben Sie der Suche einen Namen.")},
    )
    mail = forms.BooleanField(
        label=_("Schreiben Sie mir, wenn es etwas Neues gibt"),
        required=False,
        initial=True,
        help_text=_("Höchstens eine Mail am Tag. Sie können die Mails jederzeit abstellen."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not person.email:
            del self.fields["mail"]

    def wanted(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"], "mail": bool(self.cleaned_data.get("mail"))}


class VoluntaryForm(forms.Form):
    """Four questions for the city's figures; every one may stay open."""

    age = forms.ChoiceField(label=_("Wie alt sind Sie?"), required=False)
    gender = forms.ChoiceField(label=_("Sind Sie …"), required=False)
    language = forms.ChoiceField(label=_("Welche Sprache sprechen Sie zu Hause?"), required=False)
    district = forms.ChoiceField(label=_("In welchem Stadtteil wohnen Sie?"), required=False)

    def __init__(self, *args: Any, districts: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = [("", _("Keine Angabe"))]
        names = [(name, name) for name in districts]
        self.fields["age"].choices = nothing + VoluntaryAnswers.Age.choices
        self.fields["gender"].choices = nothing + VoluntaryAnswers.Gender.choices
        self.fields["language"].choices = nothing + VoluntaryAnswers.Language.choices
        if names:
            self.fields["district"].choices = nothing + names
        else:  # a city that has named none is not asked
            del self.fields["district"]

    def said(self) -> Voluntary:
        return Voluntary(**self.cleaned_data)
