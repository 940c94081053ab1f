"""`manage.py doctor`: what is wrong with this Lernstadt, in plain words. Ends with 1 when anything is. For the operator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recovery.doctor import examine


class Command(BaseCommand):
    help = "Looks at disk, clock, mail, address, walls, queue, versions, indexes, backups, keys, and says what to do."
    requires_system_checks = ()  # it is asked when something is wrong

    def handle(self, **_: Any) -> None:
        wrong = 0
        for finding in examine():
            self.stdout.write(f"{'wrong' if finding.wrong else 'good '}  {finding.name}")
            for sentence in finding.wrong:
                wrong += 1
                self.stdout.write(f"       {sentence}")
        if wrong:
            raise CommandError(
                "One thing is wrong." if wrong == 1 else f"{wrong} things are wrong."
            )
        self.stdout.write("Nothing is wrong.")
