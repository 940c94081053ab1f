"""What processes have used: time of the processor and memory, as the kernel counts them."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psycopg


def tree(root: int) -> list[int]:
    """A process and all that come from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        if parent := parent_of(int(folder.name)):
            children.setdefault(parent, []).append(int(folder.name))
    found, left = [], [root]
    while left:
        pid = left.pop()
        found.append(pid)
        left += children.get(pid, [])
    return found


def parent_of(pid: int) -> int:
    """0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return 0


def used(pid: int) -> float:
    """User and system time in ms: from the kernel's schedstat, in nanoseconds."""
    try:
        threads = list(Path(f"/proc/{pid}/task").glob("*/schedstat"))
        return sum(int(t.read_text().split()[0]) for t in threads) / 1e6
    except (OSError, IndexError):
        return 0.0


def memory(pid: int) -> float:
    """Its own and its share of what it has in common with others (PSS), in MB; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def server_of(line: psycopg.Connection) -> int:
    """PostgreSQL's first process, from which every connection's comes."""
    return parent_of(line.info.backend_pid)


def named(names: Sequence[str]) -> list[int]:
    """Processes that bear one of these names, or run a program or module of it, and do not come from another one of them."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            said = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            called = {(folder / "comm").read_text().strip(), *(Path(one).name for one in said[:4])}
            if called & {*names}:
                found.append(int(folder.name))
    return [pid for pid in found if parent_of(pid) not in found]
