"""What a file is called in HTTP, by its ending. Only endings that packages may have come here."""

import mimetypes

for _kind, _suffix in (
    ("text/vtt", ".vtt"),
    ("font/woff2", ".woff2"),
    ("font/woff", ".woff"),
    ("text/javascript", ".js"),
    ("audio/mp4", ".m4a"),
    ("image/webp", ".webp"),
):
    mimetypes.add_type(_kind, _suffix)


def kind_of(path: str) -> str:
    """With its letters, where it is text."""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind == "application/json"
    return f"{kind}; charset=utf-8" if text else kind
