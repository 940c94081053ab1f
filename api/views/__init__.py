from api.views.guide import guide, openapi

__all__ = ["guide", "openapi"]
