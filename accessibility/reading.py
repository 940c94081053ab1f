"""How somebody likes to read: kept in her browser's own cookie, `size.space.theme`, and nowhere else."""

CHOICES = {"size": ("1", "2", "3"), "space": ("1", "2"), "theme": ("auto", "light", "dark", "more")}
DEFAULTS = {"size": "1", "space": "1", "theme": "auto"}


def reading_settings(cookie: str) -> dict[str, str]:
    """The cookie as settings; whatever does not fit is the default."""
    values = dict(zip(DEFAULTS, cookie.split("."), strict=False))
    return {
        name: values[name] if values.get(name) in CHOICES[name] else default
        for name, default in DEFAULTS.items()
    }


def variant(cookie: str) -> str:
    """The same for all cookies that make a page look the same, so that nonsense makes no page of its own."""
    return ".".join(reading_settings(cookie).values())
