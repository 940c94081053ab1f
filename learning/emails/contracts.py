"""The receipt of a withdrawal, at once and with what was said (§ 356a (4) BGB), and the mail to the house; once, by the outbox."""

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from accessibility import context as frame
from learning.models import Withdrawal
from learning.queries.talk import heads_to_tell
from tenancy.lens import CITY, as_system

BATCH = 50


def tell_withdrawals() -> int:
    """Those that have no receipt yet; how many mails. The door tells at once, this is the net below it."""
    mails = 0
    while (batch := _tell_some()) is not None:
        mails += batch
    return mails


@as_system("tell of a withdrawal")
@transaction.atomic
def tell_withdrawal(withdrawal: int) -> int:
    untold = Withdrawal.objects.filter(pk=withdrawal, told_at=None)
    mine = untold.select_for_update(of=("self",)).select_related("provider", "contract").first()
    return _tell(mine) if mine else 0


@as_system("tell of withdrawals")
@transaction.atomic
def _tell_some() -> int | None:
    untold = Withdrawal.objects.filter(told_at=None).order_by("received_at", "pk")
    locked = untold.select_for_update(of=("self",), skip_locked=True)
    batch = [*locked.select_related("provider", "contract")[:BATCH]]
    return sum(map(_tell, batch)) if batch else None


def _tell(withdrawal: Withdrawal) -> int:
    Withdrawal.objects.filter(pk=withdrawal.pk).update(told_at=timezone.now())
    words = {"city": frame.CITY, "withdrawal": withdrawal, "provider": withdrawal.provider}
    with override(withdrawal.language):
        receipt = "learning/email/withdrawal_receipt"
        mails = get_adapter().render_mail(receipt, withdrawal.email, words).send()
    with override("de"):
        for address in _of_the_house(withdrawal):
            mails += get_adapter().render_mail("learning/email/withdrawal", address, words).send()
    return int(mails)


def _of_the_house(withdrawal: Withdrawal) -> list[str]:
    """The address it stands for itself with, and its heads; of a house that has closed, those of the city."""
    house = withdrawal.provider
    heads = heads_to_tell(CITY if house.closed_at else house.pk)
    own = [house.email] if house.email and not house.closed_at else []
    return sorted({address.lower() for address in (*own, *(str(one.email) for one in heads))})
