from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.actions import export_provider
from providers.models import Provider
from tenancy.lens import look, system


class Command(BaseCommand):
    help = "Write all courses and files of a provider into one archive, also when it has closed; no data of learners."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the provider's address: /anbieter/<slug>/")
        parser.add_argument("file", type=Path)

    def handle(self, *, slug: str, file: Path, **_: Any) -> None:
        with look(system("export a provider")):
            provider = Provider.objects.filter(slug=slug).first()
            if not provider:
                raise CommandError(f"There is no provider {slug}.")
            with file.open("xb") as target:
                done = export_provider(provider, target, by=None)
        self.stdout.write(f"{done.courses} courses written to {file.name}.")
        for title in done.missing:
            self.stdout.write(f"missing, because a file is gone: {title}")
