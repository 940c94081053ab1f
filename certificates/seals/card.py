"""The sealer whose key is on a card or in an HSM. Importing this needs `python-pkcs11`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from pkcs11.exceptions import PKCS11Error  # type: ignore[import-not-found]  # -- optional
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from certificates.seals.local import certificate_of
from certificates.seals.trouble import CannotSeal

if TYPE_CHECKING:
    from certificates.seals.sealers import Pkcs11Sealer


@asynccontextmanager
async def opened(sealer: "Pkcs11Sealer") -> AsyncIterator[PKCS11Signer]:
    """A session with the token; it is closed again, since most tokens allow only a few."""
    try:
        session = open_pkcs11_session(
            sealer.module,
            token_criteria=TokenCriteria(label=sealer.token),
            user_pin=sealer.pin or None,
        )
    except PKCS11Error as wrong:
        reason = str(wrong) or type(wrong).__name__
        raise CannotSeal(f"The token {sealer.token!r} does not open: {reason}") from wrong
    with session:
        yield PKCS11Signer(
            session,
            key_label=sealer.key,
            signing_cert=certificate_of(sealer.certificate),
            ca_chain={certificate_of(text) for text in sealer.chain},
            embed_roots=False,
        )
