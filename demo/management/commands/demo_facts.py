import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from certificates import tokens
from certificates.models import Recipient
from courses.models import CatalogueEntry, CoursePage, Printing, Review, Run
from demo.people import ACCOUNTS, PASSWORD
from figures.frames import Frame
from figures.queries import all_periods
from learning.models import Booking, Contract, Group, Question
from learning.queries import first_lesson
from providers.models import Membership
from reports.periods import key_of
from tenancy.lens import look, system
from words.join_codes import in_address

COURSE = "vhs/sichere-passwoerter"
AUTHOR = "autorin@vhs.example"


class Command(BaseCommand):
    help = "Print what one needs to try the demo city, as JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        with look(system("demo facts")):
            entry = (
                CatalogueEntry.objects.filter(address=COURSE).first()
                or CatalogueEntry.objects.first()
            )
            recipient = Recipient.objects.filter(learner__email=ACCOUNTS[0].email).first()
            seat = Membership.objects.filter(person__email=AUTHOR).first()
            provider, course = entry.address.split("/") if entry else ("", "")
            facts = {
                "base_url": settings.PUBLIC_URL,
                "accounts": [
                    {
                        "role": account.role,
                        "email": account.email,
                        "password": PASSWORD,
                        "provider": account.provider,
                    }
                    for account in ACCOUNTS
                ],
                "course": {"provider": provider, "slug": course},
                "lesson": first_lesson(entry.address) if entry else None,
                "member": {"person": seat.person_id, "membership": seat.pk} if seat else None,
                "desk": _desk(),
                "meetings": _meetings(),
                "group": _group(),
                "date": _date(),
                "quarter": _quarter(),
                "certificate_token": tokens.grouped(recipient.token) if recipient else None,
            }
        self.stdout.write(json.dumps(facts, indent=2, ensure_ascii=False))


def _quarter() -> str | None:
    """The newest one of which the city's figures are out, as an address names it."""
    out = all_periods()[Frame.QUARTER]
    return key_of(out[0]) if out else None


def _meetings() -> str | None:
    """The address of a course with meetings in person."""
    pages = CoursePage.objects.filter(sittings__gt=0, live=True).select_related("provider")
    course = pages.order_by("pk").first()
    return f"{course.provider.slug}/{course.slug}" if course else None


def _group() -> dict[str, Any] | None:
    """The demo tutor's group: its number, its code as in a link, one member, and a question."""
    group = Group.objects.order_by("pk").first()
    if not group:
        return None
    member = group.members.order_by("pk").values_list("learner", flat=True).first()
    question = Question.objects.order_by("pk").values_list("pk", flat=True).first()
    code = in_address(group.code)
    return {"id": group.pk, "code": code, "learner": member, "question": question}


def _date() -> dict[str, Any] | None:
    """A run of the demo's vhs with a queue: its key, a seat, somebody who waits, a meeting and its place."""
    run = Run.objects.filter(provider__slug="vhs", waiting__gt=0).order_by("pk").first()
    if not run:
        return None
    meeting = run.meetings.select_related("venue").earliest("starts_at")
    bookings = {state: run.bookings.filter(state=state) for state in ("booked", "waiting")}
    return {
        "run": str(run.key),
        "meeting": meeting.pk,
        "venue": meeting.venue_id,
        **{state: found.earliest("pk").token for state, found in bookings.items()},
        "sold": str(Run.objects.filter(contract=True).earliest("pk").key),
        "contract": Contract.objects.earliest("pk").token,
        "reading": Booking.objects.filter(price__gt=0, state="asked").earliest("pk").token,
    }


def _desk() -> dict[str, Any] | None:
    """What lies on the desks (see `demo.desk`): ids of course pages, a printing, a review; an address with news."""
    pages = {page.slug: page.pk for page in CoursePage.objects.filter(locale__language_code="de")}
    review = Review.objects.filter(state=Review.State.OFFICE).first()
    if not review:
        return None
    printed, translated = pages["e-mail-von-anfang-an"], pages["sichere-passwoerter"]
    step = CoursePage.objects.get(pk=translated).lessons()[0]
    question = next(one for one in step.body if one.block_type == "single_choice")
    return {
        "in_review": pages["fotos-ordnen-und-teilen"],
        "barred": pages["online-banking"],
        "printed": printed,
        "variants": translated,
        "step": step.pk,
        "block": question.id,
        "printing": Printing.objects.filter(sources__has_key=str(printed)).latest("pk").pk,
        "proof": review.pk,
        "newer": "stadtbibliothek/falsche-nachrichten-erkennen",
    }
