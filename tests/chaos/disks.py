"""A small disk, to be filled: a tmpfs where one may be mounted, otherwise a limit on what a process may write."""

import os
import resource
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SIZE = 900  # MiB: a small city and some room
LIMIT = 256 * 1024  # bytes of one file: less than a piece of PostgreSQL's log


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Whether `folder` is one now."""
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=755", "none", str(folder)]
    mounted = os.geteuid() == 0 and not subprocess.run(mounting, capture_output=True).returncode
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Not a byte is left."""
    filler = folder / "filler"
    try:
        with filler.open("wb", buffering=0) as out, suppress(OSError):
            for size in (2**20, 2**12, 1):
                with suppress(OSError):
                    while out.write(b"x" * size) == size:
                        pass
        yield
    finally:
        filler.unlink(missing_ok=True)


@contextmanager
def limited(pids: Iterable[int]) -> Iterator[None]:
    """These processes, and those they start, write no large file."""
    pids = [*pids]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        _limit(pids, (LIMIT, before[1]))
        yield
    finally:
        _limit(pids, before)


def _limit(pids: list[int], limits: tuple[int, int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)
