"""About 400 invented learners with a plausible past, so that the city's figures have something to protect."""

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from certificates.actions import issue_certificate
from courses.districts import districts_of
from courses.models import CatalogueEntry
from courses.queries.editions import printed_rule
from figures.actions import Voluntary
from figures.frames import Measure
from figures.models import VoluntaryAnswers
from learning.actions import (
    answer_learner,
    ask_question,
    join_group,
    make_group,
    send_message,
)
from learning.actions.count import count_enrolment, keep_voluntary
from learning.models import Attempt, Attendance, Enrolment, Group, Progress
from tenancy.lens import look, system

MANY = 400
FIRST = (
    "Ana", "Bilal", "Carmen", "Dilan", "Elif", "Fatma", "Georg", "Hanna", "Ivan", "Jana", "Khaled", "Lena",
    "Maria", "Nadia", "Olga", "Paul", "Ruth", "Sofia", "Thomas", "Ursula", "Viktor", "Werner", "Yusuf", "Zeynep",
)  # fmt: skip
LAST = (
    "Albrecht", "Bauer", "Cakir", "Dietz", "Ecker", "Fischer", "Gashi", "Hofmann", "Ionescu", "Jung", "Kaya",
    "Lang", "Müller", "Nowak", "Öztürk", "Popescu", "Richter", "Schmid", "Tadesse", "Urban", "Weber", "Yılmaz",
)  # fmt: skip
#: How much a course is asked for. The last ones stay small on purpose: their figures must be protected.
DEMAND = {
    "vhs/sichere-passwoerter": 130,
    "vhs/smartphone-erste-schritte": 110,
    "vhs/e-mail-von-anfang-an": 90,
    "stadtbibliothek/falsche-nachrichten-erkennen": 75,
    "stadtbibliothek/ki-assistenten-verstehen": 60,
    "stadtbibliothek/videoanruf-mit-der-familie": 50,
    "neckarschule/online-einkaufen-und-bezahlen": 18,
    "neckarschule/online-termin-und-online-ausweis": 5,
}


def make_learners() -> int:
    """Idempotent: nothing is made when the learners are there. Returns how many were made."""
    dice = random.Random(2030)  # noqa: S311 -- the same city at every start
    with look(system("demo learners")):
        if User.objects.filter(email__endswith="@demo.lernende.example").exists():
            return 0
        learners = User.objects.bulk_create(_person(dice, n) for n in range(MANY))
    for address, wanted in DEMAND.items():
        with look(system("demo enrolments")):
            entry = CatalogueEntry.objects.select_related("edition").filter(address=address).first()
            if entry:
                _enrol_many(dice, entry, dice.sample(learners, wanted))
    return MANY


def give_history(learner: User) -> None:
    """The demo learner has finished one course and stands in the middle of another."""
    with look(system("demo history")):
        if Enrolment.objects.filter(learner=learner).exists():
            return
        now = timezone.now()
        for address, share, days in (
            ("vhs/smartphone-erste-schritte", 1.0, 24),
            ("stadtbibliothek/falsche-nachrichten-erkennen", 0.5, 6),
            ("vhs/sichere-passwoerter", 0.4, 1),
        ):
            entry = CatalogueEntry.objects.select_related("edition").get(address=address)
            _enrol(
                learner,
                entry,
                started=now - timedelta(days=days + 9),
                share=share,
                until=now - timedelta(days=days),
            )


