"""`manage.py programs list|add|end`: programs of others that people may let read their record. For the operator; docs/api.md."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from api import actions
from api.models import Program
from tenancy.lens import look, system


class Command(BaseCommand):
    help = "Programs of others (OAuth clients): list, register, end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="every program, and how many people use it")
        one = verbs.add_parser(
            "add", help="register a program; prints its client_id and secret, once"
        )
        one.add_argument("name", help="as people read it on the page that asks them")
        one.add_argument("--about", required=True, help="what it is for, in one plain sentence")
        one.add_argument("--url", required=True, help="where one reads who is behind it")
        one.add_argument("--redirect", required=True, nargs="+", help="where it may lead back to")
        one.add_argument("--app", action="store_true", help="it cannot keep a secret")
        gone = verbs.add_parser("end", help="end a program and everything people let it read")
        gone.add_argument("client_id")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"do_{options['verb']}")(options)

    def do_list(self, _options: dict[str, Any]) -> None:
        with look(system("list programs")):
            for one in Program.objects.order_by("pk"):
                state = "ended" if one.ended_at else f"{one.consents.count()} people"
                self.stdout.write(f"{one.key}  {one.name}  {state}  {' '.join(one.redirect_uris)}")

    def do_add(self, options: dict[str, Any]) -> None:
        try:
            made = actions.add_program(
                options["name"],
                about=options["about"],
                url=options["url"],
                redirect_uris=options["redirect"],
                secret=not options["app"],
            )
        except actions.BadAddress as bad:
            raise CommandError(
                f"Nobody may be sent to {bad}: https only, or an app's scheme."
            ) from bad
        self.stdout.write(f"client_id {made.program.key}")
        if made.secret:
            self.stdout.write(f"client_secret {made.secret}")

    def do_end(self, options: dict[str, Any]) -> None:
        if not actions.end_program(options["client_id"]):
            raise CommandError("There is no such program, or it has ended.")
        self.stdout.write("Ended.")
