"""A learner's own certificates over all providers, with everything they can do with each."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from certificates import actions, queries, tokens
from certificates.models import Certificate, Recipient
from certificates.queries import Mine
from certificates.states import Act, Who, may
from words.days import day
from words.glyphs import missing

LINKEDIN = "https://www.linkedin.com/profile/add"


def certificates_of(learner: User) -> list[dict[str, Any]]:
    """The newest first, superseded ones only by their successor; those still being made have no `url`."""
    return [_entry(mine, learner) for mine in queries.mine(learner)]


def _entry(mine: Mine, learner: User) -> dict[str, Any]:
    number = tokens.grouped(mine.token) if mine.token else ""
    return {
        "enrolment": mine.enrolment,
        "title": mine.title,
        "kind": str(Certificate.Kind(mine.kind or "certificate").label),
        "provider_name": mine.provider_name,
        "brand": mine.brand,
        "issued_at": mine.issued_at,
        "valid_until": mine.valid_until,
        "number": number,
        "state": "compromised" if mine.compromised else mine.state.value,
        "delayed": mine.delayed,
        "problem": _problem(learner.name) if not number else "",
        **(_doors(mine, number, learner) if number else {"url": None, "pdf_url": None}),
    }


def _problem(name: str) -> str:
    """Why a certificate is not made: our fonts lack a letter of their name."""
    letters = missing(name)
    if not letters:
        return ""
    sentence = _("Diese Zeichen Ihres Namens können wir nicht drucken: %(letters)s")
    return sentence % {"letters": " ".join(letters)}


def _doors(mine: Mine, number: str, learner: User) -> dict[str, Any]:
    usable = may(mine.state, Who.HOLDER, Act.TAKE) and not mine.compromised
    another = mine.name != learner.name or mine.compromised
    return {
        "url": reverse("certificates:certificate", args=[number]),
        "share_url": f"{settings.PUBLIC_URL}/z/{number}",
        **{
            f"{kind}_url": reverse("certificates:own", args=[number, kind]) if usable else None
            for kind in ("pdf", "json", "jwt", "png", "svg")
        },
        "edc_url": reverse("certificates:own", args=[number, "edc.json"])
        if usable
        and may(mine.state, Who.HOLDER, Act.CARRY)
        and actions.legal_person(mine.provider_key)
        else None,
        "offer_url": reverse("certificates:offer", args=[number])
        if usable and settings.OPENID4VCI and may(mine.state, Who.HOLDER, Act.CARRY)
        else None,
        "shows": mine.shows,
        "shows_url": reverse("certificates:shows", args=[number]),
        "choices": Recipient.Shows.choices if learner.school is None else [],
        "linkedin_url": _linkedin(mine, number),
        "text": _text(mine, number),
        # issued under another name (or none), or signed with a key that was lost: they may have it issued anew
        "reissue_url": reverse("certificates:reissue", args=[number])
        if another and may(mine.state, Who.HOLDER, Act.REISSUE)
        else None,
    }


def _linkedin(mine: Mine, number: str) -> str:
    """LinkedIn's own form, filled in; nothing is sent before they press a button there."""
    issued: datetime = mine.issued_at or timezone.now()
    asked = {
        "startTask": "CERTIFICATION_NAME",
        "name": mine.title,
        "organizationName": mine.provider_name,
        "issueYear": issued.year,
        "issueMonth": issued.month,
        "certUrl": f"{settings.PUBLIC_URL}/z/{number}",
        "certId": number,
    }
    if mine.valid_until:
        asked |= {
            "expirationYear": mine.valid_until.year,
            "expirationMonth": mine.valid_until.month,
        }
    return f"{LINKEDIN}?{urlencode(asked)}"


def _text(mine: Mine, number: str) -> str:
    """The certificate in words, for an application or a mail."""
    issued: datetime = mine.issued_at or timezone.now()
    lines = [
        f"{Certificate.Kind(mine.kind or 'certificate').label}: {mine.title}",
        _("Ausgestellt von %(provider)s am %(day)s")
        % {"provider": mine.provider_name, "day": date_format(day(issued), "DATE_FORMAT")},
        _("Prüfen: %(url)s") % {"url": f"{settings.PUBLIC_URL}/z/{number}"},
    ]
    return "\n".join(lines)
