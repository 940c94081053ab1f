"""`manage.py check_restored [--known]`: asked by a restore, in the place it has made."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.migrations.loader import MigrationLoader

from recovery.whole import what_is_missing
from tenancy.lens import look, system


class Command(BaseCommand):
    help = "Looks whether walls stand, keys open, files are there and a certificate verifies. Part of a restore."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--known", action="store_true", help="only print the migrations this version knows"
        )

    def handle(self, *, known: bool, **_: Any) -> None:
        if known:
            names = MigrationLoader(None).disk_migrations
            self.stdout.write(json.dumps([f"{app}.{name}" for app, name in names]))
            return
        with look(system("look at what was restored")):
            if missing := what_is_missing():
                raise CommandError(" ".join(missing))
        self.stdout.write("Walls, keys, files and certificates are whole.")
