from accounts.views.blocked import blocked
from accounts.views.cards import card, my_card
from accounts.views.companion import companion
from accounts.views.news import news
from accounts.views.own import close, export, prove, second_factor, settings, take_back
from accounts.views.security import devices, log
from accounts.views.shared import device, forget, forgotten, still_there

__all__ = [
    "blocked",
    "card",
    "close",
    "companion",
    "device",
    "devices",
    "export",
    "forget",
    "forgotten",
    "log",
    "my_card",
    "news",
    "prove",
    "second_factor",
    "settings",
    "still_there",
    "take_back",
]
