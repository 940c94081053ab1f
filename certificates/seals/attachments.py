"""The credential inside a PDF that may come from anybody.

No PDF library is asked: a stream that says /EmbeddedFile is inflated up to a limit, and read as JSON. Streams never hide in
other streams (ISO 32000-1, 7.5.7), so nothing is missed, and no tree of objects is followed.
"""

import json
import re
import zlib
from typing import Any

LARGEST = 1_000_000  # bytes of a credential
MOST = 20  # embedded files that are looked at
STREAM = re.compile(rb">>\s{0,4}stream\r?\n")
DICTIONARY = 2_000  # bytes before a stream in which its dictionary is looked for


def attached_credential(pdf: bytes) -> dict[str, Any] | None:
    """The JSON-LD document attached to `pdf`, or None. What it claims is not checked here."""
    looked_at = 0
    for stream in STREAM.finditer(pdf):
        head = pdf[max(0, stream.start() - DICTIONARY) : stream.start()].rpartition(b" obj")[2]
        if b"/EmbeddedFile" not in head:
            continue
        document = _document(_content(pdf, stream.end(), deflated=b"/FlateDecode" in head))
        looked_at += 1
        if document is not None or looked_at == MOST:
            return document
    return None


def _content(pdf: bytes, start: int, *, deflated: bool) -> bytes:
    """At most LARGEST bytes and one; an attachment with two filters is nothing that we write."""
    if not deflated:
        end = pdf.find(b"endstream", start, start + LARGEST + 20)
        return pdf[start:end].rstrip(b"\r\n") if end > 0 else b""
    try:
        return zlib.decompressobj().decompress(pdf[start : start + LARGEST], LARGEST + 1)
    except zlib.error:
        return b""


def _document(content: bytes) -> dict[str, Any] | None:
    if not content or len(content) > LARGEST:
        return None
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) and "@context" in document else None
