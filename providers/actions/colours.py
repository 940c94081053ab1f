"""The colour of a provider: chosen among those of the house, or a pair of its own. Under the system lens, for its heads."""

from django.db import transaction

from accounts.models import User
from providers.actions.record import record_for
from providers.models import Provider
from providers.signals import colour_chosen
from tenancy.lens import as_system
from tenancy.public_page import forget


@as_system("a head chooses the colour")
@transaction.atomic
def choose_colour(provider: Provider, brand: str, *, by: User) -> bool:
    """It shows on every page at once, and on whatever is printed on paper from now on; whether it is another one."""
    locked = Provider.objects.select_for_update().get(pk=provider.pk)
    former, locked.brand = locked.brand, brand
    if former == brand:
        return False
    locked.save(update_fields=["brand"])
    colour_chosen.send(Provider, provider=locked, former=former)
    record_for(provider.pk, "colour.chosen", by=by, thing=locked, colour=brand)
    transaction.on_commit(forget, robust=True)
    return True
