"""Whether a document is a certificate of this city and valid now: files and data from anybody, looked at, never stored.

Every answer names what was found wrong. Only issuers of this installation are known: for another one nobody here can say
whose key it is, and addresses of strangers are never fetched.
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from certificates import openbadges, queries, seals
from certificates.models import IssuerKey
from certificates.openbadges.credential import CONTEXTS
from certificates.queries import Issuer

LARGEST = 2_000_000  # bytes of a file
LARGEST_CREDENTIAL = 100_000  # characters
CLOCKS = timedelta(minutes=10)  # differ, and a paper may be in the making when its key is retired


class VerificationFinding(NamedTuple):
    """One thing that was looked at. `check` is a word for machines, `says` a sentence for people."""

    check: str
    ok: bool
    says: str


class Report(NamedTuple):
    """What somebody learns about a file. `verified` only if everything is in order."""

    kind: str  # pdf, png, svg, json, jwt; empty when it is nothing we know
    findings: list[VerificationFinding]
    credential: dict[str, Any] | None = None
    seal: "seals.SealVerdict | None" = None

    @property
    def verified(self) -> bool:
        return bool(self.findings) and all(finding.ok for finding in self.findings)


class Unreadable(ValueError):
    """The file is no certificate at all; the message says so to the person."""


def examine(content: bytes) -> Report:
    """Everything about one file, under the public lens. Never raises for whatever is in it."""
    kind, content_found = "", None
    try:
        if len(content) > LARGEST:
            raise Unreadable(_("Die Datei ist zu groß. Ein Nachweis hat höchstens 2 MB."))
        kind = _kind(content)
        seal = _seal(content) if kind == "pdf" else None
        token, content_found = _unpacked(kind, content)
        checked = examine_token(token) if token else examine_credential(content_found)
    except Unreadable as wrong:
        return Report(kind, [VerificationFinding("readable", False, str(wrong))])
    sealed = list(_seal_findings(seal, checked.credential)) if seal else []
    return Report(kind, [*sealed, *checked.findings], checked.credential, seal)


def examine_credential(credential: Any) -> Report:
    """A credential with its Data Integrity proof."""
    if not isinstance(credential, dict) or len(json.dumps(credential)) > LARGEST_CREDENTIAL:
        return Report("json", [VerificationFinding("readable", False, _("Das ist kein Nachweis."))])
    return Report("json", list(_findings(credential, _proven)), credential)


def examine_token(token: str) -> Report:
    """The same as a JSON Web Token; its key is one of those this installation publishes."""
    try:
        key = _published(openbadges.key_id(token))
        credential = openbadges.verify_jwt(token, key.public["jwk"])
    except openbadges.NotAuthentic:
        says = _(
            "Die Unterschrift passt nicht zum Inhalt, oder der Schlüssel ist uns nicht bekannt."
        )
        return Report("jwt", [VerificationFinding("signature", False, says)])
    belongs = credential["issuer"].get("id") == key.did
    return Report(
        "jwt", list(_findings(credential, lambda _credential, _issuer: belongs)), credential
    )


def _kind(content: bytes) -> str:
    start = content[:1000].lstrip()
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"\x89PNG"):
        return "png"
    if start.startswith(b"{"):
        return "json"
    if b"<svg" in start:
        return "svg"
    if start.startswith(b"eyJ"):
        return "jwt"
    raise Unreadable(
        _(
            "Diese Art von Datei kennen wir nicht. Laden Sie ein PDF, ein Bild (PNG, SVG) oder eine JSON-Datei."
        )
    )


def _unpacked(kind: str, content: bytes) -> tuple[str, Any]:
    """A JWT or else a credential."""
    if kind == "pdf":
        attached = seals.attached_credential(content)
        if attached is None:
            raise Unreadable(
                _(
                    "In diesem PDF stecken keine Daten eines Nachweises. Vielleicht ist es ein Ausdruck oder ein Scan."
                )
            )
        return "", attached
    try:
        if kind == "png":
            text = openbadges.unbake_png(content)
        elif kind == "svg":
            text = openbadges.unbake_svg(content.decode())
        else:
            text = content.decode().strip()
        return (text, None) if text.startswith("eyJ") else ("", json.loads(text))
    except (ValueError, RecursionError) as wrong:  # NotBaked, UnicodeDecodeError, JSONDecodeError
        says = {
            "png": _("In diesem Bild steckt kein Nachweis."),
            "svg": _("In diesem Bild steckt kein Nachweis."),
        }
        raise Unreadable(says.get(kind, _("Diese Datei lässt sich nicht lesen."))) from wrong


def did_of(credential: dict[str, Any]) -> str:
    """Whom the data name as their issuer."""
    named = credential.get("issuer")
    return str(named.get("id") if isinstance(named, dict) else named)


Proven = Callable[[dict[str, Any], Issuer], bool]


def _findings(credential: dict[str, Any], proven: Proven) -> Iterator[VerificationFinding]:
    """In the order of a checker's questions; the first that fails makes the rest pointless, except the dates."""
    did = did_of(credential)
    issuer = queries.issuer(did)
    if not issuer:
        says = _("Wir kennen den Aussteller nicht: %(did)s. Er gehört nicht zu dieser Stadt.")
        yield VerificationFinding("issuer", False, says % {"did": did[:200]})
        return
    says = _("Der Aussteller ist: %(provider)s.") % {"provider": issuer.name}
    yield VerificationFinding("issuer", True, says)
    proof = credential.get("proof")
    method = proof.get("verificationMethod", "") if isinstance(proof, dict) else ""
    if method in issuer.compromised:
        yield VerificationFinding(
            "key", False, _("Der Schlüssel des Ausstellers ist nicht mehr sicher.")
        )
        return
    if not proven(credential, issuer):
        yield VerificationFinding(
            "signature",
            False,
            _("Der Inhalt wurde verändert, oder die Unterschrift ist gefälscht."),
        )
        return
    yield VerificationFinding(
        "signature", True, _("Die Unterschrift ist echt. Der Inhalt ist unverändert.")
    )
    yield from _dates(credential)
    yield from _status(credential, issuer)


