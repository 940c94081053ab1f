"""What a file is called in HTTP, by its ending (IANA media types). Which files a package may have: `h5p_lite.core.package.kinds`."""

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
    return mimetypes.guess_type(path)[0] or "application/octet-stream"


def kind_with_letters(path: str) -> str:
    """Text is in UTF-8, as all text of H5P is."""
    kind = kind_of(path)
    text = kind.startswith("text/") or kind.endswith(("+xml", "/xml")) or kind == "application/json"
    return f"{kind}; charset=utf-8" if text else kind
