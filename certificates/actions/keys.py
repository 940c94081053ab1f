"""A provider's keys. Under the system lens: no member of staff can read private halves."""

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from accounts.actions import record_event
from accounts.models import User
from certificates import envelope, openbadges, seals
from certificates.models import IssuerDocument, IssuerKey, KeyMaterial, StatusList
from providers.models import Provider
from tenancy.lens import CITY

Purpose, State = IssuerKey.Purpose, IssuerKey.State
RSA_BITS = 3072


@cache
def vault() -> envelope.Vault:
    """Where the key-encryption key is kept: the class named by KEY_VAULT, made with KEY_VAULT_OPTIONS."""
    made: envelope.Vault = import_string(settings.KEY_VAULT)(*settings.KEY_VAULT_OPTIONS)
    return made


@transaction.atomic
def make_key(
    provider: Provider,
    purpose: str = Purpose.CREDENTIAL,
    *,
    planned: bool = False,
    by: User | None = None,
) -> IssuerKey:
    """A new key. Planned ones wait; otherwise a planned one, or a fresh one, takes over at once.

    The former key is retired: it signs no more, and what it signed goes on being valid. The change is recorded.
    """
    _alone(provider)
    waiting = IssuerKey.objects.filter(provider=provider, purpose=purpose, state=State.PLANNED)
    key = waiting.first() or _generate(provider, purpose)
    if planned:
        forget_documents(provider.pk)
        return key
    retired = retire(provider.pk, purpose)
    key.state = State.ACTIVE
    key.save(update_fields=["state", "changed_at"])
    forget_documents(provider.pk)
    if retired:
        record_event("key.rotated", by=by, provider=provider.pk, thing=key, name=key.fragment)
    return key


@transaction.atomic
def compromise_key(key: IssuerKey, *, by: User | None = None) -> IssuerKey:
    """Somebody else may have `key`: it vanishes from did.json at once, and nothing it signed is authentic any more.

    A key in use is followed by another. What it signed is issued anew by `actions.reissue_signed_by`.
    """
    locked = IssuerKey.objects.select_for_update().select_related("provider").get(pk=key.pk)
    if locked.state == State.COMPROMISED:
        return locked
    was_active = locked.state == State.ACTIVE
    locked.state = State.COMPROMISED
    locked.save(update_fields=["state", "changed_at"])
    KeyMaterial.objects.filter(key=locked).delete()
    forget_documents(locked.provider_id)
    record_event(
        "key.compromised", by=by, provider=locked.provider_id, thing=locked, name=locked.fragment
    )
    if was_active:
        make_key(locked.provider, locked.purpose, by=by)
    return locked


def retire(provider: int, purpose: str) -> int:
    """Whatever is in use signs no more; how many keys that are (one or none)."""
    now = timezone.now()
    active = IssuerKey.objects.filter(provider=provider, purpose=purpose, state=State.ACTIVE)
    return active.update(state=State.RETIRED, retired_at=now, changed_at=now)


def forget_documents(provider: int) -> None:
    """A key has come or gone, so what is stored is written anew when it is next asked for (`actions.documents`).

    A list stays as it is as long as the key that signed it still verifies.
    """
    IssuerDocument.objects.filter(provider=provider).delete()
    lists = StatusList.objects.filter(provider=provider)
    lists.exclude(token="").update(token="")
    gone = IssuerKey.objects.filter(provider=provider, state=State.COMPROMISED)
    lost = [key.method for key in gone.filter(purpose=Purpose.CREDENTIAL)]
    lists.filter(document__proof__verificationMethod__in=lost).update(document=None, signed_at=None)


