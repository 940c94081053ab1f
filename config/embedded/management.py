"""Django's commands in a process of their own, quiet unless they fail: the launcher itself never loads Django."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

from config.embedded.places import ROOT, VAR, CannotStart, is_full, own_folder, step

FIRST_SIGN = (
    10.0  # seconds until it is said that something still goes on; then twice as many, and so on
)
#: For commands that load the settings but touch neither database nor broker.
NOWHERE = {
    "SECRET_KEY": "only for checks: nothing is signed with it, 0123456789 abcdefgh",
    "KEY_ENCRYPTION_KEY": "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=",
    "DATABASE_URL": "postgresql://app@/nowhere?host=/nonexistent",
    "BROKER_URL": "redis+socket:///nonexistent/valkey.sock",
    "LERNSTADT_VAR": str(VAR),
}


def ends_with_us() -> list[str]:
    """Put before a command: it gets SIGTERM when the launcher dies, however it dies (Linux)."""
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def manage(arguments: list[str], environment: Mapping[str, str], doing: str) -> str:
    """`manage.py <arguments>` with `environment` added to ours; its standard output. Raises CannotStart."""
    command = [*ends_with_us(), sys.executable, "manage.py", *arguments]
    process = subprocess.Popen(  # noqa: S603 -- our own command line
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        output, errors = _wait(process, doing)
    finally:
        if process.poll() is None:
            process.terminate()
    if process.returncode:
        raise CannotStart(_why(arguments[0], output + errors, doing))
    return output


def _wait(process: subprocess.Popen[str], doing: str) -> tuple[str, str]:
    """What it has said; a sign of life meanwhile, more and more seldom."""
    pause = FIRST_SIGN
    while True:
        try:
            return process.communicate(timeout=pause)
        except subprocess.TimeoutExpired:
            step(f"  … still {doing}")
            pause *= 2


def _why(command: str, output: str, doing: str) -> str:
    if "No space left on device" in output or is_full(VAR):
        return f"The disk is full ({doing}): free some space for {VAR} and start again."
    log = own_folder(VAR / "logs") / f"{command}.txt"
    log.write_text(output, encoding="utf-8")
    lines = [line for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line[:1].isalpha() and "Error" in line.partition(":")[0]]
    last = (errors or lines or ["it gave no reason"])[-1].strip()
    return f"Something went wrong while {doing}: {last} (all of it in {log})."
