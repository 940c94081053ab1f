from api.actions.consents import end_consent, end_consents, forget_tokens, note_consent_used
from api.actions.keys import NewKey, make_key, note_use, revoke_key
from api.actions.programs import BadAddress, NewProgram, add_program, end_program
from api.actions.webhooks import (
    NewWebhook,
    TooManyWebhooks,
    deliver_next,
    drop_webhook,
    forget_deliveries,
    make_webhook,
    ping,
    wake_webhook,
)

__all__ = [
    "BadAddress",
    "NewKey",
    "NewProgram",
    "NewWebhook",
    "TooManyWebhooks",
    "add_program",
    "deliver_next",
    "drop_webhook",
    "end_consent",
    "end_consents",
    "end_program",
    "forget_deliveries",
    "forget_tokens",
    "make_key",
    "make_webhook",
    "note_consent_used",
    "note_use",
    "ping",
    "revoke_key",
    "wake_webhook",
]
