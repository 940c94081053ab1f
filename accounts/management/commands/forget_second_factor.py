from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import forget_second_factor
from accounts.models import User
from tenancy.lens import look, system
from words.emails import canonical


class Command(BaseCommand):
    help = "Take the second factor and all emergency codes from an account whose owner has lost both; it is recorded."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        with look(system("forget a second factor")):
            person = User.objects.filter(email__iexact=canonical(options["email"])).first()
            if not person:
                raise CommandError(f"No account has the address {options['email']}.")
            forgotten = forget_second_factor(person)
        self.stdout.write(
            f"{forgotten} forgotten; the next way to a desk asks {person.email} to set up a new one."
        )
