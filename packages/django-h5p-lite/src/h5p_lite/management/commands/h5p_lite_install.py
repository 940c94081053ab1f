from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from h5p_lite.actions import install
from h5p_lite.advice import in_words
from h5p_lite.core.package import Refused, read


class Command(BaseCommand):
    help = "Install the H5P libraries of packages, or of every package in a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, nargs="+", help=".h5p or .zip files, or folders")

    def handle(self, *args: Any, **options: Any) -> None:
        refused = 0
        for file in (file for path in options["path"] for file in _packages(path)):
            try:
                with file.open("rb") as opened:
                    new = install(read(opened, name=file.name), by_name="h5p_lite_install").new
            except Refused as wrong:
                refused += 1
                self.stderr.write(f"{file.name}: refused")
                self.stderr.writelines(f"  {sentence}" for sentence in in_words(wrong.problems))
            else:
                self.stdout.write(f"{file.name}: {', '.join(map(str, new)) or 'nothing new'}")
        if refused:
            raise CommandError(f"{refused} packages were refused.")


def _packages(path: Path) -> list[Path]:
    if not path.exists():
        raise CommandError(f"{path} is not there.")
    if path.is_file():
        return [path]
    return sorted(one for one in path.iterdir() if one.suffix.lower() in (".h5p", ".zip"))
