"""Who holds the key of a seal: this server, a card or HSM (PKCS#11), or a remote service (Cloud Signature Consortium).

All three are opened for one seal and closed again. What a sealer needs and does not find, it says in one sentence.
"""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from certificates.seals.trouble import CannotSeal

# Hexadecimal digits kept free for a seal, twice as many as bytes. Knowing it beforehand saves a trial signature.
OURS = 4096  # one P-256 signature, one certificate
THEIRS = 32768  # RSA, the chain of a trust service


class Sealer(Protocol):
    """Something that can sign."""

    @property
    def reserved(self) -> int:
        """How many hexadecimal digits its seals need at most."""
        ...

    def opened(self) -> AbstractAsyncContextManager[Any]:
        """A pyHanko `Signer`, for as long as the context is open."""
        ...


@dataclass(frozen=True)
class LocalSealer:
    """A key of ours. `chain`: certificates between the seal's and the authority's, which is not embedded itself."""

    certificate: str  # PEM
    key: bytes = field(repr=False)  # PKCS#8, PEM
    chain: tuple[str, ...] = ()

    @property
    def reserved(self) -> int:
        return THEIRS if self.chain else OURS

    def opened(self) -> AbstractAsyncContextManager[Any]:
        from certificates.seals import local  # noqa: PLC0415 -- pyHanko takes half a second to load

        return local.opened(self)


@dataclass(frozen=True)
class Pkcs11Sealer:
    """A key on a card or in an HSM: `module` is the maker's library, `token` and `key` are the labels there."""

    module: str
    token: str
    key: str
    certificate: str  # PEM
    pin: str = field(default="", repr=False)
    chain: tuple[str, ...] = ()

    @property
    def reserved(self) -> int:
        return THEIRS

    def opened(self) -> AbstractAsyncContextManager[Any]:
        try:
            from certificates.seals import card  # noqa: PLC0415 -- its package is optional
        except ImportError as missing:
            raise CannotSeal(
                "Seals by PKCS#11 need a further package: pip install 'pyhanko[pkcs11]'."
            ) from missing
        return card.opened(self)


@dataclass(frozen=True)
class CscSealer:
    """A remote seal by the API of the Cloud Signature Consortium 1.0.4: a trust service holds key and certificate."""

    url: str  # what stands before /csc/v1
    credential: str
    token: str = field(repr=False)  # OAuth access token
    pin: str = field(default="", repr=False)

    @property
    def reserved(self) -> int:
        return THEIRS

    def opened(self) -> AbstractAsyncContextManager[Any]:
        from certificates.seals import remote  # noqa: PLC0415 -- an HTTP client that only this needs

        return remote.opened(self)


KINDS: dict[str, type[LocalSealer | Pkcs11Sealer | CscSealer]] = {
    "local": LocalSealer,
    "pkcs11": Pkcs11Sealer,
    "csc": CscSealer,
}


def sealer_from(settings: Mapping[str, Any]) -> Sealer:
    """The sealer that a configuration names: {"kind": "csc", "url": …, "credential": …, "token": …}."""
    named = dict(settings)
    kind = named.pop("kind", "local")
    if kind not in KINDS:
        raise CannotSeal(f"There is no sealer of the kind {kind!r}; choose {', '.join(KINDS)}.")
    if isinstance(named.get("key"), str) and kind == "local":
        named["key"] = named["key"].encode()
    if "chain" in named:
        named["chain"] = tuple(named["chain"])
    try:
        return KINDS[kind](**named)
    except TypeError as wrong:
        reason = str(wrong).partition("__init__() ")[2]
        raise CannotSeal(
            f"The sealer of the kind {kind!r} is not described fully: {reason}."
        ) from None
