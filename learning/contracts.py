"""The words of a contract about a seat, pure: what is agreed, and the right of withdrawal as the law words it.

They are German in every language of the interface, because that is the language of the contract. They are a draft: a provider has
them checked by its own counsel. `VERSION` changes with every word of them.
"""

import hashlib
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from courses.guards import ContractHouse

VERSION = "2026-11-30"
#: Days (§ 355 (2) BGB).
PERIOD = timedelta(days=14)
#: Said by the person, with a tick, where a course begins before the period is over (§ 356 (4), § 357a (2) BGB).
EARLY = (
    "Ich verlange ausdrücklich, dass der Kurs vor dem Ende der Widerrufsfrist beginnt. Ich weiß: Widerrufe ich danach, zahle ich"
    " den Teil, der bis dahin stattgefunden hat. Hat der Kurs ganz stattgefunden, kann ich nicht mehr widerrufen."
)
#: Anlage 1 zu Artikel 246a § 1 Absatz 2 Satz 2 EGBGB, for services, with a withdrawal function (§ 356a BGB).
WITHDRAWAL = """Widerrufsbelehrung

Widerrufsrecht

Sie haben das Recht, binnen vierzehn Tagen ohne Angabe von Gründen diesen Vertrag zu widerrufen.

Die Widerrufsfrist beträgt vierzehn Tage ab dem Tag des Vertragsabschlusses.

Um Ihr Widerrufsrecht auszuüben, müssen Sie uns ({address}) mittels einer eindeutigen Erklärung (z. B. ein mit der Post versandter Brief oder eine E-Mail) über Ihren Entschluss, diesen Vertrag zu widerrufen, informieren. Sie können dafür das beigefügte Muster-Widerrufsformular verwenden, das jedoch nicht vorgeschrieben ist.

Sie können Ihr Widerrufsrecht auch online unter {url} ausüben. Wenn Sie diese Online-Funktion nutzen, übermitteln wir Ihnen auf einem dauerhaften Datenträger (z. B. durch eine E-Mail) unverzüglich eine Eingangsbestätigung mit Informationen zum Inhalt der Widerrufserklärung sowie dem Datum und der Uhrzeit ihres Eingangs.

Zur Wahrung der Widerrufsfrist reicht es aus, dass Sie die Mitteilung über die Ausübung des Widerrufsrechts vor Ablauf der Widerrufsfrist absenden.

Folgen des Widerrufs

Wenn Sie diesen Vertrag widerrufen, haben wir Ihnen alle Zahlungen, die wir von Ihnen erhalten haben, unverzüglich und spätestens binnen vierzehn Tagen ab dem Tag zurückzuzahlen, an dem die Mitteilung über Ihren Widerruf dieses Vertrags bei uns eingegangen ist. Für diese Rückzahlung verwenden wir dasselbe Zahlungsmittel, das Sie bei der ursprünglichen Transaktion eingesetzt haben, es sei denn, mit Ihnen wurde ausdrücklich etwas anderes vereinbart; in keinem Fall werden Ihnen wegen dieser Rückzahlung Entgelte berechnet.

Haben Sie verlangt, dass die Dienstleistungen während der Widerrufsfrist beginnen soll, so haben Sie uns einen angemessenen Betrag zu zahlen, der dem Anteil der bis zu dem Zeitpunkt, zu dem Sie uns von der Ausübung des Widerrufsrechts hinsichtlich dieses Vertrags unterrichten, bereits erbrachten Dienstleistungen im Vergleich zum Gesamtumfang der im Vertrag vorgesehenen Dienstleistungen entspricht."""
#: Anlage 2 zu Artikel 246a § 1 Absatz 2 Satz 1 Nummer 1 und § 2 Absatz 2 Nummer 2 EGBGB.
MODEL_FORM = """Muster-Widerrufsformular

(Wenn Sie den Vertrag widerrufen wollen, dann füllen Sie bitte dieses Formular aus und senden Sie es zurück.)

– An {address}:
– Hiermit widerrufe(n) ich/wir (*) den von mir/uns (*) abgeschlossenen Vertrag über die Erbringung der folgenden Dienstleistung (*)
– Bestellt am (*)
– Name des/der Verbraucher(s)
– Anschrift des/der Verbraucher(s)
– Unterschrift des/der Verbraucher(s) (nur bei Mitteilung auf Papier)
– Datum

(*) Unzutreffendes streichen."""


