from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.actions import forget_loose_files
from courses.queries.loose_ends import loose_ends
from tenancy.lens import look, system


class Command(BaseCommand):
    help = (
        "Names cards without pages, pages without cards, files without owners and damaged files. The worker does so "
        "every night, and deletes files without owners every week."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--delete",
            action="store_true",
            help="delete the files without owners that are older than a day; without this they are only named",
        )

    def handle(self, *, delete: bool, **_: Any) -> None:
        with look(system("look for loose ends")):
            for path in forget_loose_files() if delete else ():
                self.stdout.write(f"deleted  {path}")
            ends = loose_ends()
        for kind, named in ends._asdict().items():
            for name in named:
                self.stdout.write(f"{kind[:-1]}  {name}")
        if ends.any:
            raise CommandError("Desk, catalogue and storage do not belong together.")
        self.stdout.write("Desk, catalogue and storage belong together.")
