"""`manage.py english_papers [--before DATE] [--reissue]`: papers that stated the wrong thing in English. docs/certificates.md."""

from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, transaction
from django.utils import timezone

from certificates import actions
from certificates.emails import tell_holder
from certificates.models import Certificate
from tenancy.lens import look, system
from words.days import day

#: What goes wrong with one is named, and the next has its turn.
FAULTS = (ValueError, Error)


class Command(BaseCommand):
    help = (
        "Certificates whose English paper attested something else before the translation was mended: "
        "lists them, or issues them anew and tells their holders."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--before",
            type=date.fromisoformat,
            help="issued before this day; otherwise before this installation got the mended words",
        )
        parser.add_argument(
            "--reissue",
            action="store_true",
            help="issue them anew and tell the holders; may be repeated",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with look(system("correct English papers")):
            before = _moment(options["before"]) or actions.mended_at()
            if not before:
                raise CommandError("Say with --before until when papers were wrong here.")
            misstated = list(actions.misstated(before).defer("credential"))
        done = [self._one(each, reissue=options["reissue"]) for each in misstated]
        if options["reissue"]:
            self.stdout.write(f"{sum(done)} of {len(misstated)} certificates were issued anew.")
            return
        self.stdout.write(f"{len(misstated)} certificates may have a wrong English paper.")

    def _one(self, certificate: Certificate, *, reissue: bool) -> bool:
        line = f"{certificate.provider.slug:24} {certificate.kind:13} {day(certificate.issued_at)} certificate {certificate.pk}"
        if not reissue:
            self.stdout.write(line)
            return False
        try:
            with look(system("correct an English paper")), transaction.atomic():  # each by itself
                if issued := actions.correct(certificate):
                    tell_holder(issued, "correct")
        except FAULTS as wrong:
            self.stderr.write(f"{line}: {wrong}")
            return False
        self.stdout.write(f"{line} -> {issued.pk if issued else 'left: its state has changed'}")
        return issued is not None


def _moment(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
