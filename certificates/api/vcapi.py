"""W3C VC-API, for test settings only (VC_API=1): the W3C's own suites talk to it, and so does nobody else.

Issuer is a did:key of this process; nothing is stored. `POST /credentials/issue`, `POST /credentials/verify`,
`POST /presentations/verify` as in https://w3c-ccg.github.io/vc-api/, and the status lists that its entries name.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from certificates import openbadges
from certificates.openbadges.datamodel import (
    FORMER_CONTEXT,
    NotACredential,
    as_list,
    check_credential,
)
from certificates.openbadges.proof import NotAuthentic, UnsafeTerm
from certificates.openbadges.strangers import canonical_of_stranger, digests_fit, verify_proofs

Answer = Callable[[HttpRequest], JsonResponse]
INTEGRITY_CONTEXT = "https://w3id.org/security/data-integrity/v2"
ENTRY = "BitstringStatusListEntry"
PURPOSES = ("revocation", "suspension")
MARKED = 0  # this place is marked in every list, so that a suite can see that it is noticed
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_loopback() -> bool:
    """Nobody but this machine reaches our public address. Anyone who may ask for signatures has a key of ours at hand."""
    return urlsplit(settings.PUBLIC_URL).hostname in LOOPBACK


def _key() -> Ed25519PrivateKey:
    seed = hashlib.sha256(f"vc-api {settings.SECRET_KEY}".encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def did() -> str:
    """The issuer of whatever is issued here."""
    return f"did:key:{openbadges.multikey(_key().public_key())}"


def _door(view: Callable[[dict[str, Any]], JsonResponse]) -> Answer:
    @csrf_exempt
    @require_POST
    def serve(request: HttpRequest) -> JsonResponse:
        if not is_loopback():
            raise Http404
        try:
            return view(json.loads(request.body))
        except (NotACredential, NotAuthentic, UnsafeTerm) as wrong:
            problem = f"{type(wrong).__name__}: {wrong}"
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            problem = "The request is not built as VC-API asks."
        return JsonResponse({"verified": False, "errors": [problem]}, status=400)

    return serve


@_door
def issue(asked: dict[str, Any]) -> JsonResponse:
    """201 with the credential signed by our key; its issuer becomes ours.

    `options.credentialStatus` asks for an entry in a list of ours (or several). `options.bare` asks for the older
    answer, which is the credential itself; suites differ in what they read.
    """
    options = asked.get("options") or {}
    given = {name: value for name, value in asked["credential"].items() if name != "proof"}
    _check(given)
    issuer = given["issuer"]
    given["issuer"] = {**issuer, "id": did()} if isinstance(issuer, dict) else did()
    given.setdefault("id", f"urn:uuid:{uuid.uuid4()}")
    if given["@context"][0] == FORMER_CONTEXT and INTEGRITY_CONTEXT not in given["@context"]:
        given["@context"] = [*given["@context"], INTEGRITY_CONTEXT]
    if entries := [_entry(each) for each in as_list(options.get("credentialStatus") or [])]:
        given["credentialStatus"] = entries if len(entries) > 1 else entries[0]
    _check(given)
    signed = _signed(given)
    return JsonResponse(
        signed if options.get("bare") else {"verifiableCredential": signed}, status=201
    )


def _signed(document: dict[str, Any]) -> dict[str, Any]:
    method = f"{did()}#{did().removeprefix('did:key:')}"
    created = openbadges.stamp(timezone.now())
    return openbadges.sign(
        document, _key(), method=method, created=created, canon=canonical_of_stranger
    )


def _check(credential: dict[str, Any]) -> None:
    check_credential(credential)
    if not digests_fit(credential):
        raise NotACredential("relatedResource")


# --- status ----------------------------------------------------------------------------------------------------------


def _list_url(purpose: str) -> str:
    return f"{settings.PUBLIC_URL}/credentials/status/{purpose}"


def _entry(asked: dict[str, Any]) -> dict[str, Any]:
    """As asked for, in our list of its purpose, at the place asked for or at one by chance."""
    if asked.get("type") != ENTRY or asked.get("statusPurpose") not in PURPOSES:
        raise NotACredential("options.credentialStatus")
    url = _list_url(asked["statusPurpose"])
    index = str(asked.get("statusListIndex", 1 + secrets.randbelow(openbadges.LENGTH - 1)))
    return {
        **asked,
        "id": f"{url}#{index}",
        "statusListIndex": index,
        "statusListCredential": url,
    }


def _bits() -> openbadges.Bits:
    bits = openbadges.Bits()
    bits.set(MARKED)
    return bits


@require_safe
def status_list(_request: HttpRequest, purpose: str) -> JsonResponse:
    """The list that entries from here name (Bitstring Status List 1.0 § 2.2)."""
    if purpose not in PURPOSES or not is_loopback():
        raise Http404
    now = timezone.now()
    unsigned = openbadges.status_list_credential(
        _list_url(purpose),
        _bits(),
        purpose=purpose,
        issuer=did(),
        valid_from=openbadges.stamp(now),
        valid_until=openbadges.stamp(now + timedelta(days=1)),
    )
    return JsonResponse(_signed(unsigned))


def _check_status(credential: dict[str, Any]) -> None:
    """Only our own lists are looked at, since addresses of strangers are never fetched (§ 3.2, STATUS_RETRIEVAL_ERROR)."""
    for entry in as_list(credential.get("credentialStatus") or []):
        if entry["type"] != ENTRY:
            continue
        purpose, index = entry["statusPurpose"], int(entry["statusListIndex"])
        if entry["statusListCredential"] != _list_url(purpose) or index >= openbadges.LENGTH:
            raise NotAuthentic("The status list cannot be fetched (STATUS_RETRIEVAL_ERROR).")
        if _bits()[index]:
            raise NotAuthentic(f"The credential is marked in the list of {purpose}.")


# --- checking --------------------------------------------------------------------------------------------------------


@_door
def verify(asked: dict[str, Any]) -> JsonResponse:
    """200 if data model, digests, every proof and every status are good."""
    _verified(asked["verifiableCredential"])
    checks = ["proof", "credentialStatus"]
    return JsonResponse({"verified": True, "checks": checks, "warnings": [], "errors": []})


@_door
def verify_presentation(asked: dict[str, Any]) -> JsonResponse:
    """200 if the presentation is built well, its proof (it may have none) and each credential in it verify."""
    presentation, options = asked["verifiablePresentation"], asked.get("options") or {}
    check_credential(presentation, "VerifiablePresentation")
    if "proof" in presentation:
        wanted = {name: options.get(name) for name in ("domain", "challenge")}
        verify_proofs(presentation, purpose="authentication", **wanted)
    else:
        canonical_of_stranger(presentation)  # contexts and terms must be known all the same
    for credential in as_list(presentation.get("verifiableCredential") or []):
        _verified(credential)
    return JsonResponse({"verified": True, "errors": []})


def _verified(credential: dict[str, Any]) -> None:
    _check(credential)
    verify_proofs(credential, purpose="assertionMethod")
    issuer = credential["issuer"]
    named = issuer["id"] if isinstance(issuer, dict) else issuer
    signers = {
        each["verificationMethod"].partition("#")[0] for each in as_list(credential["proof"])
    }
    if named not in signers:  # others may have signed as well, in a set or a chain
        raise NotAuthentic("The issuer has not signed it.")
    _check_status(credential)
