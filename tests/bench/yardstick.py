"""The yardstick: a fixed piece of work in Python and in SQL, so that figures of two machines, or of two days, can be compared.

One unit is a thousandth of it. On the machine whose figures stand in docs/speed.md a unit is about one CPU-ms; on a slower
one, or while the neighbours are loud, a unit takes longer and so do the pages.
"""

import json
import time

import psycopg

from tests.bench.processes import used

#: Words of no meaning, as many at each run.
TEXT = " ".join(f"Wort{number % 97}-{number:x}" for number in range(2_000))
SQL = """SELECT count(*), max(word) FROM (SELECT md5(n::text) AS word, n % 211 AS part FROM generate_series(1, 600000) n) w
  WHERE word ~ '^[0-9a-f]*[0-4]$' GROUP BY part ORDER BY 2"""
PYTHON_LOOPS, PARTS = 1_360, 1_000


class Yardstick:
    """Measured again and again between the pages; the least counts, as it does for them."""

    def __init__(self, line: psycopg.Connection) -> None:
        self.line, self.python, self.sql = line, float("inf"), float("inf")

    def measure(self) -> None:
        begun = time.process_time()
        _python()
        self.python = min(self.python, (time.process_time() - begun) * 1000)
        backend = self.line.info.backend_pid
        before = used(backend)
        self.line.execute(SQL)
        self.sql = min(self.sql, used(backend) - before)

    @property
    def unit(self) -> float:
        """CPU-ms of one unit."""
        return (self.python + self.sql) / PARTS


def _python() -> int:
    """What a page does: splits, counts, sorts, writes and reads."""
    found = 0
    for _ in range(PYTHON_LOOPS):
        counts: dict[str, int] = {}
        for word in TEXT.split():
            name = word.partition("-")[0].lower()
            counts[name] = counts.get(name, 0) + 1
        rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
        found += len(json.loads(json.dumps([f"<li>{name}: {many}</li>" for name, many in rows])))
    return found
