"""Debian's packages. Only the standard library: `dev` reads this file before anything is installed."""

import os
import shutil
import subprocess

TIMEOUT = ["-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=15"]


def line(packages: list[str]) -> str:
    """What a person types to install `packages`."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"


def may_install() -> bool:
    """Is this Debian's kind, and are we root or trusted with sudo without a password?"""
    if not shutil.which("apt-get"):
        return False
    return os.geteuid() == 0 or bool(_sudo())


def install(packages: list[str]) -> str:
    """Install `packages`. Returns the reason when that did not work, else an empty string."""
    wanted = ["install", "-y", "--no-install-recommends", *packages]
    if _apt(wanted).returncode == 0:
        return ""
    _apt(["update"])
    done = _apt(wanted)
    if done.returncode == 0:
        return ""
    errors = [text for text in done.stdout.splitlines() if text.startswith(("E:", "dpkg:"))]
    return errors[0].removeprefix("E: ") if errors else "apt-get gave no reason"


def _apt(arguments: list[str]) -> "subprocess.CompletedProcess[str]":
    environment = ["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C"]
    command = [*_sudo(), *environment, "apt-get", "-q", *TIMEOUT, *arguments]
    return subprocess.run(  # noqa: S603 -- our own command line
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _sudo() -> list[str]:
    if os.geteuid() == 0 or not shutil.which("sudo"):
        return []
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)  # noqa: S607 -- found on PATH
    return ["sudo", "-n"] if asked.returncode == 0 else []
