"""Mails to the holder of a certificate. What the head of a provider does with it is told them, why is for them to talk about."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.urls import reverse

from accessibility import context as frame
from certificates.models import Certificate, Owed
from courses.queries.addresses import address_of
from tenancy.lens import as_system


@as_system("tell the holder of a certificate")
def tell_holder(certificate: Certificate, act: str) -> None:
    """`act` (revoke, suspend, resume, reissue, correct) was done; sent once it is stored. Nobody is told whose account is closed."""
    full = Certificate.objects.select_related("learner", "provider").get(pk=certificate.pk)
    holder, provider = full.learner, full.provider
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
    _send("withdrawn", holder.email, context)


def tell_finished(certificate: Certificate, course: UUID) -> None:
    """A course is done: their certificate is there, and where they can go from here. Once, when it is issued."""
    holder = certificate.learner
    if not holder or not holder.email:
        return
    at = address_of(course)
    path = (
        reverse("learning:finished", args=at.split("/", 1))
        if at
        else reverse("certificates:wallet")
    )
    context = {
        "city": frame.CITY,
        "title": certificate.achievement["name"],
        "provider": certificate.provider.name,
        "link": f"{settings.PUBLIC_URL}{path}",
    }
    _send("finished", holder.email, context)


def tell_missing(owed: Owed, title: str) -> None:
    """Their certificate cannot be printed under their name; what is missing, and where they can change it. Once."""
    learner = owed.learner
    if not learner.email:
        return
    context = {
        "city": frame.CITY,
        "title": title,
        "letters": owed.letters,
        "provider": owed.provider.name,
        "email": owed.provider.email or owed.provider.phone,
        "link": f"{settings.PUBLIC_URL}{reverse('accounts:settings')}",
    }
    _send("missing", learner.email, context)


def _send(name: str, to: str, context: dict[str, Any]) -> None:
    get_adapter().render_mail(f"certificates/email/{name}", to, context).send()
