"""A city as in docs/operating.md, of processes alone: two web servers behind a proxy, two workers, PgBouncer, two databases.

Without PgBouncer the web servers know both databases and take the one that is written to. Without Caddy people come to one
web server or the other.
"""

import itertools
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded import roles
from config.embedded.children import Child
from config.embedded.packages import CADDY, PGBOUNCER
from config.embedded.stack import QUIET
from config.embedded.supervision import SupervisedPart, Supervisor
from tests.browser.city import free_port
from tests.chaos.city import (
    City,
    begun,
    celery,
    ended,
    environment,
    fill,
    granian,
    helpers,
    look_after,
    send,
    wait,
)
from tests.chaos.faults import (  # fmt: skip
    Fault,
    kill_the_database,
    kill_the_web_server,
    kill_the_worker,
    kill_valkey,
)
from tests.chaos.pair import Pair, Twin
from tests.support.pooler import Pooler

LINES = 20  # of the pooler to the database
#: As deploy/compose/Caddyfile, in the words of Debian 12's Caddy and without TLS.
PROXY = """{{
	admin off
	auto_https off
}}
http://localhost:{port} {{
	bind 127.0.0.1
	request_body {{
		max_size 3MB
	}}
	reverse_proxy {webs} {{
		buffer_requests
		health_uri /health/live
		health_interval 1s
		health_timeout 2s
		fail_duration 2s
		lb_try_duration 5s
		header_up X-Request-ID {{http.request.uuid}}
	}}
}}
"""


@dataclass
class LargeCity(City):
    pair: Pair = field(init=False)
    pooler: Pooler | None = None
    webs: list[Child] = field(default_factory=list)
    pooling: Child | None = None
    proxy: Child | None = None
    ports: Iterator[int] | None = None  # of the web servers, in turn; None behind the proxy

    def door(self) -> int:
        return next(self.ports) if self.ports else self.port

    def first_is(self, first: Twin) -> None:
        """Another database is written to from now on."""
        self.postgres = first
        if self.pooler and self.pooling:
            self.pooler.point_at(str(first.socket))
            send([self.pooling.process.pid], signal.SIGHUP)


@contextmanager
def large_city(learners: int) -> Iterator[LargeCity]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lernstadt-city-")))
        folder.chmod(0o755)
        city = _databases(stack, folder)
        fill(city, learners)
        _start(stack, city)
        if not wait(lambda: city.answers("/health/ready", 2) == 200):
            raise RuntimeError(f"The city does not start. {' '.join(city.said)}")
        yield city


def _databases(stack: ExitStack, folder: Path) -> LargeCity:
    pair, port = Pair(folder), free_port()
    stack.callback(pair.stop)
    pair.first.start()
    roles.prepare(pair.first)
    valkey, post = helpers(stack, folder)
    env = environment(folder, port, post)
    env |= {"BROKER_URL": valkey.url, "TRUSTED_PROXIES": "1" if CADDY.exists() else "0"}
    city = LargeCity(f"http://localhost:{port}", port, env, pair.first, valkey, post, small=False)
    city.pair, pair.told = pair, city.first_is
    if PGBOUNCER.exists():
        city.pooler = _pooler(stack, city, folder / "pool")
        env |= {"DATABASE_URL": city.pooler.url(roles.DATABASE), "PREPARED_STATEMENTS": "0"}
    else:
        both = f"{pair.first.socket},{pair.second.socket}"
        env["DATABASE_URL"] = f"postgresql://app@/{roles.DATABASE}?host={both}&target_session_attrs=read-write"  # fmt: skip
    return city


def _pooler(stack: ExitStack, city: LargeCity, folder: Path) -> Pooler:
    folder.mkdir(mode=0o755)
    pooler = Pooler(folder, str(city.pair.first.socket), LINES)
    city.pooling = begun(stack, "pooler", pooler.command, {}, 4)
    if not wait(pooler.is_there, 20):
        raise RuntimeError(f"PgBouncer does not start: {city.pooling.last_words}")
    return pooler


def _start(stack: ExitStack, city: LargeCity) -> None:
    city.pair.follow()
    workers = [
        begun(stack, f"worker {name}", celery(city, name, *more), city.env | QUIET, 5)
        for name, more in {"one": ["-B"], "two": []}.items()
    ]
    ports = [free_port(), free_port()]
    city.webs = [
        begun(stack, f"web server {port}", granian(port, 1), city.env, 4) for port in ports
    ]
    city.worker, city.web = workers[0], city.webs[0]
    children = [*workers, *city.webs]
    if CADDY.exists():
        city.proxy = _proxy(stack, city, ports)
        children.append(city.proxy)
    else:
        city.ports = itertools.cycle(ports)
    if city.pooling:
        children.insert(0, city.pooling)
    parts = [SupervisedPart("Valkey", ended(city.valkey), city.valkey.start)]
    parts += [SupervisedPart(one.name, one.obituary, one.start) for one in children]
    look_after(stack, Supervisor(parts, city.said.append).look)
    look_after(stack, city.pair.look, every=0.5)


def _proxy(stack: ExitStack, city: LargeCity, ports: list[int]) -> Child:
    home = Path(city.env["LERNSTADT_VAR"]) / "caddy"
    home.mkdir()
    webs = " ".join(f"127.0.0.1:{port}" for port in ports)
    (home / "Caddyfile").write_text(PROXY.format(port=city.port, webs=webs))
    command = [str(CADDY), "run", "--config", str(home / "Caddyfile"), "--adapter", "caddyfile"]
    own = {"HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    return begun(stack, "proxy", command, own, 4)


# --- what goes wrong in it ---


def kill_the_proxy(city: City) -> None:
    assert isinstance(city, LargeCity)
    if city.proxy:
        send([city.proxy.process.pid], signal.SIGKILL)


def kill_the_pooler(city: City) -> None:
    assert isinstance(city, LargeCity)
    if city.pooling:
        send([city.pooling.process.pid], signal.SIGKILL)


def kill_the_second_database(city: City) -> None:
    """Nothing can be acknowledged until it follows again."""
    assert isinstance(city, LargeCity)
    send(city.pair.second.pids(), signal.SIGKILL)


def kill_the_first_database(city: City) -> None:
    assert isinstance(city, LargeCity)
    kill_the_database(city)
    _until_another_is_first(city)


def freeze_the_first_database(city: City) -> None:
    """For good: it takes calls and answers none."""
    assert isinstance(city, LargeCity)
    send(city.pair.first.pids(), signal.SIGSTOP)
    _until_another_is_first(city)


def _until_another_is_first(city: LargeCity) -> None:
    if not wait(lambda: city.pair.alone, 60):
        raise RuntimeError("The second database does not take over.")


def two_again(city: LargeCity) -> None:
    """After a change there is one database; the former first one follows now."""
    if city.pair.alone:
        city.pair.follow()


LOSSES: dict[str, Fault] = {
    "one web server killed": kill_the_web_server,
    "one worker killed": kill_the_worker,
    "Valkey killed": kill_valkey,
    "the proxy killed": kill_the_proxy,
    "the pooler killed": kill_the_pooler,
    "the second database killed": kill_the_second_database,
}
#: Somebody else has to take over.
CHANGES: dict[str, Fault] = {
    "the first database killed": kill_the_first_database,
    "the first database frozen": freeze_the_first_database,
}
