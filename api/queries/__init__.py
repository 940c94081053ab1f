from api.queries.consents import KnownLearner, consents_of, learner_at_door, may_consent
from api.queries.keys import KnownKey, key_at_door, keys_of
from api.queries.webhooks import webhooks_of

__all__ = [
    "KnownKey",
    "KnownLearner",
    "consents_of",
    "key_at_door",
    "keys_of",
    "learner_at_door",
    "may_consent",
    "webhooks_of",
]
