from api.actions.consents import end_consent, end_consents, forget_tokens, note_consent_used
from api.actions.keys import NewKey, make_key, note_use, revoke_key
from api.actions.programs import BadAddress, NewProgram, add_program, end_program

__all__ = [
    "BadAddress",
    "NewKey",
    "NewProgram",
    "add_program",
    "end_consent",
    "end_consents",
    "end_program",
    "forget_tokens",
    "make_key",
    "note_consent_used",
    "note_use",
    "revoke_key",
]
