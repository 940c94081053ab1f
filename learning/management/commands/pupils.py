from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from learning.tasks import end_pupils
from providers.queries import ends_of_pupils, with_pupils
from tenancy.lens import look, system


class Command(BaseCommand):
    help = "Names how many accounts of pupils end at which school on which day. The worker deletes every night what is over."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--end",
            action="store_true",
            help="write to heads and delete what is over, as the worker does; without this nothing changes",
        )

    def handle(self, *, end: bool, **_: Any) -> None:
        with look(system("when accounts of pupils end")):
            ends = [
                (school.slug, each) for school in with_pupils() for each in ends_of_pupils(school)
            ]
        for slug, each in ends:
            self.stdout.write(f"{slug}: {each.number} end on {each.school_until}")
        if end:
            self.stdout.write(f"{end_pupils()} accounts deleted.")
