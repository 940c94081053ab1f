"""What takes place, in the words of schema.org: where, when, for how much, and whether it is off or moved."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from courses.models import Meeting, Run, Venue
from courses.models.venues import YesNo

MODES = {
    Run.Mode.ONSITE: ("Onsite", "OfflineEventAttendanceMode"),
    Run.Mode.ONLINE: ("Online", "OnlineEventAttendanceMode"),
    Run.Mode.BLENDED: ("Blended", "MixedEventAttendanceMode"),
}
AT = "https://schema.org/"


def event(run: Run, *, kind: str = "EducationEvent") -> dict[str, Any]:
    """A run with its meetings (prefetched). As an EducationEvent it names each, and when it would have been (prefetch news)."""
    url = settings.PUBLIC_URL + reverse("learning:date", args=[run.key])
    meetings = [*run.meetings.all()]
    held = [each for each in meetings if not each.cancelled_at] or meetings
    course_mode, attendance = MODES[Run.Mode(run.mode)]
    said = {
        "@type": kind,
        "name": run.title,
        "description": run.lead or run.title,
        "url": url,
        "inLanguage": "de" if run.language == "de-simple" else run.language,
        "eventAttendanceMode": AT + attendance,
        "eventStatus": AT + _status(run, meetings),
        "location": _locations(run, held, url),
        "organizer": _house(run),
        "offers": _offers(run, url),
        "isAccessibleForFree": not run.price,
    }
    if held:
        said |= {"startDate": _at(held[0].starts_at), "endDate": _at(held[-1].ends_at)}
    if run.seats_max:
        said["maximumAttendeeCapacity"] = run.seats_max
    if kind == "CourseInstance":
        said |= {"courseMode": course_mode, "courseWorkload": _hours(held)}
    elif len(meetings) > 1:
        said["subEvent"] = [_meeting(run, each, url) for each in meetings]
    elif meetings:
        said |= _was(run, meetings[0])
    return said


def _meeting(run: Run, meeting: Meeting, url: str) -> dict[str, Any]:
    return {
        "@type": "Event",
        "name": meeting.about or run.title,
        "startDate": _at(meeting.starts_at),
        "endDate": _at(meeting.ends_at),
        "eventStatus": AT + _status(run, [meeting]),
        "location": _locations(run, [meeting], url),
        **_was(run, meeting),
    }


def _status(run: Run, meetings: list[Meeting]) -> str:
    """One meeting that is off does not call off a run."""
    if run.cancelled_at or (meetings and all(each.cancelled_at for each in meetings)):
        return "EventCancelled"
    held = [each for each in meetings if not each.cancelled_at]
    return "EventRescheduled" if held and held[0].changed_at else "EventScheduled"


def _was(run: Run, meeting: Meeting) -> dict[str, str]:
    """When a meeting that was moved would have begun, as its news says."""
    if not meeting.changed_at or meeting.cancelled_at:
        return {}
    moments = [each.was for each in run.news.all() if each.meeting_id == meeting.pk and each.was]
    return {"previousStartDate": _at(min(moments))} if moments else {}


def _locations(run: Run, meetings: Iterable[Meeting], url: str) -> list[dict[str, Any]]:
    """Each place once; who booked gets the address of a live meeting, everybody else the page."""
    venues = {each.venue_id: each.venue for each in meetings if each.venue}
    found = [_place(venue) for venue in venues.values()]
    if run.mode != Run.Mode.ONSITE or not found:
        found.append({"@type": "VirtualLocation", "url": url})
    return found


def _place(venue: Venue) -> dict[str, Any]:
    ways_in = {
        "step-free entrance": venue.steps == 0,
        "lift": venue.lift == YesNo.YES,
        "wheelchair-accessible toilet": venue.toilet == YesNo.YES,
        "hearing loop": venue.hearing_loop == YesNo.YES,
    }
    return {
        "@type": "Place",
        "name": venue.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": venue.street,
            "postalCode": venue.postal_code,
            "addressLocality": venue.city,
            "addressCountry": "DE",
        },
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": name, "value": True}
            for name, there in ways_in.items()
            if there
        ],
    }


def _house(run: Run) -> dict[str, str]:
    page = reverse("providers:provider", args=[run.provider.slug])
    return {
        "@type": "EducationalOrganization",
        "name": run.provider.name,
        "url": settings.PUBLIC_URL + page,
    }


def _offers(run: Run, url: str) -> list[dict[str, Any]]:
    """The full price first, then the reductions."""
    left = "SoldOut" if run.free == 0 else "InStock"
    prices = [("", run.price), *((one["name"], int(one["price"])) for one in run.reductions)]
    return [
        {
            "@type": "Offer",
            **({"name": name} if name else {}),
            "price": f"{cents / 100:.2f}",
            "priceCurrency": "EUR",
            "availability": AT + left,
            "url": run.shop_url or url,
            **({"validThrough": _at(run.book_until)} if run.book_until else {}),
        }
        for name, cents in prices
    ]


def _hours(meetings: list[Meeting]) -> str:
    """Of all meetings together, as a duration of ISO 8601."""
    seconds = sum((each.ends_at - each.starts_at).total_seconds() for each in meetings)
    return f"PT{max(1, int(seconds // 60))}M"


def _at(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes")
