"""`./dev chaos`: one fault after the other, and what came of it. Bounded, on loopback, with servers of its own.

`--city`: two of everything, as on several machines; the database that is written to is lost, and the other takes over.
"""

import sys
import time
from itertools import pairwise
from typing import NamedTuple

from config.embedded.packages import CADDY, PGBOUNCER
from tests.chaos.city import City, small_city, wait
from tests.chaos.faults import BURDENS, KILLS, Fault
from tests.chaos.large import CHANGES, LOSSES, large_city, two_again
from tests.chaos.learners import Learner, Pulse, stored

LEARNERS = 20
CALM = 3  # seconds of learning before and after
WITHIN = 60  # seconds until everybody learns again
SILENT, ALIVE = 3.0, 1.0  # seconds: without an answer after a kill; until health answers
WRITING = 30.0  # seconds until an answer is stored again in a city of several machines


class Outcome(NamedTuple):
    fault: str
    acknowledged: int
    lost: int
    doubled: int
    silent: float  # the longest anybody waited for the next answer, seconds
    health: float  # the longest health took, seconds
    back: bool  # everybody learns again


def main(arguments: list[str]) -> int:
    if "--city" in arguments:
        return city_of_machines()
    with small_city(LEARNERS) as city:
        outcomes = table(city, KILLS | BURDENS)
    slow = [each.fault for each in outcomes if each.fault in BURDENS and each.health > ALIVE]
    slow += [each.fault for each in outcomes if each.fault in KILLS and each.silent > SILENT]
    return verdict(outcomes, slow)


def city_of_machines() -> int:
    """Whatever is there twice is lost once; at the end the database that is written to, twice."""
    for program in (CADDY, PGBOUNCER):
        if not program.exists():
            print(f"Without {program.name}: it is not installed here.")
    with large_city(LEARNERS) as city:
        outcomes = table(city, LOSSES)
        for name, fault in CHANGES.items():
            outcomes += table(city, {name: fault}, head=False)
            two_again(city)
    slow = [each.fault for each in outcomes if each.silent > WRITING]
    return verdict(outcomes, slow) or int(bool(slow))


def table(city: City, faults: dict[str, Fault], *, head: bool = True) -> list[Outcome]:
    if head:
        print(f"{'fault':<32} {'acknowledged':>12} {'lost':>5} {'doubled':>8} {'silent':>8} {'health':>8}", flush=True)  # fmt: skip
    return [shown(one(city, name, fault)) for name, fault in faults.items()]


def verdict(outcomes: list[Outcome], slow: list[str]) -> int:
    bad = [each for each in outcomes if each.lost or each.doubled or not each.back]
    print(f"\nLost or doubled: {sum(each.lost + each.doubled for each in outcomes)}. Slower than wished: {', '.join(slow) or 'none'}")  # fmt: skip
    return 1 if bad else 0


def shown(each: Outcome) -> Outcome:
    back = "" if each.back else "  does not come back"
    print(f"{each.fault:<32} {each.acknowledged:>12} {each.lost:>5} {each.doubled:>8} {each.silent:>7.1f}s {each.health:>7.2f}s{back}", flush=True)  # fmt: skip
    return each


def one(city: City, name: str, fault: Fault, learners: int = LEARNERS, calm: float = CALM) -> Outcome:  # fmt: skip
    """`learners` answer; the fault happens; they go on until each has been answered again."""
    before = stored(city)
    people = [Learner(city, number) for number in range(learners)]
    pulse = Pulse(city)
    begun = time.monotonic()
    for thread in (*people, pulse):
        thread.start()
    time.sleep(calm)
    counted = fault(city)
    happened = time.monotonic()
    back = wait(lambda: all(person.at and person.at[-1] > happened for person in people), WITHIN)
    time.sleep(calm)
    for thread in (*people, pulse):
        thread.over.set()
    for thread in (*people, pulse):
        thread.join(60)
    wait(lambda: city.answers("/health/ready", 2) == 200, WITHIN)
    lost, doubled = _compared(people, before, stored(city))
    acknowledged = sum(person.acknowledged for person in people)
    if counted:
        besides = counted()
        acknowledged += besides.acknowledged
        lost, doubled = lost + besides.lost, doubled + besides.doubled
    silent = max(_longest([begun, *person.at]) for person in people)
    return Outcome(name, acknowledged, lost, doubled, silent, pulse.longest, back)  # fmt: skip


def _compared(people: list[Learner], before: dict[int, int], after: dict[int, int]) -> tuple[int, int]:  # fmt: skip
    """How many acknowledged answers are not there, and how many are there more often than sent."""
    lost = doubled = 0
    for person in people:
        number = person.who["enrolment"]
        found = after.get(number, 0) - before.get(number, 0)
        lost += max(0, person.acknowledged - found)
        doubled += max(0, found - person.acknowledged - person.pending)
    return lost, doubled


def _longest(moments: list[float]) -> float:
    return max((b - a for a, b in pairwise(moments)), default=0.0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
