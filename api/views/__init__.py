from api.views.guide import guide, openapi
from api.views.keys import keys, office_keys

__all__ = ["guide", "keys", "office_keys", "openapi"]
