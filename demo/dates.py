"""What takes place in the demo city: forty runs in twelve places over two semesters, and people who booked. All invented."""

import random
import uuid
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from accounts.models import User
from courses.actions import (
    add_meetings,
    keep_room,
    keep_rules,
    keep_venue,
    plan_run,
    publish_run,
)
from courses.models import CatalogueEntry, Room, Run, Venue
from courses.queries.runs import free_days_between
from courses.timetable import LONGEST, days_of, next_semester, semester_of, series
from demo.learners import FIRST, LAST
from learning.actions import SeatRequest, ask_for_seat, conclude_contract, take_seat
from learning.models import Booking
from learning.queries.contracts import contract_offer
from providers.models import Provider
from tenancy.lens import look, system

PAYMENT = (
    "Sie bekommen nach dem ersten Treffen eine Rechnung und überweisen. Bar an der Tür geht auch."
)
BUYERS = (("Ingrid Vogt", "ingrid@muster.example"), ("Paul Neu", "paul@muster.example"))
#: House -> who plans there.
PLANNERS = {
    "vhs": "leitung@vhs.example",
    "stadtbibliothek": "autor@bibliothek.example",
    "neckarschule": "autorin@neckarschule.example",
}
#: House, name, street, district, steps, lift, hearing loop, childcare, room.
VENUES = (
    ("vhs", "Volkshochschule am Markt", "Marktgasse 12", "Innenstadt", 0, "yes", "yes", "", "Raum 104"),
    ("vhs", "Bürgerhaus am See", "Seestraße 3", "Böckingen", 2, "", "", "", "Saal 2"),
    ("vhs", "Gemeindehaus am Hang", "Am Hang 7", "Sontheim", 0, "", "yes", "", "Großer Raum"),
    ("vhs", "Stadtteil-Treff Nord", "Nordring 41", "Neckargartach", 0, "", "", "yes", "Küche"),
    ("vhs", "Turnhalle am Bach", "Bachweg 2", "Frankenbach", 1, "no", "", "", "Nebenraum"),
    ("stadtbibliothek", "Bibliothek im Turm", "Turmplatz 1", "Innenstadt", 0, "yes", "yes", "", "Lesesaal"),
    ("stadtbibliothek", "Zweigstelle West", "Westallee 9", "Böckingen", 0, "", "", "", "Ecke am Fenster"),
    ("stadtbibliothek", "Bücherbus am Rathaus", "Rathausgasse 5", "Kirchhausen", 3, "", "", "", "Bus"),
    ("neckarschule", "Neckarschule", "Uferweg 20", "Innenstadt", 0, "yes", "", "yes", "Computerraum"),
    ("neckarschule", "Alte Schmiede", "Schmiedgasse 4", "Horkheim", 1, "no", "", "", "Werkstatt"),
    ("neckarschule", "Haus der Familie", "Gartenstraße 16", "Biberach", 0, "", "", "yes", "Gruppenraum"),
    ("neckarschule", "Winzerhaus", "Rebenweg 8", "Klingenberg", 0, "", "yes", "", "Stube"),
)  # fmt: skip


class PlannedDates(NamedTuple):
    """One line of the programme, held in each of the two semesters."""

    house: str
    course: str  # slug; empty: it stands alone
    title: str
    kind: str
    weekday: int
    begins: time
    minutes: int
    times: int
    venue: int  # in VENUES
    seats: int | None
    asked_for: int  # people who book in the first semester
    price: int = 0  # cents, by a contract here


PLANS = (
    PlannedDates("vhs", "smartphone-erste-schritte", "Smartphone: erste Schritte", "course", 1, time(9, 30), 90, 6, 0, 12, 12),
    PlannedDates("vhs", "smartphone-erste-schritte", "Smartphone am Abend", "course", 3, time(18), 90, 6, 1, 10, 4),
    PlannedDates("vhs", "e-mail-von-anfang-an", "E-Mail von Anfang an", "course", 3, time(14), 120, 3, 0, 12, 8),
    PlannedDates("vhs", "e-mail-von-anfang-an", "E-Mail für Eilige", "course", 5, time(10), 180, 1, 2, 8, 11),
    PlannedDates("vhs", "sichere-passwoerter", "Sichere Passwörter", "course", 2, time(17), 120, 2, 0, 14, 5),
    PlannedDates("vhs", "", "Digital-Café", "cafe", 4, time(15), 120, 8, 3, None, 0),
    PlannedDates("vhs", "", "Sprechstunde Handy", "consultation", 0, time(10), 120, 10, 0, None, 0),
    PlannedDates("vhs", "", "Fit am Computer: Bewegung dazwischen", "event", 5, time(14), 120, 1, 4, 20, 0, 1200),
    PlannedDates("stadtbibliothek", "falsche-nachrichten-erkennen", "Stimmt das? Nachrichten prüfen", "course", 2, time(16), 90, 3, 5, 12, 7),
    PlannedDates("stadtbibliothek", "videoanruf-mit-der-familie", "Videoanruf mit der Familie", "course", 1, time(15), 90, 2, 5, 8, 9),
    PlannedDates("stadtbibliothek", "ki-assistenten-verstehen", "KI-Assistenten verstehen", "course", 3, time(17, 30), 90, 2, 6, 12, 6),
    PlannedDates("stadtbibliothek", "", "Medien-Sprechstunde", "consultation", 2, time(14), 120, 8, 5, None, 0),
    PlannedDates("stadtbibliothek", "", "E-Books aus dem Bus", "event", 5, time(11), 60, 2, 7, 6, 2),
    PlannedDates("stadtbibliothek", "", "Lernort Bibliothek", "place", 4, time(13), 240, 10, 5, None, 0),
    PlannedDates("neckarschule", "online-einkaufen-und-bezahlen", "Online einkaufen und bezahlen", "course", 0, time(18), 90, 3, 8, 16, 6),
    PlannedDates("neckarschule", "online-termin-und-online-ausweis", "Online-Termin und Online-Ausweis", "course", 1, time(17), 90, 2, 8, 10, 3),
    PlannedDates("neckarschule", "", "Reparatur-Treff für Geräte", "event", 5, time(9), 180, 1, 9, 12, 5),
    PlannedDates("neckarschule", "", "Eltern-Café: Handy in der Familie", "cafe", 4, time(9), 90, 4, 10, None, 0),
    PlannedDates("neckarschule", "", "Fotos vom Handy sichern", "event", 2, time(19), 90, 2, 11, 10, 4),
    PlannedDates("neckarschule", "", "Offene Werkstatt", "place", 3, time(16), 120, 6, 9, None, 0),
)  # fmt: skip


