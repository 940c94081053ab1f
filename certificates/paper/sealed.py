"""The paper of a certificate somebody holds: what stands on it, sealed, kept for a day under the hash of what it says."""

import hashlib
import json
from datetime import UTC

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates import openbadges, queries, seals
from certificates.models import Autograph
from certificates.paper import check_page
from certificates.paper.content import Hand, Paper, PaperIssuer
from certificates.queries import CertificateRecord
from certificates.verification import verdicts
from providers.models import Logo, Provider

PAPERS = "papers"  # the cache they are kept in; what is too old there goes by `certificates.tasks.forget_papers`
#: The languages our own words on the paper exist in; the course's stay in its own.
LANGUAGES = ("de", "en")


def remembered(record: CertificateRecord, number: str, language: str) -> bytes | None:
    """The paper if it was made not long ago."""
    paper: bytes | None = caches[PAPERS].get(_key(record, number, language))
    return paper


def make(
    record: CertificateRecord, number: str, language: str, *, line: str, sealer: seals.Sealer
) -> bytes:
    """Set, seal and keep it. `line` is the signed line of its QR code. Raises seals.CannotSeal."""
    from certificates.paper import pdf  # noqa: PLC0415 -- WeasyPrint takes a second to load, and 40 MB

    paper = paper_of(record, number, language, line=line)
    content = seals.seal(
        pdf.render(paper),
        sealer,
        reason=_("Ausstellung des Nachweises"),
        location=paper.issuer.city,
        at=timezone.now(),
    )
    caches[PAPERS].set(_key(record, number, language), content)
    return content


def paper_of(record: CertificateRecord, number: str, language: str, *, line: str = "") -> Paper:
    """What stands on it, with the holder's full name. Who may load it is for the view to decide."""
    provider, achievement = Provider.objects.get(pk=record.provider), record.achievement
    url = f"{settings.PUBLIC_URL}/z/{number}"
    texts = openbadges.said_in(record.credential or {}, language)
    titles = texts["competences"].split("\n") if "competences" in texts else []
    competences = [(code, title) for code, title in achievement["competences"]]
    if len(titles) == len(competences):
        competences = [(code, own) for (code, _title), own in zip(competences, titles, strict=True)]
    with override(language):
        facts = verdicts.printed(record)
        needed = _("Dafür nötig")
        if "criteria" in texts:
            facts = tuple((t, texts["criteria"] if t == needed else text) for t, text in facts)
    return Paper(
        kind=record.kind,
        language=language,
        name=record.name or "",
        course=texts.get("name") or achievement["name"],
        course_language=language if "name" in texts else "de",
        issuer=PaperIssuer(
            provider.name, provider.mark, record.brand, provider.street, provider.city
        ),
        contents=tuple(
            texts["contents"].split("\n")
            if "contents" in texts
            else achievement.get("contents", [])
        ),
        competences=tuple(competences),
        competences_language="" if titles or language == "de" else "de",
        german_terms=() if "criteria" in texts or language == "de" else (needed,),
        facts=facts,
        number=number,
        url=url,
        qr_url=f"{url}#{line}" if line else url,
        credential_json=json.dumps(record.credential, ensure_ascii=False, indent=1),
        issued_at=record.issued_at.astimezone(UTC),
        hand=_hand(record),
        logo=_logo(record),
        check_page=_check_page(provider, language, f"{url}#{line}") if line else "",
    )


def _hand(record: CertificateRecord) -> Hand | None:
    """As on the day of issue, no matter who is head today."""
    placed = Autograph.objects.filter(pk=record.autograph).first() if record.autograph else None
    return Hand(placed.name, bytes(placed.image)) if placed else None


def _logo(record: CertificateRecord) -> bytes:
    """As on the day of issue."""
    placed = Logo.objects.filter(pk=record.logo).first() if record.logo else None
    return bytes(placed.image) if placed else b""


def _check_page(provider: Provider, language: str, address: str) -> str:
    """With the keys of its issuer alone: the paper stays as small whatever city it is."""
    return check_page.page(language, queries.issuers_by_key(provider.pk), address=address)


def _key(record: CertificateRecord, number: str, language: str) -> str:
    signed = json.dumps(record.credential, sort_keys=True)
    seen = (
        record.name,
        number,
        language,
        record.provider_name,
        record.brand,
        record.autograph or "",
        record.logo or "",
    )
    facts = "|".join(map(str, (signed, *seen)))
    return "paper:" + hashlib.sha256(facts.encode()).hexdigest()
