from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from h5p import actions, barriers, tasks, trials
from h5p.advice import in_words
from h5p_lite.core.package import Refused, read
from h5p_lite.models import Library
from tenancy.lens import look, system


class Command(BaseCommand):
    help = "Install the H5P libraries of a package, or of every package in a folder, for all providers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, nargs="+", help=".h5p or .zip files, or folders")
        parser.add_argument(
            "--no-test", action="store_true", help="do not look for barriers with a browser"
        )

        parser.add_argument(
            "--keep-rights",
            action="store_true",
            help="new patches may do in a browser what the ones before were allowed to",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = [file for path in options["path"] for file in _packages(path)]
        if not files:
            raise CommandError("There is no .h5p or .zip file at that place.")
        refused = 0
        for file in files:
            try:
                new = self._install(file, keeps_rights=options["keep_rights"])
            except Refused as wrong:
                refused += 1
                self.stderr.write(f"{file.name}: refused")
                for sentence in in_words(wrong.problems):
                    self.stderr.write(f"  {sentence}")
                continue
            self.stdout.write(f"{file.name}: {', '.join(map(str, new)) or 'nothing new'}")
            if not options["no_test"]:
                self._test(new)
        self._go_on()
        if refused:
            raise CommandError(f"{refused} of {len(files)} packages were refused.")

    def _install(self, file: Path, *, keeps_rights: bool) -> list[Library]:
        with file.open("rb") as opened, look(system("install H5P libraries")):
            package = read(opened, name=file.name)
            new = actions.install(package, by=None, by_name="h5p_install").new
            trial = trials.settle(new, keeps_rights=keeps_rights, by=None)
        for library in trial.back:
            worse = f"{trial.worse} of {trial.tried} activities end empty or with an error"
            self.stderr.write(f"  {library} does not take over: {worse}.")
        return [library for library in new if library not in trial.back]

    def _go_on(self) -> None:
        """What providers have uploaded before its types were here."""
        with look(system("find uploads that can go on")):
            waiting = actions.can_go_on()
        for upload in waiting:
            tasks.process(upload)
        if waiting:
            uploads = "upload" if len(waiting) == 1 else "uploads"
            self.stdout.write(f"{len(waiting)} {uploads} that waited went on.")

    def _test(self, libraries: list[Library]) -> None:
        for library in libraries:
            if not library.semantics or not barriers.browser():
                continue
            with look(system("look for barriers")):
                report = barriers.find_barriers(library)
                actions.remember_test(library, report)
            verdict = "not tested" if report is None else f"{len(report['violations'])} barriers"
            self.stdout.write(f"  {library}: {verdict}")


def _packages(path: Path) -> list[Path]:
    if not path.exists():
        raise CommandError(f"{path} is not there.")
    if path.is_file():
        return [path]
    return sorted(one for one in path.iterdir() if one.suffix.lower() in (".h5p", ".zip"))
