"""Bitstring Status List 1.0: one bit per certificate, in a list long enough to hide in."""

import base64
import gzip
import zlib
from typing import Any

#: The smallest length the standard allows (§ 3.2: 16 KiB), so that a look-up does not say who is looked up.
LENGTH = 131_072

CONTEXTS = ["https://www.w3.org/ns/credentials/v2"]


class Bits:
    """The list itself; bit 0 is the left-most (§ 3.2)."""

    def __init__(self, content: bytes | None = None) -> None:
        self.content = bytearray(content or bytes(LENGTH // 8))

    def __getitem__(self, index: int) -> bool:
        return bool(self.content[index // 8] & 0x80 >> index % 8)

    def set(self, index: int, *, to: bool = True) -> None:
        """Revoked or suspended; `to=False` ends a suspension."""
        bit = 0x80 >> index % 8
        self.content[index // 8] = self.content[index // 8] & ~bit | (bit if to else 0)

    @property
    def encoded(self) -> str:
        """GZIP, base64url without padding, multibase prefix `u`. The same bits always give the same text."""
        packed = gzip.compress(bytes(self.content), 9, mtime=0)
        return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()

    @classmethod
    def decoded(cls, text: str) -> "Bits":
        """Raises ValueError unless `text` is an encoded list of the length we publish."""
        if not text.startswith("u"):
            raise ValueError("Not base64url.")
        packed = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
        try:
            content = gzip.decompress(packed)
        except (OSError, EOFError, zlib.error) as wrong:
            raise ValueError("Not a packed list.") from wrong
        if len(content) != LENGTH // 8:
            raise ValueError("Not the length of our lists.")
        return cls(content)


def status_list_credential(
    url: str, bits: Bits, *, purpose: str, issuer: str, valid_from: str, valid_until: str
) -> dict[str, Any]:
    """The unsigned list as a credential; verifiers may keep it for five minutes (`ttl` in milliseconds)."""
    return {
        "@context": CONTEXTS,
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": valid_from,
        "validUntil": valid_until,
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": bits.encoded,
            "ttl": 300_000,
        },
    }
