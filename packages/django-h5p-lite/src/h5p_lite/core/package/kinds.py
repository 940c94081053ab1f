"""Which files may be in a package, and how files of a kind begin.

Contents come from any author, so their list is narrower than that of H5P core: nothing that a browser could run, no
fonts, no office documents. Libraries come from the city office; theirs is core's list without office documents.
"""

import re
from collections.abc import Callable

PICTURES = {"png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff"}
SOUNDS = {"webm", "mp4", "ogg", "mp3", "m4a", "wav"}  # and videos: they share their containers
FONTS = {"eot", "ttf", "otf", "woff", "woff2"}
TEXTS = {"json", "txt", "vtt", "webvtt", "csv", "md", "gltf"}
CONTENT = PICTURES | SOUNDS | TEXTS | {"pdf", "glb"}
LIBRARY = CONTENT | FONTS | {"js", "css", "svg", "xml", "rtf", "diff", "patch", "textile", "swf"}

HEAD = 1024  # bytes that `wrong_kind` wants to see
#: Where browsers start to see a page (WHATWG MIME Sniffing, 7.1), and what SVG begins with.
MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|svg|html|head|body|script|iframe)", re.I
)


def ending(path: str) -> str:
    """`PNG` in `images/Tree.PNG` becomes `png`; empty for a name without a dot."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def allowed(path: str, *, library: bool) -> bool:
    return ending(path) in (LIBRARY if library else CONTENT)


def wrong_kind(path: str, head: bytes, *, library: bool) -> bool:
    """Is the file something else than its name says? `head`: its first bytes.

    A JPEG called .png is still a picture: browsers do not mind, and authors rename files. Empty files are harmless.
    """
    if not head:
        return False
    kind = ending(path)
    for endings, is_one in BEGINNINGS:
        if kind in endings:
            return not is_one(head)
    return not library and kind in TEXTS and MARKUP.match(head) is not None


def _picture(head: bytes) -> bool:
    beginnings = (
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"GIF87a",
        b"GIF89a",
        b"BM",
        b"II*\0",
        b"MM\0*",
    )
    newer = head[8:12] in (b"avif", b"avis", b"heic", b"mif1")  # cameras call them .jpg
    return (
        head.startswith(beginnings)
        or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")
        or (head[4:8] == b"ftyp" and newer)
    )


def _sound(head: bytes) -> bool:
    return (
        head.startswith((b"\x1a\x45\xdf\xa3", b"OggS", b"ID3", b"fLaC"))
        or (head[:1] == b"\xff" and head[1:2] >= b"\xe0")  # MPEG audio and AAC without a tag
        or (head.startswith((b"RIFF", b"RIFX", b"RF64")) and head[8:12] == b"WAVE")
        or head[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip")
    )


def _font(head: bytes) -> bool:
    beginnings = (b"wOFF", b"wOF2", b"OTTO", b"ttcf", b"true", b"\0\1\0\0")
    return head.startswith(beginnings) or head[34:36] == b"LP"


def _pdf(head: bytes) -> bool:
    return b"%PDF-" in head


def _scene(head: bytes) -> bool:
    return head.startswith(b"glTF")


BEGINNINGS: tuple[tuple[set[str], Callable[[bytes], bool]], ...] = (
    (PICTURES, _picture),
    (SOUNDS, _sound),
    (FONTS, _font),
    ({"pdf"}, _pdf),
    ({"glb"}, _scene),
)
