"""What those who plan fill in: places, rooms, runs, series of meetings."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import PlanRules, Room, Run, Venue
from courses.timetable import MOST, Slot, next_semester, semester_of

DATE = {"type": "date"}
EURO = re.compile(r"(\d{1,5})(?:[.,](\d{2}))?\s*(?:€|Euro)?")


def spoken_semester(semester: str) -> str:
    """ "2026-2" -> "Herbst 2026"."""
    year, half = semester.split("-")
    name = _("Frühjahr %(year)s") if half == "1" else _("Herbst %(year)s")
    return str(name % {"year": year})


def cents(text: str) -> int:
    """ "18", "18,00" or "18.00 €" -> 1800. Raises ValidationError."""
    found = EURO.fullmatch(text.strip() or "0")
    if not found:
        raise forms.ValidationError(_("Bitte schreiben Sie einen Betrag wie 18 oder 18,50."))
    return int(found[1]) * 100 + int(found[2] or 0)


def as_euros(amount: int) -> str:
    return f"{amount // 100},{amount % 100:02d}"


class VenueForm(forms.ModelForm):
    """Nothing about access is demanded: what nobody has looked at is not said."""

    class Meta:
        model = Venue
        fields = [
            *("name", "street", "postal_code", "city", "district", "way", "steps", "door_cm"),
            *("lift", "toilet", "hearing_loop", "parking", "childcare", "access_note"),
        ]
        widgets = {
            "way": forms.Textarea({"rows": 5}),
            "access_note": forms.Textarea({"rows": 3}),
            "steps": forms.TextInput({"inputmode": "numeric"}),
            "door_cm": forms.TextInput({"inputmode": "numeric"}),
        }
        help_texts = {
            "way": _("Ein Schritt je Zeile, von der Haltestelle bis zur Tür des Raums."),
            "steps": _("0, wenn man ohne Stufe hineinkommt. Leer, wenn niemand nachgesehen hat."),
        }


class RoomForm(forms.ModelForm):
    class Meta:
        model = Room
        fields = ["name", "seats"]
        widgets = {"seats": forms.TextInput({"inputmode": "numeric"})}


class RulesForm(forms.ModelForm):
    class Meta:
        model = PlanRules
        fields = [
            *("number_pattern", "number_example", "kept_days", "seat_rules", "recognised_until"),
            *("absence", "contract_here", "payment", "terms"),
        ]
        widgets = {
            "kept_days": forms.TextInput({"inputmode": "numeric"}),
            "seat_rules": forms.Textarea({"rows": 3}),
            "absence": forms.RadioSelect,
            "payment": forms.Textarea({"rows": 3}),
            "terms": forms.Textarea({"rows": 6}),
            "recognised_until": forms.DateInput(DATE, format="%Y-%m-%d"),
        }
        help_texts = {
            "number_pattern": _(r"Ein regulärer Ausdruck, zum Beispiel \d{3}-\d{5}."),
            "seat_rules": _(
                "Wer zuerst kommt, hat den Platz. Gilt bei Ihnen etwas anderes, zum Beispiel wenn jemand ohne Absage fehlt, lesen es hier alle, bevor sie buchen."
            ),
            "absence": _(
                "Das lesen alle, bevor sie buchen. Von selbst wird nur frei, wenn jemand die Liste des Treffens geführt hat. Wer einen Vertrag hat, behält den Platz."
            ),
            "contract_here": _(
                "Das ist die Vorgabe für neue Durchführungen. Bei jeder können Sie es anders wählen."
            ),
            "payment": _(
                "Zum Beispiel: Sie bekommen eine Rechnung und überweisen. Oder: bar beim ersten Treffen. Wir nehmen kein Geld ein."
            ),
            "terms": _("Sie stehen so im Vertrag. Leer: Es gilt nur, was auf der Seite steht."),
        }

    def clean_number_pattern(self) -> str:
        pattern: str = self.cleaned_data["number_pattern"]
        try:
            re.compile(pattern)
        except re.error:
            raise forms.ValidationError(_("Dieses Muster kann niemand lesen.")) from None
        return pattern


SHOP, HERE = "shop", "here"


class RunForm(forms.ModelForm):
    """A run; its meetings come on the next page."""

    course = forms.ChoiceField(label=_("Gehört zum Kurs"), required=False)
    semester = forms.ChoiceField(label=_("Semester"))
    price = forms.CharField(label=_("Preis in Euro"), required=False)
    reductions = forms.CharField(
        label=_("Ermäßigungen"),
        required=False,
        help_text=_("Eine je Zeile: Stadtpass: 9,00. Der Nachweis wird gesehen, nie gespeichert."),
        widget=forms.Textarea({"rows": 3}),
    )
    sold = forms.ChoiceField(
        label=_("Wo wird gebucht, was etwas kostet?"),
        choices=[(SHOP, _("Im Buchungs-System des Hauses")), (HERE, _("Hier, mit Vertrag"))],
        initial=SHOP,
        required=False,
        widget=forms.RadioSelect,
    )
    leaders = forms.MultipleChoiceField(
        label=_("Wer aus Ihrem Haus leitet?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    shop_url = forms.URLField(
        label=_("Adresse im Buchungs-System des Hauses"), required=False, assume_scheme="https"
    )
    link = forms.URLField(
        label=_("Link zum Videotreffen"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Ihn sieht nur, wer einen Platz hat."),
    )

    class Meta:
        model = Run
        fields = [
            *("title", "course", "kind", "mode", "lead", "semester", "number", "led_by", "leaders"),
            *("seats_max", "seats_min", "book_until", "cancel_until", "price", "reductions"),
            *("sold", "shop_url", "link", "bring", "audience", "interpreter"),
            *("educational_leave", "zfu_number"),
        ]
        widgets = {
            "lead": forms.Textarea({"rows": 3}),
            "bring": forms.Textarea({"rows": 3}),
            "seats_max": forms.TextInput({"inputmode": "numeric"}),
            "seats_min": forms.TextInput({"inputmode": "numeric"}),
            "book_until": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "cancel_until": forms.DateTimeInput(
                {"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        }
        help_texts = {
            "bring": _("Eine Sache je Zeile."),
            "seats_max": _("Leer, wenn es keine Grenze gibt."),
            "led_by": _("So liest es die Öffentlichkeit."),
            "zfu_number": _(
                "Nur für bezahlten Fernunterricht: meist allein am Bildschirm, mit geprüften Aufgaben."
            ),
        }

    def __init__(
        self,
        *args: Any,
        courses: list[tuple[str, str]],
        people: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        now = semester_of(timezone.localdate())
        known = {now, next_semester(now), next_semester(next_semester(now))}
        known |= {self.instance.semester} - {""}
        self.fields["semester"].choices = [(one, spoken_semester(one)) for one in sorted(known)]
        self.fields["course"].choices = [("", _("Keinem: Es steht für sich")), *courses]
        self.fields["leaders"].choices = [(pk, name or _("Ohne Namen")) for pk, name in people]

    def clean_price(self) -> int:
        return cents(self.cleaned_data["price"])

    def clean_course(self) -> str | None:
        return self.cleaned_data["course"] or None

    def clean_reductions(self) -> list[dict[str, Any]]:
        lines = [line for line in self.cleaned_data["reductions"].splitlines() if line.strip()]
        return [self._reduction(line) for line in lines[:8]]

    @staticmethod
    def _reduction(line: str) -> dict[str, Any]:
        name, colon, amount = line.rpartition(":")
        if not colon or not name.strip():
            raise forms.ValidationError(_("Bitte schreiben Sie so: Stadtpass: 9,00"))
        return {"name": name.strip()[:80], "price": cents(amount)}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        informal = said.get("kind") in Run.INFORMAL
        if informal and (said.get("seats_max") or said.get("price") or said.get("shop_url")):
            text = _("Was ohne Anmeldung ist, hat keine Plätze, keinen Preis und keinen Shop.")
            self.add_error("kind", text)
        here = said.get("sold") == HERE
        if here and said.get("shop_url"):
            text = _("Gebucht wird hier oder dort. Nehmen Sie die Adresse weg, oder wählen Sie das Buchungs-System.")  # fmt: skip
            self.add_error("shop_url", text)
        said["contract"] = here and bool(said.get("price")) and not informal
        least, most = said.get("seats_min"), said.get("seats_max")
        if least and most and least > most:
            self.add_error("seats_min", _("Das sind mehr, als es Plätze gibt."))
        return said

    def fields_of_run(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {name: said[name] for name in said.keys() - {"leaders", "link", "sold"}}


class WhereField(forms.ChoiceField):
    """A place, or a room in it: "3" or "3/7"."""

    def __init__(self) -> None:
        super().__init__(label=_("Ort und Raum"), required=False)

    def offer(self, venues: list[Venue], room: int | None = None) -> None:
        """`room`: one that may be closed, because somebody is in it already."""
        choices: list[tuple[str, str]] = [("", str(_("Online, ohne Ort")))]
        for venue in venues:
            choices.append((str(venue.pk), venue.name))
            rooms = [one for one in venue.rooms.all() if not one.closed_at or one.pk == room]
            choices += [(f"{venue.pk}/{one.pk}", f"{venue.name}, {one.name}") for one in rooms]
        self.choices = choices


class MeetingForm(forms.Form):
    """One meeting: day, from, to, where."""

    on = forms.DateField(
        label=pgettext_lazy("calendar", "Tag"), widget=forms.DateInput(DATE, format="%Y-%m-%d")
    )
    begins = forms.TimeField(
        label=_("Beginn"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("Ende"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    where = WhereField()

    def __init__(
        self, *args: Any, venues: list[Venue], room: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.venues = venues
        self.fields["where"].offer(venues, room)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        begins, ends = said.get("begins"), said.get("ends")
        if isinstance(begins, time) and isinstance(ends, time) and ends <= begins:
            self.add_error("ends", _("Das Ende liegt vor dem Beginn."))
        return said

    def place(self) -> tuple[Venue | None, Room | None]:
        venue, _slash, room = self.cleaned_data["where"].partition("/")
        chosen = next((one for one in self.venues if str(one.pk) == venue), None)
        rooms = chosen.rooms.all() if chosen else []
        return chosen, next((one for one in rooms if str(one.pk) == room), None)


class SeriesForm(MeetingForm):
    """Several meetings: every so many weeks, not on free days."""

    count = forms.IntegerField(
        label=_("Wie oft?"),
        min_value=1,
        max_value=MOST,
        initial=1,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    weeks = forms.IntegerField(
        label=_("Alle wie viele Wochen?"),
        min_value=1,
        max_value=12,
        initial=1,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    no_free_days = forms.BooleanField(
        label=_("Nicht an Feiertagen und in den Schulferien"), required=False, initial=True
    )
    anyway = forms.BooleanField(
        label=_("Trotzdem, auch wenn Raum oder Leitung schon belegt sind"), required=False
    )
    field_order = ["on", "begins", "ends", "count", "weeks", "no_free_days", "where", "anyway"]


class CopyForm(forms.Form):
    first = forms.DateField(label=_("Erster Tag"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))

    def clean_first(self) -> date:
        first: date = self.cleaned_data["first"]
        if first < timezone.localdate():
            raise forms.ValidationError(_("Dieser Tag ist schon vorbei."))
        return first


def slots_overlap_text(slots: list[Slot]) -> str:
    """The days on which something else is on already."""
    return ", ".join(timezone.localtime(one.starts_at).strftime("%d.%m.%Y") for one in slots)


class ProgrammeForm(forms.Form):
    file = forms.FileField(
        label=_("Liste als CSV oder Excel (XLSX)"),
        help_text=_(
            "Eine Zeile je Durchführung oder je Termin, mit Spalten wie „Kursnummer“, „Titel“, „Datum“, „Beginn“, „Ende“, „Ort“, „Plätze“. Höchstens 1 MB. Wir speichern die Datei nicht."
        ),
        widget=forms.FileInput({"accept": ".csv,.txt,.xlsx"}),
        error_messages={
            "required": _("Bitte wählen Sie eine Datei."),
            "empty": _("Die Datei ist leer. Vielleicht wurde sie nicht ganz kopiert."),
        },
    )


COLUMNS = {
    "number": _("Kursnummer"),
    "title": _("Titel"),
    "semester": _("Semester"),
    "course": _("Gehört zum Kurs"),
    "kind": _("Art"),
    "mode": _("Form"),
    "lead": _("Worum es geht"),
    "led_by": _("Leitung"),
    "on": _("Tag oder Tage"),
    "begins": _("Beginn"),
    "ends": _("Ende"),
    "times": _("Wie oft?"),
    "weeks": _("Alle wie viele Wochen?"),
    "venue": _("Name des Ortes"),
    "room": _("Name des Raums"),
    "seats_min": _("Findet statt ab"),
    "seats_max": _("Plätze"),
    "price": _("Preis in Euro"),
    "reductions": _("Ermäßigungen"),
    "bring": _("Bringen Sie mit"),
    "audience": _("Für wen"),
}


class ColumnsForm(forms.Form):
    """What each column of a list is; "" is not read. Two columns of one kind are a mistake."""

    def __init__(self, *args: Any, rows: list[list[str]], columns: dict[str, int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = {at: what for what, at in columns.items()}
        for at, head in enumerate(rows[0]):
            example = next((row[at] for row in rows[1:] if at < len(row) and row[at]), "")
            self.fields[f"c{at}"] = forms.ChoiceField(
                label=head or _("Spalte %(number)s") % {"number": at + 1},
                help_text=escape(example[:80]),  # a help text is HTML
                choices=[("", _("wird nicht gelesen")), *COLUMNS.items()],
                required=False,
                initial=kinds.get(at, ""),
            )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        seen: set[str] = set()
        for name, what in [*said.items()]:
            if what and what in seen:
                self.add_error(name, _("Das ist schon eine andere Spalte."))
            seen.add(what)
        return said

    def columns(self) -> dict[str, int]:
        return {what: int(name[1:]) for name, what in self.cleaned_data.items() if what}
