"""`./dev load`: a day of learners, more and more of them, until one in twenty waits longer than 300 ms. Bounded, on loopback.

Seven of ten requests are for public pages, two for lessons, one is an answer. A learner asks for something every ten
seconds. Who asks is a program on the same machine; its own time is not counted to the city's.
"""

import argparse
import bisect
import itertools
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import psycopg

from config.embedded.stack import RESPAWN
from tests.bench import big_city
from tests.bench.big_city import Request, answer, course, get, lesson
from tests.bench.processes import memory, server_of, tree, used
from tests.bench.visitors import Came, Visitors
from tests.browser.city import running_city

PAUSE = 10.0  # seconds between two requests of one learner
LATE = 0.3  # seconds that one in twenty may wait at most
WRONG = 0.001  # part of the requests that may fail
FIRST, MORE, FINER = (
    200,
    1.4,
    1.12,
)  # learners at first; times as many each step, roughly and then finely
STEP, HOLD = 10.0, 60.0  # seconds
SIGNED_IN = 400
WORDS = (
    *("passwort", "pasword", "smartphone", "smartfone sicher", "videoanruf", "personalausweis"),
    *("fotos im alltag", "internett", "drucker", "bank", "betrug erkennen", "e-mail schreiben"),
)
LEVELS = ("", "einstieg", "grundlagen", "aufbau")
#: What a hundred requests are for.
DAY = {
    "front page": 10,
    "catalogue": 15,
    "search": 10,
    "course": 30,
    "certificate": 5,
    "lesson": 20,
    "answer": 10,
}
PUBLIC = ("front page", "catalogue", "search", "course", "certificate")


class Step(NamedTuple):
    learners: int
    came: Came
    shares: dict[str, float]  # part of the city -> cores it had
    asking: float  # cores that asking took

    @property
    def cores(self) -> float:
        return sum(self.shares.values())

    @property
    def good(self) -> bool:
        wrong = self.came.errors / max(1, self.came.errors + len(self.came.seconds))
        return self.came.quantile(0.95) <= LATE and wrong <= WRONG


Measure = Callable[[int], Step]


def main(arguments: list[str]) -> int:
    asked = _parser().parse_args(arguments)
    with running_city("bench", workers=2, options=RESPAWN) as city:
        print("Seeding a big city …", flush=True)
        big_city.seed(city)
        who = big_city.sessions(city, SIGNED_IN)["learners"]
        day = a_day(who, city.facts["certificate_token"], random.Random(2026))
        visitors = Visitors(urlsplit(city.url).port or 0, lambda: next(day))
        visitors.come(20, 5)  # warm: templates, prepared statements
        with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as admin:
            parts = {
                "web server": city.processes[0].process.pid,
                "worker": city.processes[1].process.pid,
                "PostgreSQL": server_of(admin),
            }
            print(HEAD, flush=True)
            best = raised(lambda learners: shown(one(visitors, learners, parts, STEP)))
            if not best:
                print(f"\nNot even {FIRST} learners at once are answered in time here.")
                return 1
            held = one(visitors, best.learners, parts, asked.minutes * 60)
            print(f"\nfor {asked.minutes:g} minutes:")
            shown(held)
            _tell(best, held, parts)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev load", description=__doc__)
    parser.add_argument(
        "--minutes", type=float, default=HOLD / 60, help="how long the most are held (default: 1)"
    )
    return parser


def a_day(who: list[dict[str, Any]], token: str, chance: random.Random) -> Iterator[Request]:
    """What is asked, one after the other. Some courses are in everybody's mouth, most are asked for now and then."""
    makes: dict[str, Callable[[int], Request]] = {
        "front page": lambda _: get("/"),
        "catalogue": lambda _: get(f"/kurse/?{urlencode({'stufe': chance.choice(LEVELS)})}"),
        "search": lambda _: get(f"/kurse/?{urlencode(_search(chance))}"),
        "course": lambda _: get(course(_well_known(chance))),
        "certificate": lambda _: get(f"/z/{token}"),
        "lesson": lambda _: lesson(chance.choice(who)),
        "answer": lambda n: answer(chance.choice(who), n),
    }
    kinds, edges = [*DAY], [*itertools.accumulate(DAY.values())]
    for number in itertools.count():
        kind = kinds[bisect.bisect_right(edges, chance.randrange(edges[-1]))]
        yield makes[kind](number)


def _search(chance: random.Random) -> dict[str, str]:
    provider = f"anbieter-{chance.randrange(big_city.PROVIDERS) + 1}"
    narrowed = {"anbieter": provider} if chance.random() < 0.5 else {}
    return {"q": chance.choice(WORDS), "stufe": chance.choice(LEVELS), **narrowed}


def _well_known(chance: random.Random) -> int:
    """The number of a course: one of the ten best known is asked for as often as one of the next ninety, or so."""
    return int(big_city.COURSES ** chance.random())


def raised(measure: Measure) -> Step | None:
    """The most learners at once that are answered in time: by large steps, and from the last good one by small steps."""
    best: Step | None = None
    for factor in (MORE, FINER):
        learners = best.learners * factor if best else FIRST
        while (step := measure(round(learners))).good:
            best, learners = step, step.learners * factor
        if not best:
            return None
    return best


def one(visitors: Visitors, learners: int, parts: dict[str, int], seconds: float) -> Step:
    before, own = _used(parts), time.process_time()
    begun = time.monotonic()
    came = visitors.come(learners / PAUSE, seconds)
    lasted = time.monotonic() - begun
    after, asking = _used(parts), time.process_time() - own
    shares = {name: (after[name] - before[name]) / 1000 / lasted for name in parts}
    return Step(learners, came, shares, asking / lasted)


def _used(parts: dict[str, int]) -> dict[str, float]:
    return {name: sum(map(used, tree(pid))) for name, pid in parts.items()}


HEAD = f"\n{'learners at once':>16}{'requests/s':>12}{'median':>9}{'p95':>9}{'errors':>8}{'cores':>7}{'asking':>8}"


def shown(step: Step) -> Step:
    came = step.came
    wrong = ", ".join(f"{status or 'no answer'}: {n}" for status, n in sorted(came.wrong.items()))
    wrong = f"  ({wrong})" if wrong else ""
    print(
        f"{step.learners:>16,}{came.per_second:>12.1f}{came.quantile(0.5) * 1000:>6.0f} ms{came.quantile(0.95) * 1000:>6.0f} ms"
        f"{came.errors:>8}{step.cores:>7.2f}{step.asking:>8.2f}{'' if step.good else '  too much'}{wrong}",
        flush=True,
    )
    return step


def _tell(best: Step, held: Step, parts: dict[str, int]) -> None:
    print("\nmemory (MB, what is shared counted once) and cores:")
    for name, root in parts.items():
        sizes = sorted((memory(pid) for pid in tree(root)), reverse=True)
        each = ", ".join(f"{size:.0f}" for size in sizes[:4]) + ", …" * (len(sizes) > 4)
        print(f"  {name:12}{sum(sizes):5.0f} in {len(sizes)} processes ({each}); {held.shares[name]:.2f}")  # fmt: skip
    cost = held.cores * 1000 / held.came.per_second
    print(
        f"\n{best.learners} learners at once with {best.cores:.2f} cores: {best.learners / best.cores:.0f} for each core;"
        f" {cost:.1f} CPU-ms a request, errors {held.came.errors}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
