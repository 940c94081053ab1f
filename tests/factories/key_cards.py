"""Key cards, and what their holders type."""

import uuid

from accounts.actions import MadeCard, make_cards
from accounts.models import KeyCard, User
from providers.models import Membership, Provider
from tenancy.lens import look, system
from tests import factories


def make_card(
    provider: Provider, name: str = "Margarete H.", *, by: User | None = None
) -> MadeCard:
    """A card and what stands on it; the account belongs to nobody else's address."""
    by = by or factories.make_member(provider, Membership.Role.TUTOR, name="Petra Lang")
    [made] = make_cards(provider.pk, [name], by=by, form=uuid.uuid4())
    return made


def typed(made: MadeCard, **changed: str) -> dict[str, str]:
    """The form as its holder fills it in."""
    words = dict(zip(("word1", "word2", "word3", "word4"), made.written.words.split(), strict=True))
    return {"number": made.written.number, "where": "own", **words, **changed}


def now(made: MadeCard) -> KeyCard:
    with look(system("test")):
        return KeyCard.objects.get(pk=made.card.pk)
