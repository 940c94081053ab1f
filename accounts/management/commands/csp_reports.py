"""`manage.py csp_reports [--days N]`: what browsers were kept from loading. For the operator; docs/operating.md."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from accounts import queries
from tenancy.lens import look, system


class Command(BaseCommand):
    help = "Loads that the Content-Security-Policy has stopped: how often, which rule, from where."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=7, help="today and the days before it")

    def handle(self, *, days: int, **_: Any) -> None:
        with look(system("list what a policy has stopped")):
            reports = queries.blocked(days=max(1, min(days, 90)))
        for one in reports:
            self.stdout.write(
                f"{one.day:%Y-%m-%d}  {one.times:>6}  {one.directive:16}  {one.origin}"
            )
        self.stdout.write(f"{sum(one.times for one in reports)} loads were stopped.")
