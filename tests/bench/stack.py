"""`./dev bench stack`: what `./dev run` takes.

Seconds until the first page, for the first time and again; and memory in MB (each process's own and its share of what it has in common: PSS)
at rest and after many requests. In a folder of its own, with the demo.
"""

import contextlib
import http.client
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from config.embedded.places import ROOT
from tests.bench.processes import memory, tree
from tests.browser.city import free_port

REQUESTS = 10_000
PATHS = ("/", "/kurse/", "/kurse/?q=handy", "/termine/finden/", "/anbieter/", "/barrierefreiheit/")
#: Seconds for a fresh start, a second one, and its first page; MB of everything at rest and of a web worker after the requests.
FRESH, AGAIN, FIRST, REST, WORKER = 90.0, 4.0, 0.15, 600.0, 120.0
QUIET = 10  # seconds until what a start does afterwards is done


def main() -> int:
    folder, port = Path(tempfile.mkdtemp(prefix="lernstadt-stack-")), free_port()
    try:
        with _running(folder, port, "first start") as (fresh, _first, _root):
            pass
        with _running(folder, port, "second start") as (again, first, root):
            time.sleep(QUIET)
            rest = _told("at rest", root, folder)
            _ask(root[1])
            worker = max(map(memory, _web_workers(root[0])))
            _told(f"after {REQUESTS:,} requests", root, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    rows = [
        ("fresh start, s", fresh, FRESH),
        ("second start, s", again, AGAIN),
        ("first page after it, s", first, FIRST),
        ("everything at rest, MB", rest, REST),
        (f"a web worker after {REQUESTS:,} requests, MB", worker, WORKER),
    ]
    print()
    for name, value, budget in rows:
        print(f"{name:44}{value:9.2f}{budget:9g}{'  over budget' if value > budget else ''}")
    return int(any(value > budget for _name, value, budget in rows))


@contextlib.contextmanager
def _running(folder: Path, port: int, what: str) -> Iterator[tuple[float, float, tuple[int, int]]]:
    """Seconds until it is ready, seconds of the first page, (process, port); stopped afterwards."""
    theirs = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "BROKER_URL", "DEMO"}
    env = {name: value for name, value in os.environ.items() if name not in theirs}
    env |= {"LERNSTADT_VAR": str(folder), "LOG_LEVEL": "ERROR"}
    env |= dict.fromkeys(("LIMIT_SEARCH", "LIMIT_VERIFY", "LIMIT_API"), "1000000/minute")
    for name in ("PUBLIC_URL", "ALLOWED_HOSTS", "TEST_SERVER_SOCKET"):
        env.pop(name, None)
    print(f"{what} …", flush=True)
    begun = time.monotonic()
    command = [sys.executable, "-m", "config.embedded", "run", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while (status := _get(port, "/health/ready")) != 200:
            if process.poll() is not None:
                raise RuntimeError(f"It ended while it started ({process.returncode}, {status}).")
            time.sleep(0.02)
        ready = time.monotonic() - begun
        asked = time.monotonic()
        _get(port, "/")
        yield ready, time.monotonic() - asked, (process.pid, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _get(port: int, path: str) -> int:
    """The status; 0 while nobody answers."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", path, headers={"Host": f"localhost:{port}"})
        answer = line.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        line.close()


def _ask(port: int) -> None:
    """Many requests, one after the other: pages in memory, and some that nobody has asked for."""
    for number, path in zip(range(REQUESTS), itertools.cycle(PATHS), strict=False):
        status = _get(port, f"{path}{number // 60}" if path.endswith("handy") else path)
        assert status == 200, (path, status)


def _told(when: str, root: tuple[int, int], folder: Path) -> float:
    """Prints what each part takes; the sum."""
    parts = {name: sum(map(memory, pids)) for name, pids in _parts(root[0], folder).items()}
    each = ", ".join(f"{name} {size:.0f}" for name, size in parts.items())
    print(f"{when}: {sum(parts.values()):.0f} MB ({each})", flush=True)
    return sum(parts.values())


def _parts(root: int, folder: Path) -> dict[str, list[int]]:
    """All processes by what they belong to; the database goes its own way, and is known by its folder."""
    found: dict[str, list[int]] = {}
    whole = tree(root)
    own = [int(one.name) for one in Path("/proc").glob("[0-9]*") if str(folder) in _command(one)]
    for pid in own:
        whole += [one for one in tree(pid) if one not in whole]
    for pid in whole:
        command = _command(Path(f"/proc/{pid}"))
        names = ("config.web", "celery", "postgres", "valkey")
        name = next((name for name in names if name in command), "launcher")
        found.setdefault(name, []).append(pid)
    return found


def _web_workers(root: int) -> list[int]:
    return [pid for pid in tree(root) if "config.web" in _command(Path(f"/proc/{pid}"))]


def _command(process: Path) -> str:
    with contextlib.suppress(OSError):
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


if __name__ == "__main__":
    sys.exit(main())
