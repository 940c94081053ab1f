from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.queries.loose_ends import loose_ends
from tenancy.lens import look, system


class Command(BaseCommand):
    help = "Names cards without pages, pages without cards, files without owners. The worker does so every night."

    def handle(self, **_: Any) -> None:
        with look(system("look for loose ends")):
            found = loose_ends()
        for kind, named in found._asdict().items():
            for name in named:
                self.stdout.write(f"{kind[:-1]}  {name}")
        if found.any:
            raise CommandError("Desk, catalogue and storage do not belong together.")
        self.stdout.write("Desk, catalogue and storage belong together.")
