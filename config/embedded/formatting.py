"""How files are written: Python by ruff, templates by djade, style sheets and scripts by Prettier. `./dev format` mends what `./dev check` finds."""

import subprocess
import sys
from pathlib import Path

from config.embedded import assets
from config.embedded.places import ROOT, say

RUFF = [sys.executable, "-m", "ruff"]
DJADE = [str(Path(sys.executable).with_name("djade")), "--target-version", "5.2"]
DJLINT = [sys.executable, "-m", "djlint", "--lint", "--quiet", "templates"]
TEMPLATES = ("templates", "packages/django-h5p-lite/src/h5p_lite/templates")
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
        [*DJADE, *_templates()],
        _prettier("--write", "--log-level=warn"),
    )
    return max([subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands])  # noqa: S603 -- our own


def check_front_end() -> int:
    """The style by Prettier, the types that JSDoc names by tsc (tsconfig.json)."""
    tsc = ROOT / "node_modules" / "typescript" / "lib" / "tsc.js"
    commands = (
        _prettier("--check", "--log-level=warn"),
        [*assets.node_command().node, str(tsc), "--project", "tsconfig.json"],
    )
    return max([subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands])  # noqa: S603 -- our own


def check_templates() -> int:
    commands = (DJLINT, [*DJADE, "--check", *_templates()])
    return max([subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands])  # noqa: S603 -- our own


def _templates() -> list[str]:
    return sorted(str(path) for place in TEMPLATES for path in (ROOT / place).rglob("*.html"))


def _prettier(*flags: str) -> list[str]:
    program = ROOT / "node_modules" / "prettier" / "bin" / "prettier.cjs"
    return [*assets.node_command().node, str(program), *flags, *PLACES]


if __name__ == "__main__":
    sys.exit({"templates": check_templates, "front-end": check_front_end}[sys.argv[1]]())
