import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from certificates import tokens
from certificates.models import Recipient
from courses.models import Card
from demo.people import ACCOUNTS, PASSWORD
from learning.queries import first_lesson
from providers.models import Membership
from tenancy.lens import look, system

COURSE = "vhs/sichere-passwoerter"
AUTHOR = "autorin@vhs.example"


class Command(BaseCommand):
    help = "Print what one needs to try the demo city, as JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        with look(system("demo facts")):
            card = Card.objects.filter(address=COURSE).first() or Card.objects.first()
            recipient = Recipient.objects.filter(learner__email=ACCOUNTS[0].email).first()
            seat = Membership.objects.filter(person__email=AUTHOR).first()
            provider, course = card.address.split("/") if card else ("", "")
            facts = {
                "base_url": settings.PUBLIC_URL,
                "accounts": [
                    {
                        "role": account.role,
                        "email": account.email,
                        "password": PASSWORD,
                        "provider": account.provider,
                    }
                    for account in ACCOUNTS
                ],
                "course": {"provider": provider, "slug": course},
                "lesson": first_lesson(card.address) if card else None,
                "member": {"person": seat.person_id, "membership": seat.pk} if seat else None,
                "certificate_token": tokens.grouped(recipient.token) if recipient else None,
            }
        self.stdout.write(json.dumps(facts, indent=2, ensure_ascii=False))
