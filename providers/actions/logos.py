"""The logo of a provider: placed, ended. Under the system lens, for its heads."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from files import pictures
from providers.actions.record import record_for
from providers.models import Logo, Provider
from tenancy.lens import as_system
from tenancy.public_page import forget

#: Pixels; on paper no more than 60 by 22 mm.
MOST = (900, 330)


@as_system("a head places the logo")
@transaction.atomic
def place_logo(provider: Provider, content: bytes, *, by: User) -> Logo:
    """It stands on the provider's page at once, and on whatever is issued from now on. Raises BadFile, NoInk."""
    image, (width, height) = pictures.drawn(content, most=MOST)
    _end(provider)
    logo = Logo.objects.create(provider=provider, image=image, width=width, height=height)
    record_for(provider.pk, "logo.placed", by=by, thing=logo)
    transaction.on_commit(forget, robust=True)
    return logo


@as_system("a head takes the logo away")
@transaction.atomic
def end_logo(provider: Provider, *, by: User) -> bool:
    """The letters of its mark stand there again; whether there was one. Papers issued before keep it."""
    ended = _end(provider)
    if ended:
        record_for(provider.pk, "logo.ended", by=by, thing=provider)
        transaction.on_commit(forget, robust=True)
    return ended


def _end(provider: Provider) -> bool:
    present = Logo.objects.filter(provider=provider, ended_at=None)
    return bool(present.update(ended_at=timezone.now()))
