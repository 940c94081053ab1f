"""The second of two databases has what was acknowledged, and goes on when the first is killed. The whole city: `./dev chaos --city`."""

import signal
from contextlib import ExitStack

import psycopg
import pytest

from config.embedded import roles
from tests.chaos.city import send
from tests.chaos.pair import MISSES, Pair


@pytest.fixture
def pair(tmp_path):
    tmp_path.chmod(0o755)
    with ExitStack() as stack:
        pair = Pair(tmp_path)
        stack.callback(pair.stop)
        pair.first.start()
        roles.prepare(pair.first)
        pair.follow()
        yield pair


def written(server):
    with psycopg.connect(server.url("postgres", "postgres")) as line:
        return [number for (number,) in line.execute("SELECT * FROM said ORDER BY 1")]


def test_the_second_goes_on_and_the_former_first_follows(pair):
    first, second = pair.first, pair.second
    told = []
    pair.told = told.append
    with psycopg.connect(first.url("postgres", "postgres"), autocommit=True) as line:
        line.execute("CREATE TABLE said (number int)")
        for number in range(100):
            line.execute("INSERT INTO said VALUES (%s)", [number])
    send(first.pids(), signal.SIGKILL)
    for _ in range(MISSES):
        pair.look()
    assert (pair.first, pair.alone, told) == (second, True, [second])
    assert written(second) == [*range(100)]
    pair.look()  # nothing more happens while the one that is left answers
    pair.follow()
    with psycopg.connect(second.url("postgres", "postgres"), autocommit=True) as line:
        line.execute("INSERT INTO said VALUES (100)")
    assert (pair.second, pair.alone) == (first, False)
    assert written(first)[:100] == [*range(100)]


def test_a_second_that_was_killed_is_started_again(pair):
    second = pair.second
    send(second.pids(), signal.SIGKILL)
    for _ in range(100):
        pair.look()
        if second.is_alive():
            break
    assert (pair.first_answers(), second.is_alive(), pair.alone) == (True, True, False)
