"""Certificates for seals: the city's authority signs one for each provider.

Nobody outside trusts this authority by itself; who wants that gives a provider a qualified seal (see sealers).
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

AUTHORITY_DAYS = 3653
SEAL_DAYS = 1096
LONGEST = 64  # bytes of a name in a certificate (X.520, ub-common-name)


class Sealed(NamedTuple):
    """A certificate (PEM) and the private key to it (PKCS#8, PEM, not encrypted: wrap it before it is stored)."""

    certificate: str
    key: bytes


def make_authority(name: str, *, at: datetime) -> Sealed:
    """The city's authority: it signs seal certificates for ten years, and no further authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name)
    builder = _certificate(subject, subject, key.public_key(), at, AUTHORITY_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(authority=True), critical=True)
    return _pem(builder.sign(key, hashes.SHA256()), key)


def make_seal(name: str, authority: Sealed, *, at: datetime) -> Sealed:
    """A provider's seal, good for three years; never longer than its authority."""
    issuer = x509.load_pem_x509_certificate(authority.certificate.encode())
    issuer_key = _private(authority.key)
    key = ec.generate_private_key(ec.SECP256R1())
    left = (issuer.not_valid_after_utc - at).days
    builder = _certificate(_name(name), issuer.subject, key.public_key(), at, min(SEAL_DAYS, left))
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    builder = builder.add_extension(_usage(authority=False), critical=True)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
    )
    return _pem(builder.sign(issuer_key, hashes.SHA256()), key)


def span(certificate: str) -> tuple[datetime, datetime]:
    """From when until when a certificate (PEM) is valid."""
    parsed = x509.load_pem_x509_certificate(certificate.encode())
    return parsed.not_valid_before_utc, parsed.not_valid_after_utc


def _name(name: str) -> x509.Name:
    """Long names are cut; the full one stands on the paper."""
    short = name.encode()[:LONGEST].decode(errors="ignore")
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, short),
            x509.NameAttribute(NameOID.COMMON_NAME, short),
        ]
    )


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))  # clocks differ
        .not_valid_after(at + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _private(key: bytes) -> ec.EllipticCurvePrivateKey:
    loaded = serialization.load_pem_private_key(key, password=None)
    if not isinstance(loaded, ec.EllipticCurvePrivateKey):
        raise TypeError("A seal's key is an elliptic curve key.")
    return loaded


def _pem(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> Sealed:
    return Sealed(
        certificate.public_bytes(serialization.Encoding.PEM).decode(),
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )
