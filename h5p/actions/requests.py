"""A provider misses content types: the office is asked once for each, and answers."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from h5p.models import LibraryRequest, Upload
from h5p_lite.core.names import Name
from h5p_lite.queries.active import active_libraries
from providers.actions import record_for
from tenancy.lens import CITY


def ask_for(names: Iterable[Name], *, upload: Upload) -> None:
    """Ask the office for what `upload` misses. What the provider has asked for already is not asked again."""
    with transaction.atomic():
        for name in names:
            _request, new = LibraryRequest.objects.get_or_create(
                provider_id=upload.provider_id,
                machine_name=name.machine_name,
                major=name.major,
                minor=name.minor,
                state=LibraryRequest.State.OPEN,
                defaults={"upload": upload, "by_name": upload.by_name},
            )
            if new:
                record_for(upload.provider_id, "library.requested", by=upload.by, name=str(name))


@transaction.atomic
def answer_request(request: LibraryRequest, *, declined: str = "", by: User | None = None) -> None:
    """Installed; or `declined`, with the reason that the provider reads. Under the system lens."""
    request.state = LibraryRequest.State.DECLINED if declined else LibraryRequest.State.DONE
    request.answer = declined
    request.closed_at = timezone.now()
    request.save(update_fields=["state", "answer", "closed_at"])
    if declined:
        record_for(CITY, "library.declined", by=by, name=str(request))


def can_go_on() -> list[int]:
    """Uploads that waited for content types, and have all of them now. Under the system lens."""
    here = active_libraries().libraries
    waiting = Upload.objects.filter(state=Upload.State.MISSING).order_by("pk")
    return [one.pk for one in waiting if all(Name.parse(name) in here for name in one.missing)]


def close_answered(names: Iterable[Name]) -> None:
    """What is installed now need not be asked for."""
    here = set(names)
    for request in LibraryRequest.objects.filter(state=LibraryRequest.State.OPEN):
        if request.name in here:
            answer_request(request)
