"""Private keys at rest: AES-256-GCM under a key-encryption key that the database never sees."""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

NONCE = 12  # bytes


class CannotUnwrap(RuntimeError):
    """The key-encryption key is not the one this key was wrapped with, or the row was changed."""


def wrap(key: Ed25519PrivateKey, *, kek: str, owner: str) -> bytes:
    """`owner` (provider and key id) is authenticated along, so that a wrapped key cannot be moved to another row."""
    raw = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_secret(kek)).encrypt(nonce, raw, owner.encode())


def unwrap(wrapped: bytes, *, kek: str, owner: str) -> Ed25519PrivateKey:
    try:
        raw = AESGCM(_secret(kek)).decrypt(wrapped[:NONCE], wrapped[NONCE:], owner.encode())
    except InvalidTag as wrong:
        raise CannotUnwrap(
            "The key-encryption key does not fit. Set KEY_ENCRYPTION_KEY to the value this database was started with."
        ) from wrong
    return Ed25519PrivateKey.from_private_bytes(raw)


def _secret(kek: str) -> bytes:
    """`kek` is 32 random bytes in base64url."""
    return base64.urlsafe_b64decode(kek)
