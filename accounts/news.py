"""Mails that are news: to many, about what they did not ask for. Each says how to end them, with one click (RFC 8058)."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User

SALT = "accounts.news"
KINDS = {
    "review": _("Kurse, die Sie prüfen können"),
    "original": _("Neue Ausgaben von Kursen, die Sie übernommen haben"),
    "program": _("Störungen von Programmen Ihres Hauses"),
    "wish": _("Fragen des Bildungsbüros, ob Ihr Haus etwas anbieten kann"),
    "heads": _("Nachrichten des Bildungsbüros an Leitungen"),
    "question": _("Fragen von Lernenden"),
    "answer": _("Antworten auf Ihre Fragen"),
    "message": _("Nachrichten zu Ihren Kursen und Gruppen"),
    "search": _("Neues zu Ihren gemerkten Suchen"),
}


class Link(NamedTuple):
    """Whose mails of which kind. It does not run out: a mail may be read years later."""

    person: int
    kind: str

    @property
    def path(self) -> str:
        return reverse("accounts:news", args=[signing.dumps(list(self), salt=SALT, compress=True)])


def link_of(token: str) -> Link | None:
    """None: made up."""
    try:
        return Link(*signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return None


def unwanted(person: User) -> list[tuple[str, str]]:
    """What this person has ended: what it is called, and where they get it again."""
    return [(str(KINDS[kind]), Link(person.pk, kind).path) for kind in person.news_off]


def send_news(kind: str, template: str, people: Iterable[User], words: dict[str, Any]) -> int:
    """To those who want this kind; sent by the outbox, once it is stored. How many."""
    wanting = [person for person in people if kind not in person.news_off]
    return sum(_letter(kind, template, person, words) for person in wanting)


def _letter(kind: str, template: str, person: User, words: dict[str, Any]) -> int:
    url = settings.PUBLIC_URL + Link(person.pk, kind).path
    letter = get_adapter().render_mail(template, person.email, words | {"news_url": url})
    letter.extra_headers |= {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return int(letter.send())
