"""Anyone who is due asks, however slowly the others are answered; so a slow city is not asked less (no coordinated omission)."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from tests.bench.big_city import Request

WITHIN = 15  # seconds; what takes longer counts as an error
MOST = 600  # that wait for an answer; anyone who comes then has found the line busy, which is an error, too
LIKE_BROWSERS = {"Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "de"}


@dataclass
class Came:
    """What came of it. `seconds` count from when somebody was due, not from when they sent.

    `wrong`: status -> how often; 0 stands for no answer in time, or none at all.
    """

    seconds: list[float] = field(default_factory=list)
    wrong: Counter[int] = field(default_factory=Counter)
    lasted: float = 0.0

    @property
    def errors(self) -> int:
        return self.wrong.total()

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.lasted

    def quantile(self, part: float) -> float:
        """The time within which so many were answered; without any answer it is endless."""
        if not self.seconds:
            return float("inf")
        return sorted(self.seconds)[min(int(len(self.seconds) * part), len(self.seconds) - 1)]


class Visitors:
    """Asks one server, over lines that stay open."""

    def __init__(self, port: int, next_one: Callable[[], Request]) -> None:
        self.port, self.next_one = port, next_one
        self.free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self.busy = 0

    def come(self, per_second: float, seconds: float) -> Came:
        return asyncio.run(self._come(per_second, seconds))

    async def _come(self, per_second: float, seconds: float) -> Came:
        came, asked = Came(), set()
        self.free, self.busy = [], 0
        begun = due = time.monotonic()
        while due < begun + seconds:
            if (pause := due - time.monotonic()) > 0:
                await asyncio.sleep(pause)
            if self.busy >= MOST:
                came.wrong[0] += 1
            else:
                task = asyncio.create_task(self._one(due, came))
                asked.add(task)
                task.add_done_callback(asked.discard)
            due += random.expovariate(per_second)
        if asked:
            await asyncio.wait(asked)
        came.lasted = time.monotonic() - begun
        for _, writer in self.free:
            writer.close()
        return came

    async def _one(self, due: float, came: Came) -> None:
        self.busy += 1
        try:
            async with asyncio.timeout(WITHIN):
                status = await self._ask(*self.next_one())
        except (OSError, ValueError, asyncio.IncompleteReadError):
            status = 0
        finally:
            self.busy -= 1
        if 200 <= status < 400:
            came.seconds.append(time.monotonic() - due)
        else:
            came.wrong[status] += 1

    async def _ask(self, method: str, path: str, headers: dict[str, str], body: str) -> int:
        line = self.free.pop() if self.free else None
        reader, writer = line or await asyncio.open_connection("127.0.0.1", self.port)
        kept = False
        try:
            writer.write(_written(self.port, method, path, headers, body))
            head = await reader.readuntil(b"\r\n\r\n")
            await _read_body(reader, head.lower())
            kept = b"connection: close" not in head.lower()
            return int(head.split(None, 2)[1])
        finally:
            if kept:
                self.free.append((reader, writer))
            else:
                with suppress(OSError):
                    writer.close()


def _written(port: int, method: str, path: str, headers: dict[str, str], body: str) -> bytes:
    said = {"Host": f"localhost:{port}", **LIKE_BROWSERS, **headers}
    if body:
        said["Content-Length"] = str(len(body))
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n{body}".encode("ascii")


async def _read_body(reader: asyncio.StreamReader, head: bytes) -> None:
    """To its end, by its length or in pieces (RFC 9112, § 7.1)."""
    _, said, after = head.partition(b"\r\ncontent-length:")
    if said:
        await reader.readexactly(int(after.split(b"\r\n", 1)[0]))
    elif b"\r\ntransfer-encoding: chunked" in head:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
