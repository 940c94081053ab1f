"""In front of Django: who works, who waits, and what is turned away before it costs anything.

The web server's threads only wait. Requests are worked on by few threads with a connection to the database each; as many
may wait as fit, for a while, and the rest is asked to come back. Bodies are read before, so that a slow one holds up
nobody else; only so many at once, and few from one address. Health is answered without waiting, whatever stands still behind. docs/adr/0041-the-gate-in-front.md.
"""

import http
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from contextlib import ExitStack, contextmanager
from typing import IO, Any, NamedTuple

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse

from config import errors, figures, following
from config.csp import locked_down
from words.lengths import announced

Environ = dict[str, Any]
Answer = Iterable[bytes]
App = Callable[[Environ, Callable[..., Any]], Answer]

HEALTH = "/health/"
#: Where files are sent to. Everywhere else a body is a form or a few answers.
UPLOADS = ("/redaktion/", "/anbieter/", "/buero/", "/pruefen/")
SMALL, LARGE = 3 * 2**20, 2**30  # bytes
#: Bytes that are read although they are too many: a browser hears no answer as long as it sends.
POLITE = 64 * 2**20
IN_MEMORY = 2**20  # bytes of a body; the rest waits on the disk
CHUNK = 64 * 1024  # bytes


class Bounds(NamedTuple):
    """How many at once and how long, in one process."""

    threads: int = 8  # that work; each has a connection to the database
    waiting: int = 40  # requests that may wait for one of them
    patience: float = 5.0  # seconds they wait
    readers: int = 32  # bodies that are read at the same time
    per_address: int = 8  # of them from one address of the network


class GateRefused(Exception):
    """With the status that says why."""

    def __init__(self, status: http.HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class Gate:
    """A WSGI application around Django's."""

    def __init__(self, app: App, bounds: Bounds, *, proxies: int = 0) -> None:
        self.app, self.bounds, self.proxies = app, bounds, proxies
        self.workers = ThreadPoolExecutor(bounds.threads, "request")
        self.places = threading.Semaphore(bounds.threads + bounds.waiting)
        self.reading: Counter[str] = Counter()
        self.lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Answer:
        if environ.get("PATH_INFO", "").startswith(HEALTH):
            return self.app(environ, start_response)
        with ExitStack() as resources:
            try:
                if body := self._body_of(environ):
                    environ["wsgi.input"] = resources.enter_context(body)
                return self._work(environ, start_response)
            except GateRefused as refused:
                figures.REFUSED.labels(refused.status.value).inc()
                response = _refusal(WSGIRequest(environ), refused.status)
                status = f"{response.status_code} {response.reason_phrase}"
                start_response(status, [*response.items()])
                return [response.content]

    def _work(self, environ: Environ, start_response: Callable[..., Any]) -> Answer:
        if not self.places.acquire(blocking=False):
            raise GateRefused(http.HTTPStatus.SERVICE_UNAVAILABLE)
        figures.WAITING.inc()
        future = self.workers.submit(self._begin, environ, start_response)
        future.add_done_callback(lambda _done: self.places.release())
        try:
            return future.result(self.bounds.patience)
        except TooSlow:
            if future.cancel():  # nobody has begun with it
                figures.WAITING.dec()
                raise GateRefused(http.HTTPStatus.SERVICE_UNAVAILABLE) from None
            return future.result()

    def _begin(self, environ: Environ, start_response: Callable[..., Any]) -> Answer:
        figures.WAITING.dec()
        return self.app(environ, start_response)

    def _body_of(self, environ: Environ) -> IO[bytes] | None:
        """Read all of it, or refuse: too much, too many of them at once, or less than was announced.

        In the web server's own thread. Granian stands still when it is answered while another thread reads.
        """
        size = announced(environ)  # a body without a length is not read by Django either
        if not size:
            return None
        fits = size <= (LARGE if environ.get("PATH_INFO", "").startswith(UPLOADS) else SMALL)
        if not fits and size > POLITE:
            raise GateRefused(http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        with self._a_reader(_address(environ, self.proxies)):
            try:
                body = _read(environ["wsgi.input"], size)
            except OSError:
                raise GateRefused(http.HTTPStatus.BAD_REQUEST) from None
        if not fits:
            body.close()
            raise GateRefused(http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return body

    @contextmanager
    def _a_reader(self, address: str) -> Iterator[None]:
        with self.lock:
            full = self.reading.total() >= self.bounds.readers
            if full or self.reading[address] >= self.bounds.per_address:
                raise GateRefused(http.HTTPStatus.TOO_MANY_REQUESTS)
            self.reading[address] += 1
        try:
            yield
        finally:
            with self.lock:
                self.reading[address] -= 1
                if not self.reading[address]:
                    del self.reading[address]


def _refusal(request: HttpRequest, status: http.HTTPStatus) -> HttpResponse:
    """With a number and a line in the log, as every other answer."""
    say = following.follow(lambda asked: locked_down(asked, errors.not_now(asked, status)))
    return say(request)


def _read(body: IO[bytes], size: int) -> IO[bytes]:
    """All that was announced. Raises OSError when less comes, and when the disk is full."""
    spool = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- what handles the request closes it
    left = size
    while left:
        chunk = body.read(min(CHUNK, left))
        if not chunk:
            spool.close()
            raise OSError("The sender went away.")
        spool.write(chunk)
        left -= len(chunk)
    spool.seek(0)
    return spool


def _address(environ: Environ, proxies: int) -> str:
    """The sender's, as the outermost proxy of ours has seen it."""
    seen = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return seen[-proxies] if 0 < proxies <= len(seen) else environ.get("REMOTE_ADDR", "")
