"""`manage.py h5p_build`: our own libraries as .h5p files, for this platform and others."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from h5p_lite.core.building import build


class Command(BaseCommand):
    help = "Pack the H5P libraries of this repository: one .h5p with an example each, and all of them as one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--into", type=Path, help="folder; otherwise var/h5p")

    def handle(self, *args: Any, **options: Any) -> None:
        into: Path = options["into"] or settings.VAR / "h5p"
        into.mkdir(parents=True, exist_ok=True)
        for built in build():
            (into / built.name).write_bytes(built.raw)
            self.stdout.write(f"{into / built.name}  {len(built.raw):,} bytes")
