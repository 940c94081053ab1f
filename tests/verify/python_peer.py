"""Verifiers of other people from PyPI, with keys given to them: openbadgeslib, and sd-jwt (the reference implementation).

openbadgeslib is a development dependency; sd-jwt is fetched on first use, by hashes, into a folder beside the databases.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import RSAKey
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3Verifier

from certificates.openbadges.identifiers import public_key


def accepts(credential: dict[str, Any], methods: list[str]) -> str:
    """Empty when the signature is good by one of the issuer's keys; otherwise why not."""
    method = str((credential.get("proof") or {}).get("verificationMethod", ""))
    if method not in methods:
        return "the key does not belong to the issuer"
    pem = public_key(method.partition("#")[2]).public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    try:
        OB3LdpVerifier(pubkey_pem=pem).verify(credential)
    except Exception as wrong:  # noqa: BLE001 -- whatever it says, it is a no
        return f"{type(wrong).__name__}: {wrong}"
    return ""


def accepts_token(token: str, jwk: dict[str, Any]) -> str:
    pem = RSAKey.import_key(jwk).as_pem(private=False)
    try:
        OB3Verifier(pubkey_pem=pem).verify(token)
    except Exception as wrong:  # noqa: BLE001 -- as above
        return f"{type(wrong).__name__}: {wrong}"
    return ""


LOCK = Path(__file__).with_name("requirements.lock")


def fetch(folder: Path) -> None:
    """What `LOCK` names; nothing when that is there already."""
    mark, wanted = folder / "installed", LOCK.read_text()
    if not mark.is_file() or mark.read_text() != wanted:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        pip += ["--require-hashes", "--no-deps", "--upgrade", "--target", str(folder)]
        subprocess.run([*pip, "-r", str(LOCK)], check=True)
        mark.write_text(wanted)
    sys.path.append(str(folder))


def accepts_sd_jwt(token: str, jwk: dict[str, Any], show: Sequence[str] | None = None) -> str:
    """As a holder shows `show` of it (all when None). Empty when signature and everything shown are good."""
    from jwcrypto.jwk import JWK
    from sd_jwt.holder import SDJWTHolder
    from sd_jwt.verifier import SDJWTVerifier

    try:
        if show is not None:
            holder = SDJWTHolder(token)
            holder.create_presentation(dict.fromkeys(show, True))
            token = holder.sd_jwt_presentation
        key = JWK(**{name: value for name, value in jwk.items() if name != "use"})
        verifier = SDJWTVerifier(token, lambda _issuer, _header: key)
        claims = verifier.get_verified_payload()
    except Exception as wrong:  # noqa: BLE001 -- as above
        return f"{type(wrong).__name__}: {wrong}"
    given = (
        len(token.split("~")) - 2
    )  # it drops in silence what has no digest, so what was shown is counted
    shown = [name for name in HIDDEN if name in claims]
    if len(shown) != given or (show is not None and sorted(shown) != sorted(show)):
        return f"{given} disclosures, shown: {shown}"
    return ""


HIDDEN = ("name", "course", "kind", "awarded", "result")
