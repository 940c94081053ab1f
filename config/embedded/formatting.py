"""How files are written: Python by ruff, style sheets and scripts by Prettier. `./dev format` mends what `./dev check` finds."""

import subprocess
import sys

from config.embedded import assets
from config.embedded.places import ROOT, say

RUFF = [sys.executable, "-m", "ruff"]
#: Ours; what is not is in .prettierignore.
PLACES = (
    "static/css",
    "static/js",
    "config/embedded/*.mjs",
    "tests/**/*.mjs",
    "packages/django-h5p-lite/src/h5p_lite/static",
)


def format_all() -> int:
    """Sorts imports and writes everything anew. 1 when something is left that only a person can mend."""
    assets.install_at(ROOT, say)
    commands = (
        [*RUFF, "check", "--fix", ".", "dev"],
        [*RUFF, "format", ".", "dev"],
        _prettier("--write", "--log-level=warn"),
    )
    return max([subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands])  # noqa: S603 -- our own


def check_front_end() -> int:
    command = _prettier("--check", "--log-level=warn")
    return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 -- our own


def _prettier(*flags: str) -> list[str]:
    program = ROOT / "node_modules" / "prettier" / "bin" / "prettier.cjs"
    return [*assets.node_command().node, str(program), *flags, *PLACES]


if __name__ == "__main__":
    sys.exit(check_front_end())
