"""A holder offers themselves a certificate for their wallet app: code and PIN, access token, nonces.

All of it lives in the cache, under hashes and for minutes only: nothing in it names anybody, and a lost cache costs one
more press of a button. OpenID4VCI 1.0, pre-authorised code flow (§ 3.5).
"""

import secrets
from typing import NamedTuple

from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac

#: Seconds. An offer waits for somebody to find their telephone; a nonce for one request.
LIFETIME, NONCE_LIFETIME = 600, 300
TRIES = 5


class OfferRefused(ValueError):
    """What a wallet asked for is not given. `error` is the word the standards have for it, the message says why."""

    def __init__(self, error: str, says: str) -> None:
        super().__init__(says)
        self.error = error


class Offer(NamedTuple):
    """`id` stands in the QR code, `pin` beside it; neither is kept."""

    id: str
    pin: str


def make_offer(token_hash: str) -> Offer:
    """For the certificate with this hash. The former offer of the same certificate ends."""
    offer = Offer(secrets.token_urlsafe(16), f"{secrets.randbelow(1_000_000):06}")
    code = _code(offer.id)
    newest = _key("offered", token_hash)
    if former := cache.get(newest):
        cache.delete(former)
    cache.set(newest, _key("code", code), LIFETIME)
    cache.set(_key("tries", code), 0, LIFETIME)
    cache.set(
        _key("code", code), {"certificate": token_hash, "pin": _pin(code, offer.pin)}, LIFETIME
    )
    return offer


def code_of(offer_id: str) -> str | None:
    """The code of an offer that is still open; to anyone who has its address."""
    code = _code(offer_id)
    return code if cache.get(_key("code", code)) else None


def redeem_code(code: str, *, pin: str) -> str:
    """An access token, once. Raises Refused (invalid_grant); after five wrong PINs the offer is gone.

    A try is counted before it is looked at, so that many at once have no more than five either.
    """
    key = _key("code", code)
    wrong = OfferRefused("invalid_grant", "The code or the PIN is wrong, used or expired.")
    grant = cache.get(key)
    if grant is None:
        raise wrong
    try:
        tries = cache.incr(_key("tries", code))
    except ValueError:
        raise wrong from None
    fits = constant_time_compare(grant["pin"], _pin(code, pin))
    if not fits or tries > TRIES:
        if tries >= TRIES:
            cache.delete(key)
        raise wrong
    if not cache.delete(key):  # somebody was quicker
        raise wrong
    token = secrets.token_urlsafe(32)
    cache.set(_key("token", token), grant["certificate"], LIFETIME)
    return token


def new_nonce() -> str:
    """Good for one proof within five minutes."""
    nonce = secrets.token_urlsafe(24)
    cache.set(_key("nonce", nonce), 1, NONCE_LIFETIME)
    return nonce


def spend_nonce(nonce: str) -> None:
    """Raises Refused (invalid_nonce) unless it is one of ours that nobody has used."""
    if not cache.delete(_key("nonce", nonce)):
        raise OfferRefused("invalid_nonce", "The nonce is unknown, used or expired.")


def offered_to(access_token: str) -> str:
    """The hash of the certificate that an access token is good for. Raises Refused (invalid_token)."""
    token = cache.get(_key("token", access_token)) if access_token else None
    if not token:
        raise OfferRefused("invalid_token", "The access token is unknown or expired.")
    return str(token)


def spend_token(access_token: str, *, on: str) -> None:
    """An access token gives each format once. Raises Refused (invalid_token) from then on."""
    if not cache.add(_key("spent", f"{access_token} {on}"), 1, LIFETIME):
        raise OfferRefused("invalid_token", "The access token was used for this format.")


def _code(offer_id: str) -> str:
    """Follows from the offer's id, for us only: so no code has to be kept."""
    return _keyed("code of an offer", offer_id)


def _pin(code: str, pin: str) -> str:
    return _keyed("pin", f"{code} {pin}")


def _key(kind: str, secret: str) -> str:
    return f"oid4vci:{kind}:{_keyed(kind, secret)}"


def _keyed(salt: str, value: str) -> str:
    return salted_hmac(f"certificates.offers {salt}", value, algorithm="sha256").hexdigest()
