"""What a page costs: CPU-ms of all server and database processes, in units of a yardstick, and its SQL statements.

In a big city (2,000 courses, 100,000 enrolments) and in one ten times as big; with `small`, in the first alone. The pages
and the yardstick take turns and the minimum of three rounds counts, so that a busy machine disturbs all of them alike.
Single times mean nothing; units of one run do. `figures`, `offers`: what these two cost when there is much. `stack`: start and memory.
`--against URL`: the same work at another product (`tests/bench/peer.py`).
"""

import http.client
import os
import sys
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tests.bench import (
    activities,
    big_city,
    certificates,
    dates,
    figures,
    offers,
    pages,
    peer,
    press,
    stack,
    tenancy,
)
from tests.bench.big_city import LARGE, Size
from tests.bench.pages import Row
from tests.bench.processes import used
from tests.bench.yardstick import Yardstick
from tests.browser.city import City, running_city

ROUNDS = 3
FURTHER = {"offers": offers.main, "figures": figures.main, "stack": stack.main}


def main(arguments: list[str]) -> int:
    if "--against" in arguments:
        return peer.main(arguments)
    if arguments and arguments[0] in FURTHER:
        return FURTHER[arguments[0]]()
    found: dict[Size, tuple[list[Row], float]] = {}
    late = 0
    for size in [Size()] if arguments == ["small"] else [Size(), LARGE]:
        with running_city("bench") as city:
            found[size], sessions = _pages(city, size)
            if size == Size():
                late = _further(city, sessions)
    return max(_print(found), late)


def _pages(city: City, size: Size) -> tuple[tuple[list[Row], float], dict[str, Any]]:
    """The rows, the CPU-ms of a unit; whose sessions there are."""
    print(f"A city of {size.courses:,} courses and {size.learners * 20:,} enrolments …", flush=True)
    big_city.seed(city, size)
    who = big_city.sessions(city)
    rows = pages.rows(city, who, size)
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(city.url).port)
    for row in rows:  # warm: caches, prepared statements, templates
        pages.run(connection, row, min(row.times, 12))
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as line:
        yardstick = Yardstick(line)
        for _ in range(ROUNDS):
            yardstick.measure()
            for row in rows:
                pages.measure(city, connection, row)
    return (rows, yardstick.unit), who


def _further(city: City, who: dict[str, Any]) -> int:
    """What is measured in this process: a line each."""
    price = tenancy.price(city, who["learners"][0], used)
    told = [
        tenancy.tell(price),
        press.tell(press.cost(used)),
        certificates.tell(certificates.cost(used)),
        activities.tell(activities.cost()),
        dates.tell(dates.cost(used)),
    ]
    return max(told)


def _print(found: dict[Size, tuple[list[Row], float]]) -> int:
    """The table; 1 when one of the pages is over its budget."""
    cities = [*found.values()]
    heads = "".join(f"{f'{size.courses:,} courses':>36}" for size in found)
    print(f"\n{'':37}{heads}")
    columns = f"{'CPU-ms':>9}{'units':>8}{'budget':>8}{'SQL':>6}{'kB':>5}"
    print(
        f"{'page':37}{columns * len(cities)}{'growth':>9}"
        if len(cities) > 1
        else f"{'page':37}{columns}"
    )
    over = 0
    for lines in zip(*(rows for rows, _unit in cities), strict=True):
        told, late = "", False
        for at, (row, (_rows, unit)) in enumerate(zip(lines, cities, strict=True)):
            units, budget = row.cpu / unit, row.budgets[at]
            late = late or bool(budget and units > budget)
            said = f"{budget:g}" if budget else "–"
            told += f"{row.cpu:9.2f}{units:8.1f}{said:>8}{row.sql:6.1f}{row.size / 1000:5.0f}"
        growth = lines[-1].cpu / cities[-1][1] / (lines[0].cpu / cities[0][1])
        told += f"{growth:8.1f}x" if len(cities) > 1 else ""
        over += late
        print(f"{lines[0].name:37}{told}{'  over budget' if late else ''}")
    units = ", ".join(f"{unit:.2f}" for _rows, unit in cities)
    print(
        f"\none unit of the yardstick: {units} CPU-ms; minimum of {ROUNDS} rounds, one client, one worker; {over} over budget"
    )
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
