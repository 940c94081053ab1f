"""W3C VC-API, for test settings only (VC_API=1): the W3C's own suites talk to it, and so does nobody else.

Issuer is a did:key of this process; nothing is stored. `POST /credentials/issue`, `POST /credentials/verify`,
`POST /presentations/verify` as in https://w3c-ccg.github.io/vc-api/.
"""

import hashlib
import json
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from certificates import openbadges
from certificates.openbadges.datamodel import (
    NotACredential,
    as_list,
    check_credential,
    is_date_time,
)
from certificates.openbadges.proof import NotAuthentic, UnsafeTerm

Answer = Callable[[HttpRequest], JsonResponse]


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
        try:
            return view(json.loads(request.body))
        except (NotACredential, NotAuthentic, UnsafeTerm) as wrong:
            said = f"{type(wrong).__name__}: {wrong}"
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            said = "The request is not built as VC-API asks."
        return JsonResponse({"verified": False, "errors": [said]}, status=400)

    return serve


@_door
def issue(asked: dict[str, Any]) -> JsonResponse:
    """201 with the credential signed by our key; its issuer becomes ours."""
    given = {name: value for name, value in asked["credential"].items() if name != "proof"}
    check_credential(given)
    issuer = given["issuer"]
    given["issuer"] = {**issuer, "id": did()} if isinstance(issuer, dict) else did()
    given.setdefault("id", f"urn:uuid:{uuid.uuid4()}")
    method = f"{did()}#{did().removeprefix('did:key:')}"
    created = openbadges.stamp(timezone.now())
    signed = openbadges.sign(given, _key(), method=method, created=created, fast=False)
    return JsonResponse({"verifiableCredential": signed}, status=201)


@_door
def verify(asked: dict[str, Any]) -> JsonResponse:
    """200 if data model and every proof are good."""
    _verified(asked["verifiableCredential"])
    return JsonResponse({"verified": True, "checks": ["proof"], "warnings": [], "errors": []})


@_door
def verify_presentation(asked: dict[str, Any]) -> JsonResponse:
    """200 if the presentation is built well and each credential in it verifies."""
    presentation = asked["verifiablePresentation"]
    check_credential(presentation, "VerifiablePresentation")
    for credential in as_list(presentation.get("verifiableCredential") or []):
        _verified(credential)
    return JsonResponse({"verified": True, "errors": []})


def _verified(credential: dict[str, Any]) -> None:
    check_credential(credential)
    proofs = as_list(credential.get("proof") or [])
    if not proofs:
        raise NotAuthentic("There is no proof.")
    for proof in proofs:
        _check_proof(proof)
        signed = {**credential, "proof": proof}
        method = proof["verificationMethod"]
        issuer, _, fragment = method.partition("#")
        if not issuer.startswith("did:key:z6Mk") or fragment != issuer.removeprefix("did:key:"):
            raise NotAuthentic("Only did:key with Ed25519 is resolved here.")
        openbadges.verify(
            signed, issuer_keys=[method], contexts=credential["@context"], strangers=True
        )


def _check_proof(proof: dict[str, Any]) -> None:
    """VC Data Integrity 1.0 § 4.4, as far as `openbadges.verify` does not look at it."""
    if proof.get("type") != "DataIntegrityProof":
        raise NotAuthentic("The proof's type is unknown.")
    for name in ("created", "expires"):
        if name in proof and not is_date_time(proof[name]):
            raise NotAuthentic(f"The proof's {name} is no point in time.")
    if "expires" in proof and datetime.fromisoformat(proof["expires"]) < timezone.now():
        raise NotAuthentic("The proof has expired.")
