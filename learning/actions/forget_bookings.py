"""What was said to take part is forgotten when it is not needed any more. A sweep; under the system lens."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from courses.models import PlanRules, Run
from learning.models import Booking, BookingNeed
from learning.queries.bookings import KEPT_DAYS

#: A link that nobody has followed for so long.
UNPROVED = timedelta(days=2)


@transaction.atomic
def forget_bookings() -> int:
    """Needs after the last meeting, names some days later, what was never confirmed after two; how many rows."""
    now = timezone.now()
    over = Run.objects.annotate(last=Max("meetings__ends_at")).filter(last__lt=now)
    needs, _tables = BookingNeed.objects.filter(booking__run__in=over.values("pk")).delete()
    asked = Booking.objects.filter(state=Booking.State.ASKED, made_at__lt=now - UNPROVED)
    gone, _tables = asked.delete()
    days = dict(PlanRules.objects.values_list("provider", "kept_days"))
    for run in over.filter(bookings__isnull=False).distinct().annotate(ended=F("last")):
        if run.ended + timedelta(days=days.get(run.provider_id, KEPT_DAYS)) < now:
            gone += Booking.objects.filter(run=run).delete()[0]
    return needs + gone
