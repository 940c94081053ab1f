"""German: 28. November 2026, 16:03."""

DATETIME_FORMAT = "j. F Y, H:i"
