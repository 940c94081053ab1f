"""What owners and the office fill in."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.limits import may_be_mailed
from accounts.models import AuditEvent, User
from providers.actions.closing import earliest_last_day
from providers.addresses import part_of_address
from providers.audit import said
from providers.models import Membership, Provider
from providers.permissions import ROLES
from providers.places import LEARNING, Place
from providers.queries import (
    actors,
    audit_events,
    open_invitations,
    providers_like,
    was_given,
)
from providers.school_years import MOST_MONTHS
from words.emails import canonical

Role = Membership.Role

#: What a role is for, in one sentence. The order is that of the page.
SENTENCES = {
    Role.AUTHOR: _("Schreibt Kurse und gibt sie zur Prüfung."),
    Role.REVIEWER: _("Prüft Kurse, ändert und veröffentlicht sie, legt aber keine neuen an."),
    Role.TUTOR: _("Begleitet Lernende und sieht, was sie in Ihren Kursen tun."),
    Role.OWNER: _("Darf alles davon. Lädt Menschen ein, gibt Rollen und liest das Protokoll."),
}
GIVEN = [str(role) for role in SENTENCES if not ROLES[role].city_only]
#: In the address of a filtered record: actions that nobody did but the platform.
PLATFORM = "0"
LATEST = timedelta(days=730)  # for a last day that is announced


def choices(roles: list[str]) -> list[tuple[str, str]]:
    return [(role, f"{Role(role).label}: {SENTENCES[Role(role)]}") for role in roles]


class RoleForm(forms.Form):
    """A further role for somebody who is here already."""

    role = forms.ChoiceField(
        label=_("Welche Rolle kommt dazu?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie eine Rolle.")},
    )

    def __init__(self, *args: Any, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = choices([role for role in GIVEN if role not in roles])


MAILED_ENOUGH = _(
    "An diese Adresse sind heute schon mehrere Einladungen gegangen. Warten Sie bitte bis morgen."
)


class MailsAnInvitation(forms.BaseForm):
    """To the address in the field `mailed`; only what is right otherwise is counted."""

    mailed = "owner"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not may_be_mailed("invite", cleaned[self.mailed]):
            self.add_error(self.mailed, MAILED_ENOUGH)
        return cleaned


class InviteForm(MailsAnInvitation, forms.Form):
    mailed = "email"
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        help_text=_("Dorthin schicken wir die Einladung. Sie gilt 14 Tage."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    roles = forms.MultipleChoiceField(
        label=_("Welche Rollen soll die Person bekommen?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens eine Rolle.")},
    )

    def __init__(self, *args: Any, provider: Provider, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.provider = provider
        self.fields["roles"].choices = choices(GIVEN)

    def clean_email(self) -> str:
        email = canonical(self.cleaned_data["email"])
        if open_invitations(self.provider).filter(email__iexact=email).exists():
            raise forms.ValidationError(
                _(
                    "Diese Adresse ist schon eingeladen. Sie können die Einladung noch einmal schicken oder zurückziehen."
                )
            )
        return email


class FirstOwnerForm(MailsAnInvitation, forms.Form):
    """The office appoints anyone who lets everybody else in."""

    owner = forms.EmailField(
        label=_("E-Mail-Adresse der Leitung"),
        help_text=_("Diese Person bekommt eine Einladung. Sie lädt dann alle anderen ein."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )


class ProviderForm(MailsAnInvitation, forms.ModelForm):
    """A new provider, and who is to lead it."""

    slug = forms.CharField(
        label=_("Adresse im Internet"),
        required=False,
        max_length=60,
        help_text=_(
            "Nur kleine Buchstaben, Ziffern und Striche. Bleibt das Feld leer, bilden wir die Adresse aus dem kurzen Namen."
        ),
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "unique": _(
                "Diese Adresse hat schon ein anderer Anbieter. Bitte wählen Sie eine andere."
            )
        },
    )
    owner = FirstOwnerForm.base_fields["owner"]

    class Meta:
        model = Provider
        fields = ["name", "short_name", "slug", "kind", "mark", "brand", "email"]
        labels = {"email": _("E-Mail-Adresse für Anfragen")}
        help_texts = {
            "short_name": _("Steht auf Karten und Schildern, zum Beispiel „VHS“."),
            "mark": _("Höchstens vier Buchstaben. Sie stehen im farbigen Feld vor dem Namen."),
            "brand": _("Für Linie und Zeichen. Alle Farben sind gut lesbar."),
            "email": _("Steht öffentlich auf der Seite des Anbieters."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in Provider.Kind.choices if kind[0] != Provider.Kind.CITY]
        self.fields["kind"].choices = [("", _("Bitte wählen")), *kinds]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Provider.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                _(
                    "So heißt schon ein anderer Anbieter. Bitte unterscheiden Sie die beiden im Namen."
                )
            )
        return name

    def clean_slug(self) -> str:
        typed = self.cleaned_data["slug"] or self.cleaned_data.get("short_name", "")
        slug = part_of_address(typed)[:60]
        if not slug:
            raise forms.ValidationError(_("Bitte geben Sie eine Adresse ein, zum Beispiel „vhs“."))
        if was_given(slug, self.instance):
            raise forms.ValidationError(self.fields["slug"].error_messages["unique"])
        return slug


class ProviderFilter(forms.Form):
    """Which providers to show. Everything may stay open; what does not exist narrows nothing down."""

    READS = ("art", "zugang")
    art = forms.ChoiceField(label=_("Art"), required=False)
    zugang = forms.ChoiceField(label=_("Wie kommt man hinein?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in Provider.Kind.choices if kind[0] != Provider.Kind.CITY]
        ways = [way for way in Provider.Access.choices if way[0] != Provider.Access.STEPS]
        self.fields["art"].choices = [("", _("Alle")), *kinds]
        self.fields["zugang"].choices = [("", _("Egal")), *ways]

    def chosen(self) -> list[str] | None:
        """Their addresses. None: all of them."""
        self.full_clean()
        kind, access = (self.cleaned_data.get(name, "") for name in self.READS)
        return providers_like(kind, access) if kind or access else None


class RecordFilter(forms.Form):
    """Which actions to show: whose, which, and from when to when. Everything may stay open."""

    person = forms.ChoiceField(label=_("Wer"), required=False)
    action = forms.ChoiceField(label=_("Was"), required=False)
    since = forms.DateField(
        label=pgettext_lazy("period", "Von"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Bis"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, provider: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.events = audit_events(provider)
        people = [
            (str(pk or PLATFORM), name or _("Die Plattform")) for pk, name in actors(provider)
        ]
        self.fields["person"].choices = [("", _("Alle")), *people]
        done = self.events.order_by("action").values_list("action", flat=True).distinct()
        words = sorted(
            ((action, said(action)) for action in done), key=lambda choice: choice[1].lower()
        )
        self.fields["action"].choices = [("", _("Alles")), *words]
        for field in self.fields.values():
            field.error_messages["invalid"] = _(
                "Bitte geben Sie ein Datum ein, zum Beispiel 24.12.2026."
            )
            field.error_messages["invalid_choice"] = _(
                "Das gibt es hier nicht. Bitte wählen Sie neu."
            )

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("„Bis“ liegt vor „Von“. Bitte tauschen Sie die Tage."))

    def found(self) -> QuerySet[AuditEvent]:
        """The actions asked for; a field that was filled in wrongly narrows nothing down."""
        self.full_clean()
        asked, events = self.cleaned_data, self.events
        if person := asked.get("person"):
            events = events.filter(actor_id=None if person == PLATFORM else int(person))
        if action := asked.get("action"):
            events = events.filter(action=action)
        if since := asked.get("since"):
            events = events.filter(at__gte=_midnight(since))
        if until := asked.get("until"):
            events = events.filter(at__lt=_midnight(until + timedelta(days=1)))
        return events


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class HandOverForm(forms.Form):
    """Which of their colleagues goes on with the work of somebody who leaves."""

    successor = forms.ChoiceField(widget=forms.RadioSelect, label=_("Wer macht weiter?"))

    def __init__(self, data: QueryDict | None = None, *, colleagues: Sequence[User]) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in colleagues}
        self.fields["successor"].choices = [(pk, str(one)) for pk, one in self.people.items()]

    @property
    def chosen(self) -> User:
        return self.people[self.cleaned_data["successor"]]


class ClosingForm(forms.Form):
    """The last day of a provider that leaves."""

    last_day = forms.DateField(
        label=_("Was ist der letzte Tag?"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Bitte nennen Sie den letzten Tag.")},
    )
    sure = forms.BooleanField(
        label=_("Ja, wir hören an diesem Tag auf."),
        error_messages={"required": _("Bitte bestätigen Sie, dass Sie aufhören.")},
    )

    def __init__(self, data: QueryDict | None = None, *, provider: Provider) -> None:
        super().__init__(data)
        self.earliest = earliest_last_day()
        text = _("Frühestens am %(day)s. So haben die Lernenden mindestens zwei Wochen.")
        field = self.fields["last_day"]
        field.help_text = text % {"day": formats.date_format(self.earliest)}
        field.initial = provider.closes_on
        field.widget.attrs["min"] = self.earliest.isoformat()

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.earliest:
            text = _("Das ist zu früh. Der letzte Tag ist frühestens der %(day)s.")
            raise forms.ValidationError(text % {"day": formats.date_format(self.earliest)})
        if day > self.earliest + LATEST:
            raise forms.ValidationError(
                _("Das ist mehr als zwei Jahre hin. Bitte prüfen Sie das Jahr.")
            )
        return day


class MonthsForm(forms.Form):
    """How long a school keeps accounts of pupils beyond the school year."""

    months = forms.IntegerField(
        label=_("Wie viele Monate nach dem Schuljahr löschen wir?"),
        help_text=_("0 bis 12. Es gilt für Konten, die ab jetzt entstehen oder verlängert werden."),
        min_value=0,
        max_value=MOST_MONTHS,
    )


class FirstPlaceForm(forms.Form):
    first = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        label=_("Was soll nach dem Anmelden zuerst kommen?"),
    )

    def __init__(
        self, data: QueryDict | None = None, *, places: Sequence[Place], first: str
    ) -> None:
        super().__init__(data)
        self.fields["first"].choices = [
            *([("", _("Die Seite mit allen Plätzen"))] if len(places) > 1 else []),
            *((place.key, f"{place.name}: {place.work}") for place in places),
            (LEARNING, _("Mein Lernen")),
        ]
        keys = [key for key, _label in self.fields["first"].choices]
        self.fields["first"].initial = first if first in keys else keys[0]


class HeadsForm(forms.Form):
    """What the office writes to all heads."""

    subject = forms.CharField(label=_("Betreff"), max_length=120)
    text = forms.CharField(
        label=_("Nachricht"), max_length=3000, widget=forms.Textarea({"rows": 8})
    )
