"""The embedded Valkey: what counts as alive, and that there is never a second one beside it."""

import time

import pytest

from config.embedded.valkey import Valkey


@pytest.fixture
def server(tmp_path):
    server = Valkey(tmp_path)
    server.start()
    yield server
    server.stop()


def until(server, answer):
    for _ in range(200):
        if server._ask(b"PING\r\n").startswith(answer):
            return True
        time.sleep(0.05)
    return False


def test_who_cannot_save_is_alive_and_gets_no_second_one_beside_it(server):
    (
        server.folder / "dump.rdb"
    ).mkdir()  # as a full disk: what it writes cannot be put in its place
    server._ask(b"SET a 1\r\n")
    server._ask(b"BGSAVE\r\n")
    assert until(server, b"-MISCONF")
    assert server.is_alive()
    first = server.process.pid
    server.start()
    assert server.process.pid == first


def test_who_answers_nobody_goes_before_another_one_comes(server):
    first = server.process
    server.socket.unlink()
    assert not server.is_alive()
    server.start()
    assert first.returncode is not None
    assert server.is_alive()
