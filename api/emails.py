"""Mails to the heads of a house about its programs."""

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.news import send_news
from api.models import Webhook
from providers.models import Membership
from providers.permissions import Right, roles_with


def tell_resting(hook: Webhook) -> int:
    """A program was not told for two days. Under the system lens; how many heads hear of it."""
    heads = User.objects.filter(
        pk__in=Membership.objects.filter(
            provider=hook.provider_id, role__in=roles_with(Right.MANAGE)
        ).values("person")
    )
    path = reverse("api:webhooks", args=[hook.provider.slug])
    words = {
        "provider": hook.provider.name,
        "url": hook.url,
        "link": f"{settings.PUBLIC_URL}{path}",
    }
    return send_news("program", "api/email/resting", heads, words)
