"""`./dev h5p-install`: content types for the demo city, while it runs or not."""

import os
import subprocess
import sys
from pathlib import Path

from config.embedded.facts import city
from config.embedded.management import ends_with_us
from config.embedded.places import ROOT


def install(arguments: list[str]) -> int:
    """The exit code of `manage.py h5p_install`, whose words go on as they come. Paths are the caller's."""
    found = [str(Path(one).resolve()) if Path(one).exists() else one for one in arguments]
    command = [*ends_with_us(), sys.executable, "manage.py", "h5p_install", *found]
    with city() as (settings, _address):
        return subprocess.call(command, cwd=ROOT, env={**os.environ, **settings})  # noqa: S603 -- our own command line
