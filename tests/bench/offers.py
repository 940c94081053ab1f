"""`./dev bench offers`: what one search with facets costs among 100,000 offers, in CPU-ms of the database (budget: 100).

The words of the demo's courses, so that a common word has ten thousand hits and more: harder than a real catalogue of that size.
"""

import os
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.bench.processes import used
from tests.browser.city import running_city
from tests.support.databases import at

OFFERS, ROUNDS, MOST = 100_000, 5, 100.0
ASKED = {
    "a word": "Passwort",
    "a typing error": "smartfone sicher",
    "a question": "Wie stelle ich die Schrift größer",
    "a compound": "Handysicherheit",
    "Ukrainian": "надійний пароль",
    "everything": "",
}
CHOSEN = ("level:einstieg", "area:1", "area:2")


def main() -> int:
    with running_city("bench", pages=False) as city:
        database = urlsplit(city.env["DATABASE_URL"]).path.lstrip("/")
        with psycopg.connect(
            at(os.environ["DATABASE_OWNER_URL"], database), autocommit=True
        ) as owner:
            owner.execute("SET statement_timeout = 0")
            sql = Path(__file__).with_name("offers.sql").read_text()
            owner.execute(sql.replace(":offers", str(OFFERS)).encode())
        os.environ |= {**city.env, "DJANGO_SETTINGS_MODULE": "config.settings"}
        found = {name: _cost(words) for name, words in ASKED.items()}
    late = 0
    print(
        f"\n{'search among 100,000 offers, with facets':44}{'CPU-ms':>8}{'hits':>9}{'statements':>12}"
    )
    for name, (cpu, hits, statements) in found.items():
        over = cpu > MOST or statements > 2
        late += over
        print(f"{name:44}{cpu:8.1f}{hits:9}{statements:12}{'  over budget' if over else ''}")
    return int(late > 0)


def _cost(words: str) -> tuple[float, int, int]:
    """CPU-ms of the backend, hits and statements; the least of some rounds."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from courses.queries import Wanted, search
    from tenancy.lens import look, public

    wanted = Wanted(q=words, marks=CHOSEN)
    least, hits, statements = float("inf"), 0, 0
    for _ in range(ROUNDS):
        with look(public):
            connection.ensure_connection()
            backend = connection.connection.info.backend_pid
            before = used(backend)
            with CaptureQueriesContext(connection) as captured:
                hits = search(wanted, language="de").total
            time.sleep(0.01)  # the kernel counts a moment later
            least, statements = min(least, used(backend) - before), len(captured)
    return least, hits, statements


if __name__ == "__main__":
    sys.exit(main())
