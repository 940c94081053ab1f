"""People who answer, and go on answering what they have not been told is stored."""

import http.client
import threading
import time
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from tests.chaos.city import City

TOKEN = "abcdefghijklmnopqrstuvwxyzABCDEF"
PAUSE = 0.05  # seconds between two answers of one person
WITHIN = 20  # seconds until they send it again


class Accounts(NamedTuple):
    """Of something besides answers that people were told is done."""

    acknowledged: int
    lost: int
    doubled: int


@dataclass
class Learner(threading.Thread):
    """Sends one answer after the other. The same one once more is the same attempt, so every stored one was acknowledged once."""

    city: City
    number: int
    acknowledged: int = 0
    pending: bool = False
    at: list[float] = field(default_factory=list)  # when they were told that something is stored
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.who = self.city.told["learners"][self.number]

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        while not self.over.is_set():
            self.one_answer()
            self.over.wait(PAUSE)
        end = time.monotonic() + 3 * WITHIN
        while self.pending and time.monotonic() < end:  # they do not leave before they know
            self.one_answer()

    def one_answer(self) -> None:
        self.pending = True
        if self.answer(self.city.told["choices"][self.who["turn"] % 2]):
            self.who["turn"] += 1
            self.acknowledged += 1
            self.pending = False
            self.at.append(time.monotonic())

    def answer(self, choice: str) -> bool:
        """Whether the city has said that this answer is stored."""
        said = {"item": self.city.told["item"], "choice": choice}
        return self._post(self.city.told["path"], said, self.who["session"]) == 200

    def asks_for_a_code(self) -> bool:
        """Signed out, to sign in by mail: whether the city has said that it is on its way."""
        return self._post("/konto/code/", {"email": self.who["email"]}) == 302

    def _post(self, path: str, said: dict[str, str], session: str = "") -> int:
        """The status; 0 without an answer."""
        line = http.client.HTTPConnection("localhost", self.city.door(), timeout=WITHIN)
        headers = {
            "Cookie": f"csrftoken={TOKEN}" + (f"; lernstadt={session}" if session else ""),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        if session:
            headers["HX-Request"] = "true"
        try:
            line.request("POST", path, urlencode({"csrfmiddlewaretoken": TOKEN, **said}), headers)
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()
        return answer.status


class Pulse(threading.Thread):
    """Asks all the time whether the city is alive; the longest it ever waited."""

    def __init__(self, city: City) -> None:
        super().__init__(daemon=True)
        self.city, self.over, self.longest = city, threading.Event(), 0.0

    def run(self) -> None:
        while not self.over.wait(0.1):
            begun = time.monotonic()
            self.city.answers("/health/live", 30)
            self.longest = max(self.longest, time.monotonic() - begun)


def stored(city: City) -> dict[int, int]:
    """{enrolment: attempts}"""
    return dict(city.sql("SELECT enrolment_id, count(*) FROM learning_attempt GROUP BY 1"))