def gather(learner: User, tutor: User) -> None:
    """The demo learner and ten others are in a group of the demo tutor."""
    with look(system("demo group")):
        entry = CatalogueEntry.objects.get(address="vhs/sichere-passwoerter")
        if Group.objects.filter(course=entry.course).exists():
            return
        others = Enrolment.objects.filter(course=entry.course, completed_at=None, closed_at=None)
        done = Enrolment.objects.filter(course=entry.course, closed_at=None).order_by("-pk")
        chosen = [*others.exclude(learner=learner).order_by("-touched_at")[:8], *done[:2]]
        people = {learner.pk: learner} | {one.learner_id: one.learner for one in chosen}
    group = make_group(
        entry.provider_id, entry.course, name="Donnerstag, 14 Uhr", size=12, by=tutor
    )
    joined = [join_group(person, group.code).enrolment for person in people.values()]
    with look(system("demo question")):
        printed = joined[0].edition.printed_lessons.filter(language="de", lesson__isnull=False)
        steps = [one.lesson for one in printed.order_by("position") if one.lesson]
    text = "Muss ich den Passkey auf jedem Gerät neu machen?"
    asked = ask_question(joined[0], steps[0], text=text, may_be_shown=True)
    reply = "Nein, wenn Ihre Geräte verbunden sind. Am Donnerstag schauen wir es uns an."
    answer_learner(asked.question, text=reply, by=tutor, for_all=True)
    ask_question(joined[1], steps[2], text="Was ist ein Konto?", may_be_shown=False)
    send_message(
        group.provider_id,
        group.course,
        text="Liebe Gruppe, bitte bringen Sie am Donnerstag Ihr Handy und das Ladekabel mit.",
        by=tutor,
        group=group,
    )


def _of_themselves(learner: User) -> Voluntary | None:
    """Six of ten answer the voluntary questions, the same in each course."""
    dice = random.Random(learner.email or "")  # noqa: S311 -- the same city at every start
    if dice.random() > 0.6:
        return None
    districts = [one.name for one in districts_of(settings.CITY)]
    return Voluntary(
        age=dice.choices(VoluntaryAnswers.Age.values, (1, 2, 4, 6, 7, 4))[0],
        gender=dice.choices(VoluntaryAnswers.Gender.values, (12, 9, 1))[0],
        language=dice.choices(VoluntaryAnswers.Language.values, (12, 4, 3, 2, 2, 1, 2))[0],
        district=dice.choice(districts) if districts else "",
    )


def _person(dice: random.Random, number: int) -> User:
    name = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
    return User(email=f"person-{number:03}@demo.lernende.example", name=name, password="!")  # noqa: S106 -- no password fits this one


def _enrol_many(dice: random.Random, entry: CatalogueEntry, learners: list[User]) -> None:
    now = timezone.now()
    for learner in learners:
        started = now - timedelta(days=dice.triangular(1, 330, 60), hours=dice.random() * 20)
        share = 1.0 if dice.random() < 0.58 else dice.choice((0.0, 0.2, 0.4, 0.6, 0.8))
        until = min(started + timedelta(days=dice.triangular(0, 40, 6)), now - timedelta(hours=1))
        _enrol(learner, entry, started=started, share=share, until=max(until, started))


def _enrol(
    learner: User, entry: CatalogueEntry, *, started: datetime, share: float, until: datetime
) -> None:
    """An enrolment with the first `share` of its items done, the last one at `until`.

    Where more is asked for, everything was right, and they were at the meetings.
    """
    items, rule = entry.edition.items, printed_rule(entry.edition)
    done, needed = items[: round(share * len(items))], rule.items_needed(len(items))
    complete = len(done) >= needed
    enrolment = Enrolment.objects.create(
        learner=learner,
        provider_id=entry.provider_id,
        course=entry.course,
        edition=entry.edition,
        total=len(items),
        needed=needed,
        judged=rule.asks_more,
        done=len(done),
        position=items[min(len(done), len(items) - 1)]["lesson"],
        completed_at=until if complete else None,
    )
    Enrolment.objects.filter(pk=enrolment.pk).update(started_at=started, touched_at=until)
    if said := _of_themselves(learner):
        keep_voluntary(enrolment.pk, said)
    count_enrolment(Measure.ENROLLED, enrolment.pk, on=started)
    whose = {"learner": learner, "provider_id": entry.provider_id, "enrolment": enrolment}
    Progress.objects.bulk_create(
        Progress(**whose, item=item["id"], position=item["lesson"]) for item in done
    )
    if rule.asks_more:
        feedback = {"text": "", "details": [], "hint": ""}
        Attempt.objects.bulk_create(
            Attempt(**whose, item=item["id"], given={}, right=True, said=feedback) for item in done
        )
    if complete:
        count_enrolment(Measure.COMPLETED, enrolment.pk, on=until)
        Attendance.objects.bulk_create(
            Attendance(**whose, sitting=n, confirmed_by=0, confirmed_by_name="Lernstadt")
            for n in range(1, rule.required_sittings + 1)
        )
        issue_certificate(enrolment, on=until)
