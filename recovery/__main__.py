"""`./dev backup`, `restore`, `restore-test`, `doctor`, `upgrade`: where the launcher hands over to. docs/operating.md"""

import argparse
import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded import roles, settings_file
from config.embedded.places import ROOT, VAR, CannotStart, alone, say, step
from config.embedded.postgres import Postgres
from config.embedded.stack import stop_at_first_signal
from recovery import keys, places, restoring, saving, trial, upgrading
from recovery.places import Installation


def main(arguments: list[str]) -> int:
    asked = parser().parse_args(arguments)
    stop_at_first_signal()  # SIGTERM as well puts away what is half-made
    try:
        return COMMANDS[asked.command](asked)
    except CannotStart as wrong:
        return sorry(str(wrong))
    except OSError as wrong:
        return sorry(sentence(wrong))
    except KeyboardInterrupt:
        return sorry("Stopped; nothing half-made is left.")


def sentence(wrong: OSError) -> str:
    if wrong.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return "The disk is full: nothing half-made is left. Free some space, or write the backup elsewhere."
    return f"{wrong.strerror}: {wrong.filename}" if wrong.filename else str(wrong)


def sorry(line: str) -> int:
    sys.stderr.write(f"./dev: {line}\n")
    return 1


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="./dev")
    commands = top.add_subparsers(dest="command", required=True)
    backup = commands.add_parser("backup")
    backup.add_argument("file", nargs="?", type=_path)
    backup.add_argument("--keep", type=int, default=0, metavar="N")
    restore = commands.add_parser("restore")
    restore.add_argument("file", type=_path)
    test = commands.add_parser("restore-test")
    test.add_argument("file", nargs="?", type=_path)
    for one in (restore, test):
        one.add_argument("--identity", type=_path, metavar="KEY")
    nightly = commands.add_parser("nightly")
    nightly.add_argument("--keep", type=int, default=14, metavar="N")
    for name in ("doctor", "upgrade"):
        commands.add_parser(name)
    return top


def _path(text: str) -> Path:
    return Path(text).absolute()


@contextmanager
def running(*, alone_in_it: bool = False) -> Iterator[Installation]:
    """This Lernstadt with a database that answers; our own one is started when it does not run, and stopped then."""
    if roles.from_environment():
        yield places.here()
        return
    settings_file.read(VAR)
    postgres = Postgres()
    urls = roles.Urls(
        postgres.url(roles.APP, roles.DATABASE), postgres.url(roles.OWNER, roles.DATABASE)
    )
    place = Installation(VAR, urls, places.settings_of(VAR))
    if postgres.runs() and not alone_in_it:
        yield place
        return
    with alone(VAR):
        try:
            postgres.start()
            roles.prepare(postgres)
            yield place
        finally:
            postgres.stop()


def do_backup(asked: argparse.Namespace) -> int:
    with running() as place:
        made = saving.backup(place, asked.file, keep=asked.keep, say=step)
    say(f"{made.path}: {made.rows} rows, {made.files} files, {made.size / 2**20:.1f} MB.")
    return 0


def do_restore(asked: argparse.Namespace) -> int:
    if not asked.file.is_file():
        raise CannotStart(f"There is no file {asked.file}.")
    restoring.refuse_what_is_used(VAR)
    identities = keys.identities(asked.identity or keys.identity_file(VAR))
    external = roles.from_environment()
    with alone(VAR):
        if external:
            target = restoring.Target(VAR, lambda _names: external)
            done = restoring.restore(asked.file, identities, target, say=step)
        else:
            with trial.serving(VAR) as target:
                done = restoring.restore(asked.file, identities, target, say=step)
    say(
        f"Restored: {done.rows} rows, {done.files} files, the state of {done.head['made_at']}. Walls, counts, keys and "
        f"certificates are as they were. Address: {done.place.settings.get('PUBLIC_URL', '')}. Start with ./dev run."
    )
    return 0


def do_restore_test(asked: argparse.Namespace) -> int:
    tried = trial.restore_test(VAR, asked.file, identity=asked.identity, say=step)
    say(
        f"{tried.path} can be restored: {tried.restored.rows} rows, {tried.restored.files} files, "
        f"in {tried.seconds:.0f} s."
    )
    return 0


def do_nightly(asked: argparse.Namespace) -> int:
    """A backup, and a try to restore it: for a timer."""
    with running() as place:
        made = saving.backup(place, keep=asked.keep, say=step)
    trial.restore_test(VAR, made.path, say=step)
    say(f"{made.path} was made and can be restored.")
    return 0


def do_doctor(_asked: argparse.Namespace) -> int:
    settings = places.settings_of(VAR)
    urls = roles.from_environment()
    if urls is None:
        settings = settings_file.read(VAR) | settings
        urls = roles.Urls(Postgres().url(roles.APP, roles.DATABASE), "")
    place = Installation(VAR, urls, settings)
    command = [sys.executable, "manage.py", "doctor"]
    return subprocess.call(command, cwd=ROOT, env={**os.environ, **place.environment})  # noqa: S603 -- our own command line


def do_upgrade(_asked: argparse.Namespace) -> int:
    with running(alone_in_it=True) as place:
        done = upgrading.upgrade(place, say=step)
    names = ", ".join(done.migrations) or "nothing was to be migrated"
    say(f"Upgraded: {names}. The backup from before is {done.backup}.")
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "backup": do_backup,
    "restore": do_restore,
    "restore-test": do_restore_test,
    "nightly": do_nightly,
    "doctor": do_doctor,
    "upgrade": do_upgrade,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
