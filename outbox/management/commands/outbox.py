"""`manage.py outbox [--again | --forget]`: mail that has not left. For the operator; docs/operating.md."""

from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from outbox import actions, queries, tasks
from tenancy.lens import look, system


class Command(BaseCommand):
    help = "Mail that waits, and mail that was given up, with the reason. Shows addresses: not for a log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--again", action="store_true", help="try all of it now")
        choice.add_argument("--forget", action="store_true", help="delete what was given up")

    def handle(self, *, again: bool, forget: bool, **_: Any) -> None:
        if again:
            with look(system("try mail again")):
                actions.try_again()
            tasks.send()
        with look(system("list the outbox")):
            if forget:
                self.stdout.write(f"{actions.forget(timedelta())} mails deleted.")
            for mail in queries.given_up():
                to, when = ", ".join(mail.to), _minute(mail.given_up_at)
                self.stdout.write(f"given up {when}  {mail.tries} tries  {to}  {mail.fault}")
            state = queries.state()
        since = f", the oldest since {_minute(state.since)}" if state.since else ""
        self.stdout.write(f"{state.waiting} mails wait{since}. {state.given_up} were given up.")


def _minute(moment: datetime | None) -> str:
    """As the city's clocks say it."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
