"""`manage.py owed [--again]`: certificates that could not be issued yet. For the operator; docs/certificates.md."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from certificates import actions, queries, tasks
from tenancy.lens import look, system

MOST = 10_000


class Command(BaseCommand):
    help = "Certificates that could not be issued yet, by provider, and what is in the way."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="try all of them now")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            with look(system("try owed certificates again")):
                actions.try_again_now()
            tasks.issue_missing()
        with look(system("list owed certificates")):
            waiting = queries.waiting(None, most=MOST)
        for each in waiting:
            wrong = f"letters {each.letters}" if each.letters else each.fault
            self.stdout.write(
                f"{each.provider:24} enrolment {each.enrolment:<10} since {each.since:%Y-%m-%d} tries {each.tries:<4} {wrong}"
            )
        self.stdout.write(f"{len(waiting)} certificates wait.")
