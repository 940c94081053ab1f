"""The sealer of a trust service: only the hash travels, the key stays there (CSC API 1.0.4, § 11)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.csc_signer import (
    CSCAuthorizationInfo,
    CSCAuthorizationManager,
    CSCCredentialInfo,
    CSCServiceSessionInfo,
    CSCSigner,
    fetch_certs_in_csc_credential,
)

from certificates.seals.trouble import CannotSeal

if TYPE_CHECKING:
    from certificates.seals.sealers import CscSealer

PATIENCE = 30  # seconds


class AuthoriseEach(CSCAuthorizationManager):
    """Asks the service for leave to sign exactly this hash (credentials/authorize, § 11.6)."""

    def __init__(
        self,
        service: CSCServiceSessionInfo,
        credential: CSCCredentialInfo,
        *,
        session: aiohttp.ClientSession,
        pin: str,
    ) -> None:
        super().__init__(service, credential)
        self.session, self.pin = session, pin

    async def authorize_signature(self, hash_b64s: list[str]) -> CSCAuthorizationInfo:
        asked = self.format_csc_auth_request(
            num_signatures=1, pin=self.pin or None, hash_b64s=hash_b64s
        )
        url = self.csc_session_info.endpoint_url("credentials/authorize")  # type: ignore[no-untyped-call]  # -- its library has no types
        headers = self.csc_session_info.auth_headers
        async with self.session.post(url, json=asked, headers=headers) as answer:
            return self.parse_csc_auth_response(await answer.json())


@asynccontextmanager
async def opened(sealer: "CscSealer") -> AsyncIterator[CSCSigner]:
    """A session with the service; any refusal is one sentence that names it."""
    info = CSCServiceSessionInfo(sealer.url.rstrip("/"), sealer.credential, sealer.token)
    limit = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        async with aiohttp.ClientSession(timeout=limit, raise_for_status=True) as session:
            credential = await fetch_certs_in_csc_credential(session, info)
            leave = AuthoriseEach(info, credential, session=session, pin=sealer.pin)
            yield CSCSigner(session, leave, sign_timeout=PATIENCE, embed_roots=False)
    except (SigningError, aiohttp.ClientError, TimeoutError) as wrong:
        raise CannotSeal(f"The remote seal at {sealer.url} was refused: {wrong}") from wrong
