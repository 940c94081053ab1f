"""The signature by hand of a head, as a picture on papers: placed, ended, forgotten. Under the system lens."""

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User
from certificates import queries
from certificates.models import Autograph
from files import pictures
from providers.models import Provider
from tenancy.lens import as_system

#: Pixels; on paper no more than 60 by 12 mm.
MOST = (900, 180)


@as_system("a head signs by hand")
@transaction.atomic
def place_autograph(provider: Provider, content: bytes, *, name: str, by: User) -> Autograph:
    """It stands on whatever is issued from now on, in the place of their former one. Raises BadFile, NoInk."""
    image = pictures.ink(content, most=MOST)
    _end(provider, by)
    placed = Autograph.objects.create(provider=provider, head=by, name=name, image=image)
    record_event("autograph.placed", by=by, provider=provider.pk, thing=placed)
    return placed


@as_system("a head takes their signature back")
@transaction.atomic
def end_autograph(provider: Provider, *, by: User) -> bool:
    """What is issued from now on goes without; whether there was one. Papers issued before keep it."""
    ended = _end(provider, by)
    if ended:
        record_event("autograph.ended", by=by, provider=provider.pk)
    return ended


def autograph_of(provider: Provider) -> Autograph | None:
    """The newest of those who are heads now."""
    return Autograph.objects.filter(pk=queries.pictures_of(provider.pk).autograph).first()


def forget_autographs(head: User) -> int:
    """Their account is closed: no paper is set with it any more."""
    return Autograph.objects.filter(head=head).delete()[0]


def _end(provider: Provider, head: User) -> bool:
    present = Autograph.objects.filter(provider=provider, head=head, ended_at=None)
    return bool(present.update(ended_at=timezone.now()))
