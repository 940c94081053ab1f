"""What somebody changes in their booking later: how they are called, whether they are reminded, what they need."""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from learning.models import Booking, BookingNeed
from tenancy.lens import as_system


@as_system("change a booking")
@transaction.atomic
def change_booking(
    key: uuid.UUID, *, phone: str, remind: bool, needs: Sequence[str], note: str
) -> Booking:
    """The seat stays as it is. Nothing is written into a booking that is over; no needs: what was said of them is deleted."""
    booking = Booking.objects.select_for_update().get(key=key)
    if booking.state not in Booking.OPEN:
        return booking
    booking.phone, booking.remind = phone, remind
    booking.save(update_fields=["phone", "remind"])
    if not needs and not note:
        BookingNeed.objects.filter(booking=booking).delete()
        return booking
    said = {"kinds": [*needs], "note": note, "consented_at": timezone.now()}
    BookingNeed.objects.update_or_create(
        booking=booking, defaults=said | {"provider_id": booking.provider_id}
    )
    return booking
