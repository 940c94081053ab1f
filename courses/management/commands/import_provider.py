from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.actions import receive_provider
from courses.models import CourseIndexPage
from courses.packages import BadPackage
from tenancy.lens import look, system


class Command(BaseCommand):
    help = "Take an archive of export_provider in, as drafts of one provider: all of it or nothing. For files too large for the desk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the provider's address here: /anbieter/<slug>/")
        parser.add_argument("file", type=Path)

    def handle(self, *, slug: str, file: Path, **_: Any) -> None:
        with look(system("import a provider")):
            pages = CourseIndexPage.objects.filter(provider__slug=slug, locale__language_code="de")
            index_page = pages.first()
            if not index_page:
                raise CommandError(f"There is no provider {slug}.")
            try:
                with file.open("rb") as source:
                    arrived = receive_provider(source, index_page, by=None)
            except BadPackage as bad:
                raise CommandError(f"{file.name}: {bad}. Nothing was stored.") from bad
        self.stdout.write(f"{len(arrived)} courses are there as drafts.")
