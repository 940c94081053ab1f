"""What is asked on the desk's pages about whole courses."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from courses import handouts
from courses.advice import in_words
from courses.models import CityEvent, Competence, Concept, ConceptLabel, CourseIndexPage, Issue
from courses.packages import LIMITS, BadPackage, PackageProblem
from courses.queries.course_at_desk import PageAtDesk
from courses.starters import starters
from files import BadFile
from providers.advice import in_words as file_in_words
from words.search import heard

EMPTY = "leer"


class LinesField(forms.CharField):
    """Words over several lines. A line break is one character of the limit, as the browser counts it."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class WordsForm(forms.Form):
    """For the person who hands a course in, or over."""

    words = LinesField(
        label=_("Worauf soll man achten?"),
        help_text=_("Zum Beispiel: Schritt 3 ist neu. Stimmen die Angaben zum Antrag?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )


class AnswerForm(forms.Form):
    """For the person who gives a course back."""

    answer = LinesField(
        label=_("Was soll geändert werden?"),
        help_text=_("Die Autorin oder der Autor bekommt diese Worte per E-Mail."),
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=10,
        max_length=4000,
    )


class RemarkForm(forms.Form):
    """For the office, at a place of a proof."""

    place = forms.CharField(widget=forms.HiddenInput, max_length=120)
    text = LinesField(
        label=_("Ihre Anmerkung"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class PublishForm(forms.Form):
    """Which drafts, and as what they are printed. A draft is chosen together with its revision, as it was shown."""

    pages = forms.MultipleChoiceField(
        label=_("Das wird veröffentlicht"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens eine Seite.")},
    )
    issue = forms.ChoiceField(
        label=_("Als was soll gedruckt werden?"), choices=Issue.choices, widget=forms.RadioSelect
    )
    news = LinesField(
        label=_("Was ist neu?"),
        help_text=_("Nur für eine neue Ausgabe: ein, zwei Sätze für alle, die schon lernen."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=600,
        required=False,
    )

    def __init__(
        self, *args: Any, drafts: Sequence[PageAtDesk], first: bool, proposed: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.drafts = {_value(draft): draft for draft in drafts}
        self.fields["pages"].choices = [(v, _label(d)) for v, d in self.drafts.items()]
        self.fields["pages"].required = bool(drafts)
        self.fields["pages"].error_messages["invalid_choice"] = gettext(
            "Inzwischen hat jemand daran geschrieben oder es veröffentlicht. Bitte sehen Sie noch einmal hin."
        )
        self.fields["issue"].initial = proposed
        if not drafts:  # lessons were moved or deleted: there is only that to print
            self.fields["pages"].widget = forms.MultipleHiddenInput()
        if first:  # nobody has started, so there is nothing to ask
            del self.fields["issue"], self.fields["news"]

    @property
    def chosen(self) -> dict[int, int]:
        """{page id: revision id}"""
        pages = (self.drafts[value].page for value in self.cleaned_data["pages"])
        return {page.pk: page.latest_revision_id for page in pages}


def tick(drafts: Sequence[PageAtDesk], pages: Sequence[int]) -> list[str]:
    """The values of `pages` to begin with: those of `pages`, or everything that is new."""
    wanted = [d for d in drafts if (d.page.pk in pages if pages else d.is_new)]
    return [_value(draft) for draft in wanted]


def _value(draft: PageAtDesk) -> str:
    """With the moment it was saved: an author who goes on writing saves into the same revision for some minutes."""
    saved = draft.page.latest_revision_created_at
    return f"{draft.page.pk}:{draft.page.latest_revision_id}:{saved.timestamp() if saved else 0}"


def _label(draft: PageAtDesk) -> str:
    title = draft.page.draft_title or draft.page.title
    if draft.language != "de":
        title = f"{title} ({draft.page.locale.get_display_name()})"
    if draft.stopping:
        barriers = ngettext("%(n)s Hindernis", "%(n)s Hindernisse", draft.stopping)
        return f"{title}: {barriers % {'n': draft.stopping}}"
    return str(title)


class EasyReviewForm(forms.Form):
    """Who has tested the plain German variant. Their name is public: it stands under every step."""

    group = forms.CharField(
        label=_("Wer hat den Text geprüft?"),
        help_text=_(
            "Die Gruppe oder Einrichtung und wie viele, zum Beispiel: Prüf-Gruppe der Lebenshilfe, 3 Personen. Nennen Sie keine Namen von Menschen."
        ),
        min_length=5,
        max_length=160,
    )
    on = forms.DateField(
        label=_("Wann?"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    read = forms.BooleanField(
        label=_(
            "Menschen, für die Leichte Sprache gemacht ist, haben alle Schritte gelesen, so wie sie jetzt veröffentlicht sind. Was sie nicht verstanden haben, ist geändert."
        ),
        error_messages={"required": _("Ohne das heißt der Text „Einfache Sprache (Entwurf)“.")},
    )

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError(_("Der Tag liegt in der Zukunft."))
        return on


class NewCourseForm(forms.Form):
    """A course from a template, or from nothing."""

    title = forms.CharField(
        label=_("Wie heißt der Kurs?"),
        min_length=3,
        max_length=120,
        error_messages={
            "min_length": _("Der Titel ist zu kurz. Nehmen Sie mindestens drei Zeichen.")
        },
    )
    template = forms.ChoiceField(
        label=_("Womit fangen Sie an?"), widget=forms.RadioSelect, initial=EMPTY
    )
    index_page = forms.ModelChoiceField(
        CourseIndexPage.objects.none(), label=_("Für welchen Anbieter?")
    )

    def __init__(self, *args: Any, index_pages: QuerySet[CourseIndexPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.key, f"{each.name}: {each.says}") for each in starters()]
        self.fields["template"].choices = [(EMPTY, _("Leerer Kurs")), *named]
        _one_of_my(self, index_pages)


class PackageForm(forms.Form):
    """A course that comes as a file."""

    file = forms.FileField(
        label=_("Kurs-Datei"),
        help_text=_(
            "Eine Datei auf .zip, die jemand aus einer Lernstadt mitgenommen hat: ein Kurs oder alle Kurse eines Anbieters."
        ),
        widget=forms.FileInput({"accept": ".zip"}),
    )
    index_page = forms.ModelChoiceField(
        CourseIndexPage.objects.none(), label=_("Für welchen Anbieter?")
    )

    def __init__(self, *args: Any, index_pages: QuerySet[CourseIndexPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_of_my(self, index_pages)

    def clean_file(self) -> bytes:
        """Its content; never more than a package may have."""
        upload: UploadedFile = self.cleaned_data["file"]
        if upload.size and upload.size > LIMITS.file:
            raise ValidationError(in_words(BadPackage([PackageProblem("too-big")])))
        return upload.read()


class HandoutForm(forms.Form):
    """A handout a course begins from. `handout`: what is in it, once the form is valid."""

    file = forms.FileField(
        label=_("Arbeitsblatt"),
        allow_empty_file=True,  # `handouts` says it in our words
        help_text=_("Word (.docx), Writer (.odt) oder PDF, höchstens %(size)s MB.")
        % {"size": handouts.LARGEST // 1024**2},
        widget=forms.FileInput({"accept": ",".join(f".{one}" for one in handouts.ENDINGS)}),
    )
    index_page = forms.ModelChoiceField(
        CourseIndexPage.objects.none(), label=_("Für welchen Anbieter?")
    )

    def __init__(self, *args: Any, index_pages: QuerySet[CourseIndexPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_of_my(self, index_pages)

    def clean_file(self) -> handouts.Handout:
        upload: UploadedFile = self.cleaned_data["file"]
        try:
            if upload.size and upload.size > handouts.LARGEST:
                raise BadFile("size")
            return handouts.read(upload.read(), str(upload.name))
        except BadFile as bad:
            raise ValidationError(file_in_words(bad)) from bad


class AdoptForm(forms.Form):
    """Somebody else's course, for one of one's own index pages."""

    course = forms.UUIDField(widget=forms.HiddenInput)
    index_page = forms.ModelChoiceField(
        CourseIndexPage.objects.none(), label=_("Für welchen Anbieter?")
    )

    def __init__(self, *args: Any, index_pages: QuerySet[CourseIndexPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_of_my(self, index_pages)


def _one_of_my(form: forms.Form, index_pages: QuerySet[CourseIndexPage]) -> None:
    """With a single index page there is nothing to ask."""
    form.fields["index_page"].queryset = index_pages
    if len(index_pages) == 1:
        form.fields["index_page"].initial = index_pages[0]
        form.fields["index_page"].widget = forms.HiddenInput()
        form.order_fields(["index_page"])


#: Languages whose words the search knows, in their own names.
LANGUAGES_OF_WORDS = (
    *(("de", "Deutsch"), ("de-simple", _("Einfache Sprache")), ("en", "English")),
    *(("tr", "Türkçe"), ("ru", "Русский"), ("uk", "Українська"), ("ar", "العربية")),
    *(("ro", "Română"), ("fa", "فارسی")),
)


def _says_something(text: str) -> None:
    if not heard(text):
        raise ValidationError(_("Schreiben Sie ein Wort."))


class ConceptForm(forms.Form):
    """A new concept of the search."""

    name = forms.CharField(label=_("Wie heißt es?"), max_length=60, validators=[_says_something])
    competence = forms.ModelChoiceField(
        label=_("Zu welcher Kompetenz gehört es?"), queryset=Competence.objects.order_by("code")
    )


class LabelForm(forms.Form):
    """A word for a concept."""

    text = forms.CharField(
        label=_("Wort"),
        help_text=_("So, wie Menschen es tippen. Auch zwei oder drei Wörter."),
        max_length=120,
        validators=[_says_something],
    )
    language = forms.ChoiceField(label=_("Sprache"), choices=LANGUAGES_OF_WORDS)
    kind = forms.ChoiceField(
        label=_("Art"), choices=ConceptLabel.Kind.choices, initial=ConceptLabel.Kind.ALT
    )


class MergeForm(forms.Form):
    """Two concepts that are one."""

    into = forms.ModelChoiceField(
        label=_("Kennung des anderen Begriffs"),
        queryset=Concept.objects.filter(merged_into=None),
        to_field_name="key",
        widget=forms.TextInput,
    )

    def __init__(self, *args: Any, concept: Concept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.concept = concept

    def clean_into(self) -> Concept:
        into: Concept = self.cleaned_data["into"]
        if into == self.concept:
            raise ValidationError(_("Das ist derselbe Begriff."))
        return into


class BeginMissingForm(forms.Form):
    """Where somebody begins what is sought in vain."""

    index_page = forms.ModelChoiceField(
        CourseIndexPage.objects.none(), label=_("Für welchen Anbieter?")
    )

    def __init__(self, *args: Any, index_pages: QuerySet[CourseIndexPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_of_my(self, index_pages)


class CityEventForm(forms.ModelForm):
    """A day, or some, of the education calendar."""

    url = forms.URLField(
        label=_("Adresse im Netz"),
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.URLInput({"class": "ls-in"}),
    )

    class Meta:
        model = CityEvent
        fields = ("title", "first", "last", "place", "text", "url")
        widgets: ClassVar = {
            "title": forms.TextInput({"class": "ls-in"}),
            "first": forms.DateInput({"class": "ls-in", "type": "date"}, format="%Y-%m-%d"),
            "last": forms.DateInput({"class": "ls-in", "type": "date"}, format="%Y-%m-%d"),
            "place": forms.TextInput({"class": "ls-in"}),
            "text": forms.Textarea({"class": "ls-in", "rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last"].required = False
        self.fields["last"].help_text = _("Leer: nur ein Tag.")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first = said.get("first")
        said["last"] = said.get("last") or first
        if first and said["last"] < first:
            self.add_error("last", _("Der letzte Tag liegt vor dem ersten."))
        return said
