from api.queries.keys import KnownKey, key_at_door, keys_of

__all__ = ["KnownKey", "key_at_door", "keys_of"]
