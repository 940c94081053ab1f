"""The sealer whose key is ours."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from asn1crypto import keys, pem, tsp, x509
from pyhanko.sign.attributes import (
    CMSAttributeProvider,
    SignedAttributeProviderSpec,
    SigningCertificateV2Provider,
)
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

if TYPE_CHECKING:
    from certificates.seals.sealers import LocalSealer


@asynccontextmanager
async def opened(sealer: "LocalSealer") -> AsyncIterator[SimpleSigner]:
    yield _signer(sealer)


@lru_cache(maxsize=8)
def _signer(sealer: "LocalSealer") -> SimpleSigner:
    signer = SimpleSigner(
        signing_cert=certificate_of(sealer.certificate),
        signing_key=keys.PrivateKeyInfo.load(pem.unarmor(sealer.key)[2]),
        cert_registry=store_of(sealer.chain),
        embed_roots=False,
    )
    signer.signed_attr_prov_spec = _Attributes(signer.signing_cert)
    return signer


class _Attributes(SignedAttributeProviderSpec):
    """Beside type and digest, which pyHanko adds, PAdES asks for one: the certificate (ETSI EN 319 142-1 § 6.3)."""

    def __init__(self, certificate: x509.Certificate) -> None:
        self.named = _Named(certificate)

    def signed_attr_providers(
        self, data_digest: bytes, digest_algorithm: str
    ) -> Iterator[CMSAttributeProvider]:
        yield self.named


class _Named(SigningCertificateV2Provider):
    """The same in every seal of one certificate, hence made once: kept as objects, asn1crypto would encode it level by level
    at each look, which is most of what a seal costs.
    """

    def __init__(self, certificate: x509.Certificate) -> None:
        super().__init__(certificate)
        value = as_signing_certificate_v2(certificate)
        self.value = tsp.SigningCertificateV2.load(value.dump())

    async def build_attr_value(self, dry_run: bool = False) -> tsp.SigningCertificateV2:
        return self.value


def certificate_of(text: str) -> x509.Certificate:
    """A certificate from its PEM."""
    return x509.Certificate.load(pem.unarmor(text.encode())[2])


def store_of(chain: tuple[str, ...]) -> SimpleCertificateStore:
    """The certificates that are embedded beside the seal's own."""
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # -- its library has no types
    for text in chain:
        store.register(certificate_of(text))
    return store
