"""`./dev lock`: all packages anew, each with its hash and no word about where it came from."""

import json
import subprocess
import sys
from pathlib import Path

from config.embedded import assets
from config.embedded.places import ROOT, CannotStart, step

UV = [sys.executable, "-m", "uv"]
EXPORT = [*UV, "export", "--frozen", "--quiet", "--no-header", "--no-annotate"]
EXPORTS = {
    "requirements.lock": ["--no-dev"],
    "requirements-city.lock": ["--no-dev", "--all-extras"],  # for the container image
    "requirements-dev.lock": ["--all-groups", "--all-extras"],
}


def lock() -> int:
    """uv.lock names hosts, so only its exports are kept; the drafts replace the locks when all went well."""
    step("Resolving the Python packages (uv) …")
    _do([*UV, "lock"])
    for name, groups in EXPORTS.items():
        step(f"Writing {name} …")
        _do([*EXPORT, *groups, "--output-file", f"{name}.new"])
    for name in EXPORTS:
        (ROOT / f"{name}.new").replace(ROOT / name)
    step("Resolving the front-end packages (npm) …")
    _do([*assets.node_command().npm, "install", "--package-lock-only", "--ignore-scripts"])
    _without_funding(ROOT / "package-lock.json")
    step("Locked. Look at the difference (git diff --stat), then run ./dev check and ./dev test.")
    return 0


def _without_funding(lock: Path) -> None:
    """Where to give money to the authors of a package is an address; a lock names no host."""
    written = json.loads(lock.read_text())
    for package in written["packages"].values():
        package.pop("funding", None)
    lock.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n")


def _do(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command line
    if done.returncode:
        lines = [line.strip(" ×│╰─▶") for line in done.stderr.splitlines() if line.strip()]
        raise CannotStart(f"Locking failed: {' '.join(lines)[:600] or 'no reason was given'}")
