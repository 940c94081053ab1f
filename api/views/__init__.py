from api.views.consent import authorize, connected
from api.views.guide import guide, openapi
from api.views.keys import keys, office_keys
from api.views.tokens import metadata, revoke, token
from api.views.webhooks import webhooks

__all__ = [
    "authorize",
    "connected",
    "guide",
    "keys",
    "metadata",
    "office_keys",
    "openapi",
    "revoke",
    "token",
    "webhooks",
]
