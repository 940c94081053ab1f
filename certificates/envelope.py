"""Private keys at rest: AES-256-GCM under a key-encryption key that the database never sees.

Where that key is kept is the operator's choice: here from the environment or a file (`LocalVault`); an HSM or a key
service is a class of one's own with the same two methods, named in the setting KEY_VAULT (docs/certificates.md).
"""

import base64
import secrets
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12  # bytes


class CannotUnwrap(RuntimeError):
    """The key-encryption key is not the one this key was wrapped with, or the row was changed."""


class Vault(Protocol):
    """What wraps and unwraps. `owner` (the key's full name) is authenticated along, so that a row cannot be moved."""

    def wrap(self, content: bytes, *, owner: str) -> bytes: ...

    def unwrap(self, wrapped: bytes, *, owner: str) -> bytes:
        """Raises CannotUnwrap."""
        ...


class LocalVault:
    """Key-encryption keys of this machine, 32 random bytes in base64url each. The first wraps; all of them unwrap."""

    def __init__(self, *keks: str) -> None:
        self.keys = [AESGCM(base64.urlsafe_b64decode(kek)) for kek in keks]

    def wrap(self, content: bytes, *, owner: str) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return nonce + self.keys[0].encrypt(nonce, content, owner.encode())

    def unwrap(self, wrapped: bytes, *, owner: str) -> bytes:
        for key in self.keys:
            try:
                return key.decrypt(wrapped[:NONCE], wrapped[NONCE:], owner.encode())
            except InvalidTag:
                continue
        raise CannotUnwrap(
            "The key-encryption key does not fit. Set KEY_ENCRYPTION_KEY to the value this database was started with."
        )
