"""Learners of both providers. One learns at both: what they do at one must stay unknown to the other."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import User
from api.actions import add_program, make_key, make_webhook
from api.actions.consents import give_consent
from api.models import WebhookDelivery
from certificates.actions import issue_certificate, make_missing_keys
from certificates.models import Certificate, IssuerKey, Recipient
from courses.models import CityEvent, Concept, CoursePage, FeaturedCourse, HandedWish
from figures.actions import Voluntary, publish
from figures.frames import Frame, Period, month_of
from figures.models import (
    CountedRun,
    OpenFigure,
    ProtectedFigure,
    ReleasedPeriod,
    SeatSum,
    VoluntaryAnswers,
)
from learning.actions import (
    WithdrawalSaid,
    ask_question,
    join_group,
    keep_voluntary,
    make_group,
    save_search,
    send_message,
    take_seat,
    withdraw,
)
from learning.models import Attempt, Booking, Enrolment, Progress, TutorAct, Withdrawal
from reports.models import DatasetCorrection, DatasetVersion, Goal, SavedView
from tenancy.lens import learner, look, system
from tests import factories
from tests.factories.key_cards import make_card
from tests.factories.runs import asked, make_contract, make_run, make_sold_run
from tests.isolation import activities
from tests.isolation.canaries import OWNER, TUTOR, word

if TYPE_CHECKING:
    from tests.isolation.city import House


def keep(here: "House", there: "House", caller: User) -> list[Enrolment]:
    """Anna learns at A and at B, Clara at A, Ben and the caller at B; Hanna holds a certificate of B."""
    anna, ben, clara = (
        _person(kind, name)
        for kind, name in (("persona", "anna"), ("personb", "ben"), ("persona", "clara"))
    )
    for house in (here, there):
        _key_card(house)
        _program_key(house)
        _dates(house)
    hanna = _person("holder", "hanna", address="personb")
    enrolments = [
        _did(here, anna, "dida"),
        _did(here, clara, "dida"),
        _did(there, anna, "didb"),
        _did(there, ben, "didb"),
        _did(there, hanna, "didb"),
        _did(there, caller, "self"),
    ]
    for enrolment in (enrolments[0], enrolments[4]):
        _finish(enrolment)
    _search(there, ben)
    _connected(there, ben)
    _group(here, [clara])
    _group(there, [anna, ben])
    with look(system("isolation")):
        make_missing_keys(there.provider.pk)  # as the task does that issues
        there.note("token", Recipient.objects.get(learner=hanna).token)
        there.note("number", 1)
        there.note(
            "certificate", *Certificate.objects.filter(learner=hanna).values_list("pk", flat=True)
        )
        there.note(
            "issuer_key",
            *IssuerKey.objects.filter(provider=there.provider).values_list("pk", flat=True),
        )
        there.note(
            "fragment",
            *IssuerKey.objects.filter(provider=there.provider).values_list("fragment", flat=True),
        )
        _figures(enrolments[0])
        HandedWish.objects.create(concept=Concept.objects.first(), provider=there.provider)
        seats = {"provider_id": there.provider.pk, "taken": 60, "attended": 50}
        CountedRun.objects.create(run_id=1, ended="2026-06-30", **seats)
        SeatSum.objects.create(starts="2026-01-01", **seats)
    return enrolments


def _figures(enrolment: Enrolment) -> None:
    """A month that is out, a figure of each kind, and what somebody has said of themselves."""
    keep_voluntary(enrolment.pk, Voluntary(age=VoluntaryAnswers.Age.OLD))
    publish(Period(Frame.MONTH, month_of(timezone.now())))
    figure = {"frame": 3, "dimensions": 0, "starts": "2026-07-01", "measure": 1, "cell": []}
    ProtectedFigure.objects.create(**figure, shown=40)
    ReleasedPeriod.objects.create(frame=3, starts="2026-07-01")
    OpenFigure.objects.create(**figure, shown=40)
    FeaturedCourse.objects.create(course=uuid.uuid4(), position=1)
    CityEvent.objects.create(title="Digitaltag", first="2026-06-19", last="2026-06-19")
    SavedView.objects.create(name="Überblick", query="?zeit=2026-q3")
    Goal.objects.create(
        indicator="kurse", begins="2026-10-01", base=20, target=30, due="2027-06-30", owner="Amt"
    )
    DatasetVersion.objects.create(name="kurse", day="2026-11-30", rows=[], sha256="")
    DatasetCorrection.objects.create(name="kurse", text="Ein Kurs fehlte.")


def _person(kind: str, name: str, *, address: str = "") -> User:
    with look(system("isolation")):
        email = f"{word(address or kind, f'{name}mail')}@example.org"
        return factories.make_user(word(kind, name), email)


def _did(house: "House", person: User, kind: str) -> Enrolment:
    """Enrolled, and answered something: the answer holds the word."""
    with look(system("isolation")):
        course = CoursePage.objects.get(slug=house.ids["course"][0])
    enrolment = factories.make_enrolment(course, person)
    item = uuid.uuid4()
    said = {"text": word(kind, "said"), "details": []}
    row = {"learner": person, "provider": house.provider, "enrolment": enrolment, "item": item}
    with look(system("isolation")):
        Attempt.objects.bulk_create(
            [Attempt(**row, given={"text": [word(kind, "given")]}, right=False, said=said)]
        )
        Progress.objects.bulk_create([Progress(**row, position=1)])
    activities.played(enrolment, kind)
    return enrolment


def _group(house: "House", people: list[User]) -> None:
    """A tutor looks after some of them, and has done something for the first one."""
    tutor = house.people[TUTOR]
    with look(system("isolation")):
        course = CoursePage.objects.get(slug=house.ids["course"][0]).translation_key
    group = make_group(house.provider.pk, course, name=house.word("name", "group"), by=tutor)
    enrolments = [join_group(person, group.code).enrolment for person in people]
    said = {"about": house.word("about", "did"), "reason": house.word("reason", "did")}
    act = TutorAct(enrolment=enrolments[0], kind=TutorAct.Kind.CONFIRMED, number=1, **said)
    act.provider, act.learner = house.provider, people[0]
    act.by_person, act.by_name = tutor.pk, str(tutor)
    with look(system("isolation")):
        act.save()
    asked = ask_question(
        enrolments[0], uuid.uuid4(), text=house.word("question", "did"), may_be_shown=False
    )
    text = house.word("message", "group")
    send_message(house.provider.pk, course, text=text, by=tutor, group=group)
    house.note("question", asked.question.pk)
    house.note("learning_group", group.pk)
    house.note("join_code", group.code)


def _finish(enrolment: Enrolment) -> None:
    with look(system("isolation")):
        Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=timezone.now())
        issue_certificate(Enrolment.objects.get(pk=enrolment.pk))


def _search(house: "House", person: User) -> None:
    """What they look for, which nobody else reads."""
    said = {"name": word("didb", "search"), "place": "kurse", "query": "q=Handy", "language": "de"}
    with look(learner(person.pk)):
        house.note("saved_search", save_search(person, mail=True, **said).pk)


def _program_key(house: "House") -> None:
    """A program of the house may read who comes."""
    made = make_key(
        house.provider,
        name=house.word("keyname", "invite"),
        scopes=["participants:read"],
        ends_on=timezone.localdate() + timedelta(days=30),
        form=uuid.uuid4(),
        by=house.people[OWNER],
    )
    if made:
        house.note("program_key", made.row.pk)
    hook = make_webhook(
        house.provider,
        url="https://programm.example/",
        events=[],  # nothing is told, or every act of anybody would write here
        form=uuid.uuid4(),
        by=house.people[OWNER],
    ).row
    with look(system("isolation")):
        WebhookDelivery.objects.create(webhook=hook, provider=house.provider, kind="ping")


def _connected(house: "House", person: User) -> None:
    """A program of others may read what they have learned."""
    about = {"about": "Sammelt.", "url": "https://mappe.example/"}
    back = "https://mappe.example/zurueck"
    program = add_program("Mappe", **about, redirect_uris=[back], secret=True).program
    with look(learner(person.pk)):
        give_consent(
            person,
            program,
            ["enrolments:read"],
            code=house.word("code", "did"),
            redirect_uri=back,
            challenge="c" * 43,
        )


def _key_card(house: "House") -> None:
    """Somebody without an address, whom the house's helpers know by their nickname."""
    made = make_card(house.provider, house.word("card", "person"), by=house.people[TUTOR])
    house.note("card", made.card.pk)
    house.note("learner", made.card.account_id)


