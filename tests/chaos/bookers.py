"""People who book seats while the city is killed: nobody loses one, nobody has two, and every booking is told of once."""

import http.client
import re
import signal
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.chaos.city import City, send, wait
from tests.chaos.learners import WITHIN, Accounts, Learner

TOKEN = re.compile(rb'name="form_token" value="([^"]+)"')
SEATS, TITLE = 20, "Handy am Dienstag"
HELD = 3  # seconds of booking afterwards
MAILED = 150  # seconds: the clock's sweep comes every minute, the outbox every half


@dataclass
class Booker(Learner):
    """Books for one guest after the other. Who was not answered sends the same form again."""

    round: str = ""
    booked: list[str] = field(
        default_factory=list
    )  # names of guests they were told have a seat or wait
    form: str = ""

    __hash__ = Learner.__hash__

    def one_answer(self) -> None:
        self.pending = True
        self.form = self.form or self.fresh_form()
        guest = f"{self.round} {self.number} {len(self.booked)}"
        said = {"who": "me", "name": guest, "email": self.who["email"], "form_token": self.form}
        page = self.city.told["run"]
        if self.form and self._post(page, {**said, "price": "0"}, self.who["session"]) == 302:
            self.booked.append(guest)
            self.form, self.pending = "", False

    def fresh_form(self) -> str:
        """Empty: nobody answers."""
        line = http.client.HTTPConnection("localhost", self.city.door(), timeout=WITHIN)
        try:
            line.request("GET", self.city.told["run"])
            found = TOKEN.search(line.getresponse().read())
        except (OSError, http.client.HTTPException):
            return ""
        finally:
            line.close()
        return found[1].decode() if found else ""


class Seats(NamedTuple):
    """What is stored of one round."""

    times: dict[str, int]  # guest -> bookings
    seated: int  # of the whole run
    queued: int
    counted: tuple[int, int]  # as the run says
    arrivals: list[int]

    @property
    def all(self) -> int:
        """Bookings of every round."""
        return len(self.arrivals)


def kill_worker_and_database_while_people_book(city: City) -> Callable[[], Accounts]:
    """First the worker that writes mails, then the database under everybody."""
    who = uuid.uuid4().hex[:8]
    people = [Booker(city, n, round=who) for n in range(len(city.told["learners"]))]
    for person in people:
        person.start()
    wait(lambda: sum(len(person.booked) for person in people) > SEATS // 2, 4 * WITHIN)
    send([city.worker.process.pid], signal.SIGKILL)
    time.sleep(0.5)
    send(city.server_pids()[:1], signal.SIGKILL)
    time.sleep(HELD)
    for person in people:
        person.over.set()
    for person in people:
        person.join(4 * WITHIN)

    def came() -> Accounts:
        told = [guest for person in people for guest in person.booked]
        there = _stored(city, who)
        wait(lambda: _letters(city) >= there.all, MAILED)
        time.sleep(HELD)  # whether there are more
        letters = _letters(city)
        lost = sum(guest not in there.times for guest in told) + (len(told) <= SEATS // 2)
        lost += max(0, there.all - letters) + _empty_seats(there)
        doubled = sum(times - 1 for times in there.times.values())
        doubled += max(0, letters - there.all) + max(0, there.seated - SEATS)
        doubled += len(there.arrivals) - len({*there.arrivals})
        return Accounts(len(told), lost, doubled)

    return came


def _letters(city: City) -> int:
    """About seats and queues of the run, each once however often it was taken."""
    return sum(TITLE in subject for subject in [*city.post.subjects.values()])


def _stored(city: City, who: str) -> Seats:
    rows = city.sql(
        "SELECT name, count(*) FROM learning_booking WHERE name LIKE %s GROUP BY 1", f"{who}%"
    )
    [(seated, queued, arrivals)] = city.sql(
        """SELECT count(*) FILTER (WHERE state IN ('booked', 'offered')), count(*) FILTER (WHERE state = 'waiting'),
        coalesce(array_agg(arrival), '{}') FROM learning_booking b JOIN courses_run r ON r.id = b.run_id WHERE r.title = %s""",
        TITLE,
    )
    [counted] = city.sql("SELECT taken, waiting FROM courses_run WHERE title = %s", TITLE)
    return Seats(dict(rows), seated, queued, counted, arrivals)


def _empty_seats(there: Seats) -> int:
    """Seats that are free while somebody waits, and counts that are not true."""
    empty = max(0, SEATS - there.seated) if there.queued else 0
    return empty + (there.counted != (there.seated, there.queued))
