from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.actions.import_outcomes import WrongFile, load_outcomes, read_outcomes
from tenancy.lens import look, system


class Command(BaseCommand):
    help = "Load DigComp's learning outcomes from the official spreadsheet (docs/digcomp.md says where it is)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                outcomes = read_outcomes(file)
            with look(system("load learning outcomes")):
                loaded = load_outcomes(outcomes)
        except FileNotFoundError as missing:
            raise CommandError(f"There is no file {path}.") from missing
        except WrongFile as wrong:
            raise CommandError(
                f"{path.name} is not DigComp's data supplement: {wrong}. Nothing was changed."
            ) from wrong
        self.stdout.write(
            f"{loaded.total} learning outcomes: {loaded.added} added, {loaded.changed} changed, "
            f"{loaded.removed} removed."
        )