def _dates(house: "House") -> None:
    """Runs that everybody reads, with seats taken and a contract, and last a draft that nobody outside sees."""
    tutor = house.people[TUTOR]
    sold = make_sold_run(house.provider, by=tutor)
    contract = make_contract(sold, house.word("buys", "booking"))
    house.note("contract_token", contract.token)
    stray = (house.word("stray", "booking"), "irgendein Kurs", "stray@example.org")
    said_so = withdraw(WithdrawalSaid(uuid.uuid4(), *stray, provider=house.provider.pk))
    run = make_run(house.provider, by=tutor, seats=1)
    make_run(house.provider, by=tutor, publish=False, title=house.word("run", "desk"))
    said = asked(house.word("name", "booking"), needs=("loop",), consent=True)
    said = said._replace(note=house.word("need", "booking"))
    seated = take_seat(run.key, said)
    take_seat(run.key, asked(house.word("waits", "booking")))
    with look(system("isolation")):
        meeting = run.meetings.first()
        Booking.objects.filter(pk=contract.booking_id).update(told="booked")  # no mail waits
        Withdrawal.objects.filter(pk=said_so.pk).update(told_at=timezone.now())
    house.note("meeting", meeting.pk)
    house.note("venue", meeting.venue_id)
    house.note("course_run", run.key)
    house.note("booking_token", seated.token)
