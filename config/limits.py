"""How often one household may ask (accounts.limits). A library's reading room has one address for all, so an operator may raise them."""

from config.environment import text

USUAL = {
    "search": "120/minute",
    "suggest": "600/minute",
    "activity": "1200/minute",
    "invite": "60/hour",
    "barrier": "60/hour",
    "barrier_mail": "3/hour",
    "invite_mail": "5/day",
    "signup_mail": "6/hour",
    "code_mail": "15/hour",
    "reset_mail": "5/hour",
    "card": "60/minute",
    "card_here": "6/10minute",
    "card_wrong": "40/15minute",
    "join": "20/hour",
    "join_mail": "4/day",
    "group": "300/hour",
    "question": "60/hour",
    "message": "30/hour",
    "heads": "10/hour",
    "cards": "40/hour",
    "group_mail": "3/day",
    "withdraw": "60/hour",
    "seat": "60/hour",
    "seat_mail": "10/day",
    "withdraw_mail": "10/day",
    "verify": "60/minute",
    "verify_key": "600/minute",
    "check_key": "10/day",
    "csp": "60/minute",
    "api": "120/minute",
    "api_key": "600/minute",
}


def limits() -> dict[str, str]:
    """By kind: how many in how long, for example "60/minute"."""
    return {name: text(f"LIMIT_{name.upper()}", usual) for name, usual in USUAL.items()}
