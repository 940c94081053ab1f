"""Mails to the holder of a certificate. What the head of a provider does with it is told her, why is for them to talk about."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accessibility import context as frame
from certificates.models import Certificate


def tell_holder(certificate: Certificate, act: str) -> None:
    """`act` (revoke, suspend, resume) was done; sent once it is stored. Nobody is told whose account is closed."""
    holder, provider = certificate.learner, certificate.provider
    if not holder or not holder.email:
        return
    context = {
        "city": frame.CITY,
        "act": act,
        "title": certificate.achievement["name"],
        "provider": provider.name,
        "email": provider.email or provider.phone,
        "link": f"{settings.PUBLIC_URL}{reverse('certificates:wallet')}",
    }
    mail = get_adapter().render_mail("certificates/email/withdrawn", holder.email, context)

    def send() -> None:
        mail.send()

    transaction.on_commit(send, robust=True)
