"""How somebody likes to read: kept in their browser's own cookie (one value per choice, in this order), and with their account."""

CHOICES = {
    "size": ("1", "2", "3"),
    "space": ("1", "2"),
    "theme": ("auto", "light", "dark", "more"),
    "width": ("1", "2"),  # 2: short lines
    "calm": ("0", "1"),  # nothing moves, no decoration
    "ruler": ("0", "1"),
    "simple": ("0", "1"),  # plain German first
    "captions": ("0", "1"),
    "aloud": ("0", "1"),  # the button that reads aloud
    "pace": ("1", "2", "3"),  # normal, slow, fast
}
DEFAULTS = {
    "size": "1",
    "space": "1",
    "theme": "auto",
    "width": "1",
    "calm": "0",
    "ruler": "0",
    "simple": "0",
    "captions": "1",
    "aloud": "1",
    "pace": "1",
}
#: In the session from signing in until the settings of the account have come into this browser.
DUE = "anzeige-holen"
SWITCHES = tuple(name for name, values in CHOICES.items() if values == ("0", "1"))


def reading_settings(cookie: str) -> dict[str, str]:
    """The cookie as settings; whatever does not fit is the default."""
    values = dict(zip(DEFAULTS, cookie.split("."), strict=False))
    return {
        name: values[name] if values.get(name) in CHOICES[name] else default
        for name, default in DEFAULTS.items()
    }


def changed(now: dict[str, str], given: dict[str, str], *, every: bool) -> dict[str, str]:
    """`now` with what was `given` (unknown values change nothing). `every`: a switch that is not given is off."""
    off = dict.fromkeys(SWITCHES, "0") if every else {}
    return {
        name: choice if (choice := (off | given).get(name)) in CHOICES[name] else now[name]
        for name in DEFAULTS
    }


def as_cookie(chosen: dict[str, str]) -> str:
    """Empty for what everybody gets anyway: then there is no cookie."""
    return "" if chosen == DEFAULTS else ".".join(chosen[name] for name in DEFAULTS)


def variant(cookie: str) -> str:
    """The same for all cookies that make a page look the same, so that nonsense makes no page of its own."""
    return ".".join(reading_settings(cookie).values())
