"""Messages to a house's programs, for the page of its heads."""

from api.models import Webhook, WebhookDelivery
from providers.models import Provider

#: Of each.
LAST = 5


def webhooks_of(provider: Provider) -> list[tuple[Webhook, list[WebhookDelivery]]]:
    """The oldest first, each with its last messages. Two statements."""
    hooks = list(Webhook.objects.filter(provider=provider).order_by("pk"))
    last: dict[int, list[WebhookDelivery]] = {hook.pk: [] for hook in hooks}
    recent = WebhookDelivery.objects.filter(provider=provider).order_by("-happened_at")
    for one in recent[: LAST * Webhook.MOST * 4]:
        if one.webhook_id in last and len(last[one.webhook_id]) < LAST:
            last[one.webhook_id].append(one)
    return [(hook, last[hook.pk]) for hook in hooks]
