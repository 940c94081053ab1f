"""Where `dev` hands over to, inside .venv: one command, one exit code, and no traceback for what is not our fault."""

import errno
import os
import sys
from argparse import Namespace
from collections.abc import Callable

from config.embedded import (
    checks,
    facts,
    formatting,
    h5p,
    lock,
    reset,
    sbom,
    stack,
    testing,
    translations,
)
from config.embedded.assets import AssetError
from config.embedded.commands import COMMANDS as COMMANDS_OF_DEV
from config.embedded.commands import parse
from config.embedded.places import VAR, CannotStart

COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "run": lambda asked: stack.run(asked.host, asked.port),
    "reset": lambda asked: reset.reset(yes=asked.yes),
    "check": lambda asked: checks.check(asked.names),
    "format": lambda _: formatting.format_all(),
    "facts": lambda _: facts.print_facts(),
    "h5p-install": lambda asked: h5p.install(asked.rest),
    "lock": lambda _: lock.lock(),
    "sbom": lambda _: sbom.write(),
    "messages": lambda _: translations.collect(),
}


def main(arguments: list[str]) -> int:
    asked = parse(arguments)
    try:
        if COMMANDS_OF_DEV[asked.command].passes_on == "recovery":
            command = [sys.executable, "-m", "recovery", asked.command, *asked.rest]
            os.execv(sys.executable, command)  # noqa: S606 -- our own .venv
        if asked.command in testing.PROGRAMS:
            return testing.run(asked.command, asked.rest)
        return COMMANDS[asked.command](asked)
    except (CannotStart, AssetError) as wrong:
        return _sorry(str(wrong))
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130
    except OSError as wrong:
        if wrong.errno == errno.ENOSPC:
            return _sorry(f"The disk is full: free some space for {VAR} and start again.")
        if wrong.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return _sorry(
                f"You may not write to {wrong.filename}; start as the user it belongs to."
            )
        raise


def _sorry(sentence: str) -> int:
    sys.stderr.write(f"./dev: {sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
