"""`./dev bench figures`: what the office's page costs at 100,000 and at 1,000,000 enrolments, and closing a half-year.

CPU-ms of the page's process and of its backend together. The page must be flat: it reads published cells, never the journal.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tests.bench.processes import used
from tests.browser.city import City, running_city
from tests.support.databases import at

SIZES, ROUNDS = (100_000, 1_000_000), 15
#: CPU-ms of a page, CPU-s of closing a half-year, CPU-ms of a row of the journal.
PAGE, CLOSING, ROW = 8.0, 30.0, 0.1


def main() -> int:
    with running_city("bench") as city:
        os.environ |= {**city.env, "DJANGO_SETTINGS_MODULE": "config.settings"}
        import django

        django.setup()
        found = {size: _at(city, size) for size in SIZES}
    small, large = (found[size] for size in SIZES)
    print(f"\n{'the office, CPU-ms':44}" + "".join(f"{size:>12,}" for size in SIZES))
    late = 0
    for name, least in large.items():
        budget = (
            CLOSING * 1000 if name.startswith("closing") else ROW if "journal" in name else PAGE
        )
        over = least > budget
        late += over
        print(f"{name:44}{small[name]:12.2f}{least:12.2f}{'  over budget' if over else ''}")
    return int(late > 0)


def _at(city: City, enrolments: int) -> dict[str, float]:
    from figures import actions
    from figures.frames import Frame, Period

    print(f"{enrolments:,} enrolments …", flush=True)
    database = urlsplit(city.env["DATABASE_URL"]).path.lstrip("/")
    with psycopg.connect(at(os.environ["DATABASE_OWNER_URL"], database), autocommit=True) as owner:
        owner.execute("SET statement_timeout = 0")
        sql = Path(__file__).with_name("figures.sql").read_text()
        owner.execute(sql.replace(":enrolments", str(enrolments)).encode())
    half = _last_half(date.today())  # noqa: DTZ011 -- months are long
    found = {"closing a half-year": _cost_of(lambda: actions.publish(Period(Frame.HALF, half)))}
    for period in _rest(half):
        actions.publish(period)
    found |= {name: _page(city, address) for name, address in _addresses(half).items()}
    return found | {"a row of the journal": _row()}


def _last_half(today: date) -> date:
    return date(today.year, 1, 1) if today.month > 6 else date(today.year - 1, 7, 1)


def _rest(half: date) -> Iterator[Any]:
    """What the page compares with: quarters, half-years and months of two years."""
    from figures.frames import Frame, Period

    period = Period(Frame.HALF, half).before
    for _ in range(3):
        yield period
        period = period.before
    for frame in (Frame.QUARTER, Frame.MONTH):
        period = Period(frame, half)
        for _ in range(8):
            yield period
            period = period.before


def _addresses(half: date) -> dict[str, str]:
    key = f"{half.year}-h{1 if half.month == 1 else 2}"
    return {
        "by topic, half-year": f"?zeit={key}&nach=thema",
        "competence, by nothing": f"?zeit={key}&kompetenz=4.2&nach=nichts",
        "by provider, two more chosen": f"?zeit={key}&thema=4&alter=65-74&nach=anbieter",
        "by district": f"?zeit={key}&nach=stadtteil",
        "a month, by competence": f"?zeit={half:%Y-%m}&nach=kompetenz",
        "too narrow": f"?zeit={half:%Y-%m}&thema=4&form=online&nach=alter",
    }


def _page(city: City, address: str) -> float:
    """The least of some rounds."""
    from django.test import Client

    from providers.models import Membership
    from tenancy.lens import look, system

    client = Client(headers={"host": urlsplit(city.env["PUBLIC_URL"]).netloc})
    with look(system("bench")):
        seat = (
            Membership.objects.select_related("person").filter(role=Membership.Role.CLERK).first()
        )
        client.force_login(seat.person)

    def ask() -> None:
        answer = client.get(f"/buero/{address}")
        assert answer.status_code == 200, answer.status_code

    for _ in range(3):
        ask()
    return min(_cost_of(ask) for _ in range(ROUNDS))


def _row() -> float:
    """In the middle of some hundred, round trip included."""
    import uuid

    from django.db import connection, transaction

    from figures import actions
    from figures.frames import Measure
    from tenancy.lens import look, system

    course = actions.CountedCourse("4.2", 2, "online")
    costs = []
    with look(system("bench")), transaction.atomic():
        backend = connection.connection.info.backend_pid
        for n in range(300):
            before = used(backend)
            actions.count(
                Measure.ENROLLED, course, person=uuid.uuid4(), enrolment=n, month=date(2026, 9, 1)
            )
            costs.append(used(backend) - before)
        transaction.set_rollback(True)
    return statistics.median(costs[50:])


def _cost_of(work: Any) -> float:
    """CPU-ms of this process and of the backend it works with."""
    from django.db import connection

    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    there, here = used(backend), time.process_time()
    work()
    here = (time.process_time() - here) * 1000
    time.sleep(0.01)  # the kernel counts a moment later
    return here + used(backend) - there


if __name__ == "__main__":
    sys.exit(main())
