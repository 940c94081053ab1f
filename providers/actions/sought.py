"""What the city still looks for. For anyone who founds providers, through their own lens."""

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from providers.models import SoughtOffer
from tenancy.lens import CITY
from tenancy.public_page import forget


@transaction.atomic
def seek(title: str, detail: str, *, by: User) -> SoughtOffer:
    """Stands beside the form to join at once. The same words twice are one line."""
    sought, new = SoughtOffer.objects.get_or_create(title=title, detail=detail)
    if new:
        record_event("sought.added", by=by, provider=CITY, thing=sought)
        transaction.on_commit(forget, robust=True)
    return sought


@transaction.atomic
def seek_no_more(number: int, *, by: User) -> bool:
    """Whether it was there."""
    sought = SoughtOffer.objects.filter(pk=number).first()
    if not sought:
        return False
    record_event("sought.ended", by=by, provider=CITY, thing=sought)
    sought.delete()
    transaction.on_commit(forget, robust=True)
    return True