class Agreed(NamedTuple):
    """What two sides agree on, in words; `early`: the course begins before the period of withdrawal is over."""

    house: ContractHouse
    title: str
    about: str
    number: str
    meetings: tuple[str, ...]
    bring: str
    buyer: str
    attendee: str
    price: str
    price_name: str
    cancel_until: str
    early: bool
    url: str  # where it is withdrawn from


class ContractText(NamedTuple):
    """The whole of it, and its seal: who presses the button has read this and nothing else."""

    text: str
    seal: str
    early: bool


def contract_text(agreed: Agreed) -> ContractText:
    house = agreed.house
    address = ", ".join(
        (house.name, house.street, house.city, f"Telefon {house.phone}", f"E-Mail {house.email}")
    )
    parts = [
        *_subject(agreed),
        *_money(agreed),
        f"Ihre Bedingungen\n\n{house.terms}" if house.terms else "",
        f"Beginn vor dem Ende der Widerrufsfrist\n\n{EARLY}" if agreed.early else "",
        WITHDRAWAL.format(address=address, url=agreed.url),
        MODEL_FORM.format(address=address),
        f"Impressum des Anbieters\n\n{house.imprint}",
        f"Sprache des Vertrags: Deutsch. Fassung der Texte: {VERSION}.",
    ]
    text = "\n\n".join(part for part in parts if part)
    return ContractText(text, hashlib.sha256(text.encode()).hexdigest()[:32], agreed.early)


def _subject(agreed: Agreed) -> list[str]:
    house = agreed.house
    meetings = "\n".join(f"– {one}" for one in agreed.meetings)
    for_whom = agreed.buyer if agreed.buyer == agreed.attendee else f"{agreed.attendee}, gebucht von {agreed.buyer}"  # fmt: skip
    return [
        f"Vertrag über die Teilnahme an: {agreed.title}",
        f"Anbieter und Vertragspartner: {house.name}, {house.street}, {house.city}\nTelefon: {house.phone}\nE-Mail: {house.email}",
        f"Es nimmt teil: {for_whom}",
        f"Kursnummer: {agreed.number}" if agreed.number else "",
        agreed.about,
        f"Die Termine ({len(agreed.meetings)}):\n{meetings}",
        f"Bringen Sie mit:\n{agreed.bring}" if agreed.bring else "",
        "Der Vertrag endet mit dem letzten Termin. Er verlängert sich nicht.",
    ]


def _money(agreed: Agreed) -> list[str]:
    reduced = f" ({agreed.price_name})" if agreed.price_name else ""
    proof = (
        "Zeigen Sie Ihren Nachweis beim ersten Treffen. Wir speichern ihn nicht." if reduced else ""
    )
    return [
        f"Gesamtpreis: {agreed.price}{reduced}, alle Abgaben eingeschlossen. Weitere Kosten gibt es nicht.",
        proof,
        f"So wird bezahlt: {agreed.house.payment}",
        f"Absagen bei diesem Kurs: bis {agreed.cancel_until}. Ihr Recht zu widerrufen bleibt davon unberührt.",
    ]


def last_day_to_withdraw(concluded: date, free: Collection[date]) -> date:
    """The day of the contract does not count; one that ends on a Saturday, a Sunday or a holiday ends on the next working day
    (§§ 187, 188, 193 BGB).
    """
    last = concluded + PERIOD
    while last.weekday() > 4 or last in free:
        last += timedelta(days=1)
    return last
