from accounts.views.own import close, export, prove, second_factor, settings, take_back
from accounts.views.security import devices

__all__ = [
    "close",
    "devices",
    "export",
    "prove",
    "second_factor",
    "settings",
    "take_back",
]
