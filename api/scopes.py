"""What a key or a consent opens, and how that is said."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    PARTICIPANTS = "participants:read"
    FIGURES = "figures:read"
    ENROLMENTS = "enrolments:read"
    CERTIFICATES = "certificates:read"


#: Of keys: what the head of a house gives, and what the office gives.
OF_HOUSES = {
    Scope.PARTICIPANTS: _(
        "Lesen, wer Termine Ihres Hauses gebucht hat: Name, Mail, Telefon, Preis und Anwesenheit. Nie, was jemand braucht."
    ),
}
OF_OFFICE = {
    Scope.FIGURES: _(
        "Die geschützten Zahlen der Stadt lesen, wie sie auf der Seite des Bildungsbüros stehen."
    ),
}


def offered(*, city: bool) -> dict[Scope, str]:
    return {scope: str(says) for scope, says in (OF_OFFICE if city else OF_HOUSES).items()}


#: Of consents: what somebody lets a program read of their own.
OF_LEARNERS = {
    Scope.ENROLMENTS: _("Ihre Kurse lesen: welche, wann begonnen und wie weit."),
    Scope.CERTIFICATES: _("Ihre Nachweise lesen: Titel, Nummer und ob sie gelten."),
}


class HookEvent(StrEnum):
    """What a house's program can be told of."""

    BOOKED = "booking.booked"
    CANCELLED = "booking.cancelled"
    COMPLETED = "course.completed"
    ISSUED = "certificate.issued"


#: Sent by a button, to try it.
PING = "ping"
EVENTS = {
    HookEvent.BOOKED: _("Jemand hat einen Platz gebucht"),
    HookEvent.CANCELLED: _("Jemand hat einen Platz abgesagt"),
    HookEvent.COMPLETED: _("Jemand hat einen Kurs abgeschlossen"),
    HookEvent.ISSUED: _("Ein Nachweis ist ausgestellt"),
}
