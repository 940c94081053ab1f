"""People who conclude contracts while the city is killed: a seat and its contract, or neither; each is told of once, with the whole text."""

import http.client
import re
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.chaos.city import City, send, wait
from tests.chaos.learners import WITHIN, Accounts, Learner

SHOWN = re.compile(rb'name="shown"\s+value="([^"]+)"')
SOLD = "Fotos am Mittwoch"
SEATS, ASKED = 30, 60  # twice as many want one
HELD = 3  # seconds of pressing afterwards
MAILED = 150  # seconds: the clock's sweep comes every minute, the outbox every half
DONE, FULL = 302, 409


@dataclass
class Buyer(Learner):
    """Reads a contract by the link of their mail and presses its button; who was not answered presses again."""

    links: list[str] = field(default_factory=list)
    concluded: list[str] = field(default_factory=list)  # links at which they were told so
    refused: int = 0

    __hash__ = Learner.__hash__

    def one_answer(self) -> None:
        self.pending = bool(self.links)
        if not self.links:
            return
        seal = self._read(self.links[0])
        if seal is None:
            return
        said = {"act": "contract", "shown": seal, "early": "on"}
        status = self._post(self.links[0], said)
        if status == DONE:
            self.concluded.append(self.links.pop(0))
        elif status == FULL:
            self.refused += 1
            self.links.pop(0)

    def _read(self, link: str) -> str | None:
        """The seal of what is shown; empty where there is nothing to conclude any more, None without an answer."""
        line = http.client.HTTPConnection("localhost", self.city.door(), timeout=WITHIN)
        try:
            line.request("GET", link)
            answer = line.getresponse()
            found = SHOWN.search(answer.read())
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()
        if answer.status != 200:
            return None
        return found[1].decode() if found else ""


def kill_worker_and_database_while_people_conclude(city: City) -> Callable[[], Accounts]:
    """First the worker that mails contracts, then the database under everybody who presses the button."""
    count = len(city.told["learners"])
    people = [Buyer(city, n, links=city.told["contracts"][n::count]) for n in range(count)]
    for person in people:
        person.start()
    wait(lambda: sum(len(person.concluded) for person in people) > SEATS // 6, 4 * WITHIN)
    send([city.worker.process.pid], signal.SIGKILL)
    send(city.server_pids()[:1], signal.SIGKILL)
    wait(lambda: not any(person.links for person in people), 4 * WITHIN)
    for person in people:
        person.over.set()
    for person in people:
        person.join(4 * WITHIN)

    def came() -> Accounts:
        told = sum(len(person.concluded) for person in people)
        [(contracts, bookings, seated, taken)] = city.sql(STORED, SOLD)
        wait(lambda: _letters(city) >= contracts, MAILED)
        time.sleep(HELD)  # whether there are more
        letters = _letters(city)
        lost = max(0, SEATS - contracts) + abs(contracts - seated) + abs(taken - seated)
        lost += max(0, contracts - letters) + max(0, told - contracts)
        doubled = contracts - bookings + max(0, contracts - SEATS) + max(0, letters - contracts)
        return Accounts(told, lost, doubled)

    return came


#: Contracts, bookings that have one, seats that are given, and how many the run says are given.
STORED = """SELECT (SELECT count(*) FROM learning_contract WHERE run_id = r.id),
  (SELECT count(DISTINCT booking_id) FROM learning_contract WHERE run_id = r.id AND length(text) > 2000),
  (SELECT count(*) FROM learning_booking WHERE run_id = r.id AND state = 'booked'), r.taken FROM courses_run r WHERE r.title = %s"""


def _letters(city: City) -> int:
    return sum(SOLD in subject for subject in [*city.post.subjects.values()])
