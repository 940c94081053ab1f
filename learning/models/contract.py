"""Contracts about seats that cost something, and withdrawals from them."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Run
from learning.models.booking import Booking
from providers.models import Provider

CONTRACT_SALT = "learning.contract"


class Contract(models.Model):
    """What a person and a provider have agreed, as it was said. A trigger keeps every word of it (`contracts.sql`).

    It outlives the booking and the account: the provider has to keep it (§ 147 AO, § 257 HGB).
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="contracts", db_constraint=False)
    booking = models.OneToOneField(
        Booking, models.SET_NULL, null=True, related_name="contract", db_constraint=False
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="contracts"
    )
    booking_number = models.CharField(max_length=24)  # it stays when the booking is forgotten
    buyer = models.CharField(max_length=120)  # who concluded it
    attendee = models.CharField(max_length=120)  # who takes part
    email = models.EmailField(max_length=320)
    language = models.CharField(max_length=12, default="de")  # of mails about it
    title = models.CharField(max_length=160)
    price = models.PositiveIntegerField()  # cents
    price_name = models.CharField(max_length=80, blank=True)  # empty: the full price
    text = models.TextField()
    version = models.CharField(max_length=12)  # of the legal texts in it
    early = models.BooleanField()  # they demanded that it begins before the period is over
    concluded_at = models.DateTimeField(default=timezone.now)
    withdraw_until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Vertrag")
        verbose_name_plural = _("Verträge")
        ordering: ClassVar[list[str]] = ["-concluded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["id", "provider"], name="contract_whose"),
            models.CheckConstraint(
                condition=models.Q(price__gt=0), name="a_contract_costs_something"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """To say on the telephone; no secret."""
        return f"V-{self.pk}"

    @property
    def token(self) -> str:
        """For its link. Signed: reading the database gives no links."""
        return signing.dumps(self.key.hex, salt=CONTRACT_SALT)

    def may_be_withdrawn(self, on: date) -> bool:
        return self.withdrawn_at is None and on <= self.withdraw_until


class Withdrawal(models.Model):
    """Somebody withdraws from a contract (§ 356a BGB), as they said it. Without a contract that fits, the provider looks at it."""

    class Outcome(models.TextChoices):
        DONE = "done", _("Der Vertrag ist widerrufen")
        AGAIN = "again", _("War schon widerrufen")
        LATE = "late", _("Nach der Frist")
        UNKNOWN = "unknown", _("Passt zu keinem Vertrag")

    provider = models.ForeignKey(
        Provider, models.PROTECT, related_name="withdrawals", db_constraint=False
    )
    contract = models.ForeignKey(
        Contract, models.CASCADE, null=True, related_name="withdrawals", db_constraint=False
    )
    form = models.UUIDField(unique=True)  # sent twice, it is one
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=200)  # the number, or what else says which contract
    email = models.EmailField(max_length=320)
    language = models.CharField(max_length=12, default="de")
    outcome = models.CharField(max_length=8, choices=Outcome)
    received_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)  # the receipt, and the mail to the house
    answered_at = models.DateTimeField(null=True)  # by the house, where it has to answer

    class Meta:
        verbose_name = _("Widerruf")
        verbose_name_plural = _("Widerrufe")
        ordering: ClassVar[list[str]] = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["provider", "-received_at"], name="withdrawal_latest"),
            models.Index(
                fields=["received_at"],
                condition=models.Q(told_at=None),
                name="withdrawal_untold",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} · {self.get_outcome_display()}"

    @property
    def wants_an_answer(self) -> bool:
        return self.answered_at is None and self.outcome in (
            self.Outcome.LATE,
            self.Outcome.UNKNOWN,
        )
