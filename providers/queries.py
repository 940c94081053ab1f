"""Who works where. Membership is the truth; what it opens is computed here and nowhere else."""

from typing import NamedTuple

from accounts.models import User
from providers.models import Membership, Provider
from tenancy.lens import CITY, Lens, learner, look, office, staff

Role = Membership.Role
#: May open the desk (Wagtail).
AUTHORS = {Role.AUTHOR, Role.REVIEWER, Role.OWNER}
#: May see what her own course's learners did in it.
TUTORS = {Role.TUTOR, Role.OWNER}
#: Sees the city's figures.
OFFICE = {Role.CLERK, Role.ADMIN}


class Seat(NamedTuple):
    """One membership, as far as doors need it."""

    provider: int
    role: str


def seats(person: User) -> list[Seat]:
    """Everything `person` may do, read through her own lens."""
    if not person.is_authenticated:
        return []
    with look(learner(person.pk)):
        return [Seat(*row) for row in person.memberships.values_list("provider_id", "role")]


def desk_lens(held: list[Seat]) -> Lens | None:
    """The staff lens over all providers somebody writes for; None: she has no business at the desk."""
    authored = sorted({seat.provider for seat in held if seat.role in AUTHORS})
    tutored = sorted({seat.provider for seat in held if seat.role in TUTORS})
    return staff(authored, tutored=tutored) if authored else None


def office_lens(held: list[Seat]) -> Lens | None:
    return office if any(s.role in OFFICE and s.provider == CITY for s in held) else None


def provider_on_shelf(slug: str) -> Provider | None:
    """A provider as the public sees it; the city has no shelf."""
    return Provider.objects.filter(slug=slug).exclude(kind=Provider.Kind.CITY).first()
