from api.actions.keys import NewKey, make_key, note_use, revoke_key

__all__ = ["NewKey", "make_key", "note_use", "revoke_key"]
