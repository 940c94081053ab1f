"""The second of two databases has what was acknowledged, and goes on when the first is killed. The whole city: `./dev chaos --city`."""

import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psycopg
import pytest

from config.embedded import roles
from tests.chaos.city import send, wait
from tests.chaos.pair import MISSES, Pair

#: Whoever waits for the second at its commit, ten times as long already as a statement may take.
WAITS = """SELECT pid FROM pg_stat_activity
  WHERE wait_event = 'SyncRep' AND now() - query_start > interval '1 second'"""


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


@pytest.mark.parametrize("by_an_operator", [False, True])
def test_a_commit_waits_for_the_second_however_long_a_statement_may_take(pair, by_an_operator):
    """The clock of `statement_timeout` stops before a commit begins: only the second, or an operator, ends that wait."""
    heard = []
    with (
        psycopg.connect(pair.first.url("postgres", "postgres"), autocommit=True) as operator,
        psycopg.connect(pair.first.url("postgres", "postgres"), autocommit=True) as line,
        ThreadPoolExecutor(1) as pool,
    ):
        line.add_notice_handler(lambda notice: heard.append(notice.message_primary))
        line.execute("CREATE TABLE said (number int)")
        line.execute("SET statement_timeout = '100ms'")
        send(pair.second.pids(), signal.SIGSTOP)
        try:
            answer = pool.submit(line.execute, "INSERT INTO said VALUES (1)")
            assert wait(lambda: operator.execute(WAITS).fetchall() == [(line.info.backend_pid,)])
            assert not answer.done()
            assert written(pair.first) == []
            if by_an_operator:
                operator.execute("SELECT pg_cancel_backend(%s)", [line.info.backend_pid])
                answer.result(60)
        finally:
            send(pair.second.pids(), signal.SIGCONT)
        assert answer.result(60).statusmessage == "INSERT 0 1"
        assert written(pair.first) == [1]
    cancelled = "canceling wait for synchronous replication due to user request"
    assert heard == [cancelled] * by_an_operator
