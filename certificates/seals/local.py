"""The sealer whose key is ours."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from asn1crypto import keys, pem, x509
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

if TYPE_CHECKING:
    from certificates.seals.sealers import LocalSealer


@asynccontextmanager
async def opened(sealer: "LocalSealer") -> AsyncIterator[SimpleSigner]:
    yield _signer(sealer)


@lru_cache(maxsize=8)
def _signer(sealer: "LocalSealer") -> SimpleSigner:
    return SimpleSigner(
        signing_cert=certificate_of(sealer.certificate),
        signing_key=keys.PrivateKeyInfo.load(pem.unarmor(sealer.key)[2]),
        cert_registry=store_of(sealer.chain),
        embed_roots=False,
    )


def certificate_of(text: str) -> x509.Certificate:
    """A certificate from its PEM."""
    return x509.Certificate.load(pem.unarmor(text.encode())[2])


def store_of(chain: tuple[str, ...]) -> SimpleCertificateStore:
    """The certificates that are embedded beside the seal's own."""
    store = SimpleCertificateStore()
    for text in chain:
        store.register(certificate_of(text))
    return store