def active_secret(provider: int, purpose: str = Purpose.CREDENTIAL) -> tuple[IssuerKey, bytes]:
    """The key a provider uses for `purpose` and its private half, made when it has none yet.

    Ed25519: 32 bytes. RSA and SD-JWT: PKCS #8, DER. Seals: PKCS #8, PEM. Raises envelope.CannotUnwrap.
    The key comes with its provider, in one statement.
    """
    active = IssuerKey.objects.filter(provider=provider, purpose=purpose, state=State.ACTIVE)
    active = active.select_related("provider", "material")
    key = active.first()
    if not key:
        with transaction.atomic():
            issuer = Provider.objects.get(pk=provider)
            _alone(issuer)  # two workers must not make two first keys
            key = active.first() or make_key(issuer, purpose)
    return key, vault().unwrap(bytes(key.material.wrapped), owner=key.method)


def active_key(provider: int) -> tuple[IssuerKey, Ed25519PrivateKey]:
    """The key a provider signs credentials and status lists with. Raises envelope.CannotUnwrap."""
    key, secret = active_secret(provider)
    return key, Ed25519PrivateKey.from_private_bytes(secret)


@transaction.atomic
def rewrap_keys() -> int:
    """Wrap every private half anew with the first key-encryption key; how many they were. For changing that key."""
    materials = KeyMaterial.objects.select_for_update(of=("self",)).select_related("key")
    for material in materials:
        owner = material.key.method
        content = vault().unwrap(bytes(material.wrapped), owner=owner)
        material.wrapped = vault().wrap(content, owner=owner)
        material.save(update_fields=["wrapped"])
    return len(materials)


def _alone(provider: Provider) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(4711, %s)", [provider.pk])


class Made(NamedTuple):
    """A fresh pair: its name, what is published besides, the private half."""

    fragment: str
    public: dict[str, Any]
    secret: bytes


def _generate(provider: Provider, purpose: str) -> IssuerKey:
    made = MAKERS[purpose](provider)
    first = IssuerKey.objects.filter(provider=provider).order_by("pk").first()
    key = IssuerKey.objects.create(
        provider=provider,
        purpose=purpose,
        did=first.did if first else openbadges.did_web(settings.PUBLIC_URL, provider.key),
        fragment=made.fragment,
        public=made.public,
        state=State.PLANNED,
    )
    KeyMaterial.objects.create(
        key=key, provider=provider, wrapped=vault().wrap(made.secret, owner=key.method)
    )
    return key


def _credential_key(_provider: Provider) -> Made:
    private = Ed25519PrivateKey.generate()
    return Made(openbadges.multikey(private.public_key()), {}, private.private_bytes_raw())


def _jwt_key(_provider: Provider) -> Made:
    return _published(rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS))


def _sd_jwt_key(_provider: Provider) -> Made:
    return _published(ec.generate_private_key(ec.SECP256R1()))


def _published(private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> Made:
    """Named by its thumbprint, published as JWK."""
    jwk = openbadges.jwk(private.public_key())
    secret = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return Made(openbadges.thumbprint(jwk), {"jwk": jwk}, secret)


def _authority_key(provider: Provider) -> Made:
    name = gettext("%(city)s: Stelle für Siegel") % {"city": provider.name}
    return _certified(seals.make_authority(name, at=timezone.now()))


def _seal_key(provider: Provider) -> Made:
    """Certified by the authority of the city."""
    authority, secret = active_secret(CITY, Purpose.AUTHORITY)
    issuer = seals.Sealed(authority.public["pem"], secret)
    return _certified(seals.make_seal(provider.name, issuer, at=timezone.now()))


def _certified(made: "seals.Sealed") -> Made:
    der = x509.load_pem_x509_certificate(made.certificate.encode()).public_bytes(Encoding.DER)
    return Made(hashlib.sha256(der).hexdigest(), {"pem": made.certificate}, made.key)


MAKERS: dict[str, Callable[[Provider], Made]] = {
    Purpose.CREDENTIAL: _credential_key,
    Purpose.JWT: _jwt_key,
    Purpose.SD_JWT: _sd_jwt_key,
    Purpose.SEAL: _seal_key,
    Purpose.AUTHORITY: _authority_key,
}