def _proven(credential: dict[str, Any], issuer: Issuer) -> bool:
    try:
        openbadges.verify(credential, issuer_keys=issuer.methods, contexts=CONTEXTS)
    except openbadges.NotAuthentic:
        return False
    return True


def _published(address: str) -> IssuerKey:
    """The key at `…/p/<provider>/keys/<fragment>`, whatever host it was once published under. Raises NotAuthentic."""
    parts = address.split("/")
    if len(parts) < 4 or parts[-2] != "keys" or parts[-4] != "p":
        raise openbadges.NotAuthentic("The key's address is not one of ours.")
    key = queries.published_key(parts[-3], parts[-1])
    if not key or "jwk" not in key.public or key.purpose != IssuerKey.Purpose.JWT:
        raise openbadges.NotAuthentic("The key is not known here.")
    return key


def _dates(credential: dict[str, Any]) -> Iterator[VerificationFinding]:
    now = timezone.now()
    if datetime.fromisoformat(credential["validFrom"]) > now:
        yield VerificationFinding("period", False, _("Der Nachweis gilt noch nicht."))
    elif "validUntil" in credential and datetime.fromisoformat(credential["validUntil"]) < now:
        yield VerificationFinding("period", False, _("Der Nachweis ist abgelaufen."))
    else:
        yield VerificationFinding("period", True, _("Der Nachweis ist nicht abgelaufen."))


def _status(credential: dict[str, Any], issuer: Issuer) -> Iterator[VerificationFinding]:
    """The bits in our own lists. A signed credential names lists of its issuer, or something is very wrong."""
    says = {
        "revocation": (_("Er ist nicht zurückgezogen."), _("Er ist zurückgezogen oder ersetzt.")),
        "suspension": (_("Er ist nicht ausgesetzt."), _("Er ist zurzeit ausgesetzt.")),
    }
    for entry in openbadges.status_entries(credential):
        purpose, url = str(entry.get("statusPurpose")), str(entry.get("statusListCredential"))
        index = int(entry["statusListIndex"])
        marked = queries.is_marked(issuer.provider, purpose, url, index)
        if marked is None or purpose not in says:
            yield VerificationFinding("status", False, _("Seine Statusliste gibt es nicht."))
        else:
            yield VerificationFinding(purpose, not marked, says[purpose][marked])


def _seal(content: bytes) -> "seals.SealVerdict":
    roots = (IssuerKey.Purpose.AUTHORITY, IssuerKey.Purpose.SERVICE_SEAL)
    trusted = IssuerKey.objects.filter(purpose__in=roots)
    trusted = trusted.exclude(state=IssuerKey.State.COMPROMISED)
    return seals.check_seal(content, authorities=[key.public["pem"] for key in trusted])


def _foreign(seal: "seals.SealVerdict", did: str) -> str:
    """Why this seal is none of the issuer's whose data are in the PDF. Names do not matter: keys do."""
    issuer = queries.issuer(did)
    own_seal = queries.seal_of(issuer.provider, seal.fingerprint) if issuer else None
    if not own_seal:
        return _("Das Siegel gehört einem anderen Aussteller als die Daten im PDF.")
    if own_seal.compromised:
        return _("Der Schlüssel des Siegels ist nicht mehr sicher.")
    at = seal.signed_at
    if at and not own_seal.since - CLOCKS <= at <= own_seal.until + CLOCKS:
        return _("Das Siegel ist aus einer Zeit, in der sein Schlüssel nicht galt.")
    return ""


def _seal_findings(
    seal: "seals.SealVerdict", credential: dict[str, Any] | None
) -> Iterator[VerificationFinding]:
    if not seal.present:
        yield VerificationFinding(
            "seal", False, _("Das PDF hat kein Siegel. Vielleicht hat es jemand neu gespeichert.")
        )
    elif not seal.intact or not seal.covers_whole_file:
        yield VerificationFinding("seal", False, _("Das PDF wurde nach dem Siegeln verändert."))
    elif not seal.trusted:
        yield VerificationFinding("seal", False, _("Das Siegel stammt nicht von dieser Stadt."))
    elif foreign := _foreign(seal, did_of(credential or {})):
        yield VerificationFinding("seal", False, foreign)
    else:
        yield VerificationFinding(
            "seal",
            True,
            _("Das Siegel des PDF ist unverletzt: %(signer)s.") % {"signer": seal.signer},
        )
