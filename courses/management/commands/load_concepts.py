import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.actions.concepts import WrongConcepts, load_concepts
from courses.actions.search_entries import index_missing
from tenancy.lens import look, system


class Command(BaseCommand):
    help = "Add concepts of the search from a list (by default the shipped one) and index what is not indexed yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["file"]
        try:
            listed = json.loads(path.read_text(encoding="utf-8"))["concepts"] if path else None
            with look(system("load concepts of the search")):
                loaded = load_concepts(listed)
        except (OSError, ValueError, KeyError, WrongConcepts) as wrong:
            raise CommandError(f"Nothing was loaded: {wrong}") from wrong
        indexed = index_missing()
        self.stdout.write(
            f"{loaded.concepts} concepts and {loaded.labels} labels added, {indexed} courses indexed."
        )
