"""A provider's signing key. Under the system lens: no member of staff can read private halves."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction

from accounts.actions import record_act
from accounts.models import User
from certificates import envelope, openbadges
from certificates.models import IssuerKey, KeyMaterial
from providers.models import Provider


@transaction.atomic
def make_key(provider: Provider, *, by: User | None = None) -> IssuerKey:
    """A new active key; a former one is retired, goes on verifying what it signed, and the change is recorded."""
    private = Ed25519PrivateKey.generate()
    retired = IssuerKey.objects.filter(provider=provider, state=IssuerKey.State.ACTIVE).update(
        state=IssuerKey.State.RETIRED
    )
    first = IssuerKey.objects.filter(provider=provider).order_by("pk").first()
    key = IssuerKey.objects.create(
        provider=provider,
        did=first.did if first else openbadges.did_web(settings.PUBLIC_URL, provider.key),
        multikey=openbadges.multikey(private.public_key()),
    )
    wrapped = envelope.wrap(private, kek=settings.KEY_ENCRYPTION_KEY, owner=key.method)
    KeyMaterial.objects.create(key=key, provider=provider, wrapped=wrapped)
    if retired:
        record_act("key.rotated", by=by, provider=provider.pk, thing=key, name=key.multikey)
    return key


def active_key(provider: Provider) -> tuple[IssuerKey, Ed25519PrivateKey]:
    """The key `provider` signs with, made when it has none yet. Raises envelope.CannotUnwrap."""
    with connection.cursor() as cursor:  # two workers must not make two first keys
        cursor.execute("SELECT pg_advisory_xact_lock(4711, %s)", [provider.pk])
    key = IssuerKey.objects.filter(provider=provider, state=IssuerKey.State.ACTIVE).first()
    key = key or make_key(provider)
    private = envelope.unwrap(
        bytes(key.material.wrapped), kek=settings.KEY_ENCRYPTION_KEY, owner=key.method
    )
    return key, private
