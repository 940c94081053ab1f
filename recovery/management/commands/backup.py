"""`manage.py backup [FILE] [--keep N]`: on a server of one's own, with the environment of migrations. docs/operating.md"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.embedded.places import CannotStart
from recovery import places, saving


class Command(BaseCommand):
    help = "One encrypted file of database, files, keys and settings, made while everything runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--keep", type=int, default=0, metavar="N", help="so many stay")

    def handle(self, *, file: Path | None, keep: int, **_: Any) -> None:
        path = file.absolute() if file else None
        try:
            made = saving.backup(places.here(), path, keep=keep, say=self.stderr.write)
        except (CannotStart, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(f"{made.path}: {made.rows} rows, {made.files} files, {made.size} bytes.")