def plan_city() -> int:
    """Idempotent: nothing is made when there are runs. Returns how many were made."""
    with look(system("demo dates")):
        if Run.objects.exists():
            return 0
        people = {slug: User.objects.get(email=email) for slug, email in PLANNERS.items()}
        houses = {one.slug: one for one in Provider.objects.filter(slug__in=PLANNERS)}
        courses = dict(CatalogueEntry.objects.values_list("address", "course"))
    keep_rules(houses["vhs"].pk, {"payment": PAYMENT}, by=people["vhs"])
    venues = [_venue(houses[line[0]], line, by=people[line[0]]) for line in VENUES]
    dice = random.Random(2031)  # noqa: S311 -- the same city at every start
    for plan, later in ((plan, later) for later in (False, True) for plan in PLANS):
        run = _run(plan, houses, courses, venues[plan.venue], by=people[plan.house], later=later)
        for _again in range(0 if later else plan.asked_for):
            take_seat(run.key, _somebody(dice))
        if plan.price and later:
            _sell(run)
    return 2 * len(PLANS)


def _sell(run: Run) -> None:
    """One contract, and somebody who has the link and is reading."""
    said = [SeatRequest(name, uuid.uuid4(), email=email) for name, email in BUYERS]
    bought, _reading = [ask_for_seat(run.key, one) for one in said]
    with look(system("demo contract")):
        mine = Booking.objects.select_related("run__provider").get(pk=bought.pk)
        words = contract_offer(mine).words
    conclude_contract(bought.key, shown=words.seal, early=words.early)


def _venue(house: Provider, line: tuple[Any, ...], *, by: User) -> tuple[Venue, Room]:
    _house, name, street, district, steps, lift, loop, childcare, room = line
    way = f"Steigen Sie an der Haltestelle {district} aus.\nDer Eingang ist auf der Seite der Straße {street}."
    fields = {"name": name, "street": street, "postal_code": "74072", "city": "Heilbronn"}
    fields |= {"district": district, "way": way, "steps": steps, "lift": lift}
    fields |= {"hearing_loop": loop, "childcare": childcare}
    venue = keep_venue(house.pk, fields, by=by)
    return venue, keep_room(venue, room, seats=20, by=by)


def _run(
    plan: PlannedDates,
    houses: dict[str, Provider],
    courses: dict[str, uuid.UUID],
    where: tuple[Venue, Room],
    *,
    by: User,
    later: bool,
) -> Run:
    first = _first_day(plan.weekday, later=later)
    end = time(plan.begins.hour + plan.minutes // 60 + (plan.begins.minute + plan.minutes % 60) // 60,
               (plan.begins.minute + plan.minutes % 60) % 60)  # fmt: skip
    made = series(
        first, plan.begins, end, count=plan.times, free=free_days_between(first, first + LONGEST)
    )
    fields = {
        "course": courses.get(f"{plan.house}/{plan.course}"),
        "title": plan.title,
        "kind": plan.kind,
        "semester": semester_of(first),
        "seats_max": plan.seats,
        "price": plan.price,
        "contract": bool(plan.price),
        "reductions": [{"name": "Stadtpass", "price": plan.price // 2}] if plan.price else [],
        "bring": "Ihr Handy oder Tablet, mit Ladekabel\nIhre Brille" if plan.course else "",
    }
    run = plan_run(houses[plan.house].pk, fields, by=by, leaders=[by.pk])
    add_meetings(run, made.slots, by=by, venue=where[0], room=where[1])
    return publish_run(run, by=by)


def _first_day(weekday: int, *, later: bool) -> date:
    """Next week, or the second week of the next semester."""
    today = timezone.localdate()
    begin = days_of(next_semester(semester_of(today)))[0] if later else today
    monday = begin - timedelta(days=begin.weekday()) + timedelta(weeks=1)
    return monday + timedelta(days=weekday)


def _somebody(dice: random.Random) -> SeatRequest:
    form = uuid.UUID(int=dice.getrandbits(128), version=4)
    name = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
    needs = dice.choice(((), (), (), ("loop",), ("device",), ("wheelchair",)))
    return SeatRequest(name, form, remind=False, needs=needs, consent=bool(needs))
