"""A page with one content, served on loopback to a browser of this machine, and what the browser made of it.

For looking at libraries and packages without a person. Only where Chromium is installed. The page gets a policy that lets
it reach this process alone: what runs there is somebody else's program.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from h5p_lite import blobs
from h5p_lite.core import playing
from h5p_lite.core.media_types import kind_with_letters
from h5p_lite.core.names import Name
from h5p_lite.core.playing import PlayerContent
from h5p_lite.models import LibraryFile
from h5p_lite.player_page import before
from h5p_lite.queries.active import ActiveLibraries, active_libraries, loaded_for

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
VIRTUAL = 15_000  # milliseconds the page believes to have passed


class Probe(NamedTuple):
    """What is shown."""

    library: Name
    uses: tuple[Name, ...]
    params: Mapping[str, Any]
    title: str
    files: Mapping[str, str] = {}  # path in content/ -> digest of a kept file
    libraries: ActiveLibraries | None = None  # others than those that are active
    before: str = ""  # a script that runs before everything else


class Limits(NamedTuple):
    """What a page may do, and how long it is waited for."""

    policy: str
    patience: int  # seconds of real time


#: For looking at something: whatever it wants, as long as it comes from here.
ANY_PROGRAM = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:"


class File(NamedTuple):
    kind: str
    content: bytes | str  # bytes, or the digest of a kept file


def browser() -> str | None:
    """Where Chromium is, if there is one."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


LOOKING = Limits(ANY_PROGRAM, patience=60)


def seen(probe: Probe, script: str, limits: Limits = LOOKING) -> str | None:
    """The page as HTML after `script` has run in it; None without a browser, or when it took too long.

    `script` runs a moment after the content is ready, and may use axe.
    """
    program = browser()
    if program is None:
        return None
    with _served(_files(probe, script), limits.policy) as address:
        return _dumped(program, address, limits.patience)


def axe_script() -> Path:
    return Path(settings.BASE_DIR) / "var" / "assets" / "axe.min.js"


def _files(probe: Probe, script: str) -> dict[str, File]:
    """{path: file}: everything the page may ask for."""
    loaded = loaded_for(probe.libraries or active_libraries(), probe.uses)
    content = PlayerContent(
        library=str(probe.library),
        params=probe.params,
        metadata={"title": probe.title, "license": "U"},
        title=probe.title,
        files="/content",
        libraries="/typ",
        state=None,
        full_screen=False,
        words={},
    )
    page = render_to_string(
        "h5p/probe.html",
        {
            "title": probe.title,
            "integration": playing.as_script_data(playing.integration(content, loaded.libraries)),
            "before": f"{probe.before}\n{before()}",
            "styles": playing.addresses("/typ", loaded.libraries, "styles"),
            "scripts": playing.addresses("/typ", loaded.libraries, "scripts"),
            "script": script,
        },
    )
    pks = [int(one.directory) for one in loaded.libraries]
    rows = LibraryFile.objects.filter(library__in=pks).values_list("library", "path", "sha256")
    files = {
        f"/typ/{pk}/{path}": File(kind_with_letters(path), digest) for pk, path, digest in rows
    }
    files |= {
        f"/content/{path}": File(kind_with_letters(path), sha) for path, sha in probe.files.items()
    }
    for name in ("frame.bundle.js", "styles/h5p.css"):
        core = Path(str(finders.find(f"vendor/h5p/{name}")))
        files[f"/core/{name}"] = File(kind_with_letters(name), core.read_bytes())
    if axe_script().is_file():
        files["/axe.js"] = File("text/javascript", axe_script().read_bytes())
    return files | {"/": File("text/html; charset=utf-8", page.encode())}


@contextlib.contextmanager
def _served(files: Mapping[str, File], policy: str) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served = files.get(self.path.partition("?")[0])
            kind, content = served or File("text/plain", b"")
            if isinstance(content, str):
                with blobs.open_blob(content) as file:
                    content = file.read()
            self.send_response(200 if served else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: what waits for an answer reads the page."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _dumped(program: str, address: str, patience: int) -> str | None:
    """The page as it is at the end. Root has no user namespaces of its own, so there the browser's own sandbox is off."""
    with tempfile.TemporaryDirectory() as home:
        arguments = [
            *(program, "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--mute-audio"),
            *(f"--user-data-dir={home}", f"--virtual-time-budget={VIRTUAL}", "--dump-dom"),
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            address,
        ]
        try:
            done = subprocess.run(  # noqa: S603 -- our own arguments, no shell
                arguments, capture_output=True, timeout=patience, check=False
            )
        except subprocess.TimeoutExpired:
            return None
    return done.stdout.decode(errors="replace")
