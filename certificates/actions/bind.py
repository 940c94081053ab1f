"""A certificate bound to the key of its holder's wallet: the same facts, signed anew. Under the system lens."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from certificates import openbadges
from certificates.actions.documents import sd_jwt_issuer, sd_jwt_key
from certificates.actions.keys import active_key
from certificates.actions.withdraw import record_of_holder
from certificates.models import Certificate
from certificates.openbadges import sdjwt
from certificates.openbadges.canonical import canonical
from certificates.openbadges.credential import CONTEXTS, status_entries
from certificates.openbadges.possession import Proven
from certificates.queries import CertificateRecord
from certificates.states import Act, Who, may
from tenancy.lens import as_system

#: Served for ever: every SD-JWT carries it.
TYPE_PATH = "/p/types/certificate/1"
DAY = 60 * 60 * 24


def sd_jwt_type() -> str:
    """The `vct` of our certificates; at this address it says what its claims mean."""
    return f"{settings.PUBLIC_URL}{TYPE_PATH}"


def takeable(record: CertificateRecord) -> bool:
    """Whether its holder may take it with them: authentic, not erased, and in a state that allows it."""
    is_whole = record.credential is not None and record.verdict.trusted
    return is_whole and may(record.state, Who.HOLDER, Act.CARRY)


@as_system("a certificate goes into a wallet")
def record_carried(record: CertificateRecord) -> None:
    """Its holder has taken it into their app."""
    record_of_holder("certificate.carried", Certificate.objects.get(pk=record.id))


@as_system("bind a certificate to the key of its holder")
def bind_credential(record: CertificateRecord, holder: Proven) -> dict[str, Any]:
    """The Open Badge about the person who has the holder's key: same id, same places in the lists, still no name."""
    key, private = active_key(record.provider)
    issued = dict(record.credential or {})
    issued.pop("proof", None)
    issued["credentialSubject"] = {"id": holder.did, **issued["credentialSubject"]}
    created = openbadges.stamp(timezone.now())
    signed = openbadges.sign(issued, private, method=key.method, created=created, canon=canonical)
    openbadges.verify(signed, issuer_keys=[key.method], contexts=CONTEXTS)
    return signed


@as_system("bind a certificate to the key of its holder")
def as_sd_jwt(record: CertificateRecord, holder: Proven) -> str:
    """The SD-JWT VC for the holder's key. Name, course and result are there, each shown only when they want it."""
    credential = record.credential or {}
    place = status_entries(credential)[0]
    claims = {
        "iss": sd_jwt_issuer(record.provider_key),
        "vct": sd_jwt_type(),
        # to the day: a moment would say who it is to anyone who compares (OpenID4VCI § 15.4.1); when it was awarded is hidden
        "iat": int(timezone.now().timestamp()) // DAY * DAY,
        **({"exp": int(record.valid_until.timestamp())} if record.valid_until else {}),
        "cnf": {"jwk": holder.jwk},
        "status": {
            "status_list": {
                "idx": record.status_index,
                "uri": f"{place['statusListCredential']}.jwt",
            }
        },
        "issuing_authority": record.provider_name,
    }
    key, private = sd_jwt_key(record.provider)
    token = sdjwt.sign_sd_jwt(claims, _hidden(record, credential), private, kid=key.fragment)
    sdjwt.verify_sd_jwt(token, key.public["jwk"])
    return token


def _hidden(record: CertificateRecord, credential: dict[str, Any]) -> dict[str, Any]:
    awarded = datetime.fromisoformat(credential["awardedDate"])
    with translation.override("de"):
        kind = str(Certificate.Kind(record.kind).label)
    facts = {
        "name": record.name,
        "course": record.achievement["name"],
        "kind": kind,
        "awarded": timezone.localdate(awarded).isoformat(),
        "result": record.achievement.get("result"),
    }
    return {name: value for name, value in facts.items() if value is not None}
