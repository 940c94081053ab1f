"""A content that runs without this server, pure: as one HTML page, or as a SCORM package for a learning platform.

Both are the page of the player with addresses below itself. It is no sandbox any more: what runs in it may do what the
place allows it is opened in. Scores are what the browser says; nobody grades them.
"""

import base64
import json
import mimetypes
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from html import escape
from typing import Any, BinaryIO, NamedTuple
from xml.sax.saxutils import quoteattr

from h5p_lite.core import playing
from h5p_lite.core.exporting import WHEN, Source
from h5p_lite.core.package.archive import CHUNK
from h5p_lite.core.package.problems import Problem, Refused
from h5p_lite.core.playing import LoadedLibrary

MOST_IN_ONE_PAGE = (
    64 * 1024 * 1024
)  # bytes of pictures, sounds and films: a browser holds all of them at once
#: Below the page.
CONTENT, LIBRARIES, PLAYER = "content", "libraries", "player"
LICENCES = "licences.html"


class Kind(StrEnum):
    """How a content leaves."""

    PAGE = "html"
    SCORM_12 = "scorm12"
    SCORM_2004 = "scorm2004"

    @property
    def ending(self) -> str:
        return ".html" if self is Kind.PAGE else f"-{self}.zip"

    @property
    def media_type(self) -> str:
        return "text/html" if self is Kind.PAGE else "application/zip"


class Licence(NamedTuple):
    """Whose something is that travels along, and under which conditions."""

    what: str
    licence: str  # empty: not said
    by: str
    source: str = ""  # an address


class Carried(NamedTuple):
    """What leaves. Paths of files are below the page: `content/…`, `libraries/<folder>/…`, `player/…`."""

    title: str
    language: str
    direction: str
    integration: Mapping[str, Any]
    loaded: Sequence[LoadedLibrary]
    files: Sequence[Source]  # of all three
    runtime: str  # the script of the kind that is made
    licences: Sequence[Licence]
    terms: str  # of the player: the text of its licence


def write(into: BinaryIO, carried: Carried, kind: Kind) -> None:
    """Raises Refused where it is too much for one page."""
    if kind is Kind.PAGE:
        for piece in _page(carried):
            into.write(piece.encode())
    else:
        _scorm(into, carried, kind)


# --- one page ---

PARTS = (f"{PLAYER}/frame.bundle.js", f"{PLAYER}/styles/h5p.css")
_END = re.compile(r"</(script|style)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--")


def _page(carried: Carried) -> Iterator[str]:
    by_path = {source.path: source for source in carried.files}
    scripts = playing.addresses(LIBRARIES, carried.loaded, "scripts")
    styles = playing.addresses(LIBRARIES, carried.loaded, "styles")
    code = {*scripts, *styles, *PARTS}
    yield from _head(carried)
    for path in (PARTS[1], *styles):
        yield f"<style>{_closed(_inlined(_text(by_path[path]), path, by_path))}</style>\n"
    yield f"{_json('integration', carried.integration)}\n"
    yield from _embedded(source for path, source in by_path.items() if _travels(path, code))
    yield f"<script>{_closed(carried.runtime)}</script>\n"
    for path in (PARTS[0], *scripts):
        yield f"<script>{_closed(_text(by_path[path]))}</script>\n"
    yield "<script>h5pCarried.begin();</script>\n</head>\n<body>\n"
    yield '<div class="h5p-content" data-content-id="1"></div>\n'
    yield f"<details><summary>{escape(_words(carried))}</summary>\n{_licences(carried)}</details>\n"
    yield "</body>\n</html>\n"


def _travels(path: str, code: set[str]) -> bool:
    """What a page can ask for while it runs: files of the content, and pictures and sounds of libraries."""
    kind = mimetypes.guess_type(path)[0] or ""
    if path.startswith(f"{CONTENT}/"):
        return True
    return path not in code and kind.partition("/")[0] in ("image", "audio", "video")


def _embedded(sources: Iterable[Source]) -> Iterator[str]:
    size = 0
    for source in sources:
        raw = _raw(source)
        size += len(raw)
        if size > MOST_IN_ONE_PAGE:
            raise Refused([Problem("too-big-for-a-page")])
        kind = mimetypes.guess_type(source.path)[0] or "application/octet-stream"
        told = f"data-file={quoteattr(source.path)} data-type={quoteattr(kind)}"
        yield f'<script type="text/plain" {told}>{base64.b64encode(raw).decode()}</script>\n'


def _inlined(text: str, path: str, by_path: Mapping[str, Source]) -> str:
    """A style sheet with its fonts and pictures in it."""

    def put(match: re.Match[str]) -> str:
        address = match[1]
        source = by_path.get(address)
        if source is None:
            return match[0]
        kind = mimetypes.guess_type(address)[0] or "application/octet-stream"
        return f'url("data:{kind};base64,{base64.b64encode(_raw(source)).decode()}")'

    resolved = playing.style_bundle([(path, text)])
    return re.sub(r'url\("([^"?#]+)[^"]*"\)', put, resolved)


def _closed(code: str) -> str:
    r"""Code that cannot end its own element (HTML § 4.12.1.3): `<\/script` is the same text in a string of a script."""
    return _COMMENT.sub(r"<\\!--", _END.sub(r"<\\/\1", code))


def _text(source: Source) -> str:
    return _raw(source).decode("utf-8-sig", "replace")


def _raw(source: Source) -> bytes:
    with source.open() as file:
        return file.read()


def _head(carried: Carried, scorm: str = "") -> Iterator[str]:
    spoken = f"lang={quoteattr(carried.language)} dir={quoteattr(carried.direction)}"
    told = f' data-scorm="{scorm}"' if scorm else ""
    yield f'<!doctype html>\n<html {spoken} class="h5p-iframe"{told}>\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(carried.title)}</title>\n"


def _json(name: str, value: Mapping[str, Any]) -> str:
    return f'<script type="application/json" id="{name}">{playing.as_script_data(value)}</script>'


# --- licences ---


def _words(carried: Carried) -> str:
    return "Lizenzen" if carried.language.startswith("de") else "Licences"


def _licences(carried: Carried) -> str:
    rows = "".join(
        f"<li>{escape(one.what)}: {escape(one.licence or '–')}{escape(one.by and f', {one.by}')}{_source(one)}</li>\n"
        for one in carried.licences
    )
    return f"<ul>\n{rows}</ul>\n<pre>{escape(carried.terms)}</pre>\n"


def _source(one: Licence) -> str:
    return f' (<a href="{escape(one.source)}">{escape(one.source)}</a>)' if one.source else ""


# --- SCORM ---

#: The core puts the host in front of an address without one.
_BEGIN = """
window.H5PIntegration = JSON.parse(document.getElementById("integration").textContent);
H5PIntegration.contents["cid-1"].contentUrl = new URL("content", location.href).href;
"""
#: {kind: (namespaces and schema of the manifest, its version, how the type of a resource is called)}
_MANIFESTS = {
    Kind.SCORM_12: (
        'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
        "1.2",
        "adlcp:scormtype",
    ),
    Kind.SCORM_2004: (
        'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
        'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"',
        "2004 4th Edition",
        "adlcp:scormType",
    ),
}


def _scorm(into: BinaryIO, carried: Carried, kind: Kind) -> None:
    """SCORM 1.2 CAM § 2.3, SCORM 2004 4th Edition CAM § 3.4: one SCO, whose files are all listed."""
    version = "1.2" if kind is Kind.SCORM_12 else "2004"
    texts = {
        "index.html": "".join(_scorm_page(carried, version)),
        "scorm.js": carried.runtime,
        LICENCES: "".join(
            [*_head(carried), "</head>\n<body>\n", _licences(carried), "</body>\n</html>\n"]
        ),
    }
    paths = [*texts, *(source.path for source in carried.files)]
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in {"imsmanifest.xml": _manifest(carried, kind, paths), **texts}.items():
            archive.writestr(_entry(path), text)
        for source in carried.files:
            with source.open() as file, archive.open(_entry(source.path), "w") as stream:
                shutil.copyfileobj(file, stream, CHUNK)


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o100644 << 16
    entry.create_system = 3  # Unix, wherever this runs
    return entry


def _scorm_page(carried: Carried, version: str) -> Iterator[str]:
    yield from _head(carried, version)
    for path in (PARTS[1], *playing.addresses(LIBRARIES, carried.loaded, "styles")):
        yield f'<link rel="stylesheet" href={quoteattr(path)}>\n'
    yield f"{_json('integration', carried.integration)}\n"
    yield f"<script>{_BEGIN}</script>\n"
    scripts = playing.addresses(LIBRARIES, carried.loaded, "scripts")
    for path in (PARTS[0], *scripts, "scorm.js"):
        yield f"<script src={quoteattr(path)}></script>\n"
    yield '</head>\n<body>\n<div class="h5p-content" data-content-id="1"></div>\n'
    yield f'<p><a href="{LICENCES}" target="_blank">{_words(carried)}</a></p>\n</body>\n</html>\n'


def _manifest(carried: Carried, kind: Kind, paths: Iterable[str]) -> str:
    names, version, attribute = _MANIFESTS[kind]
    title = escape(carried.title)
    files = "".join(f"      <file href={quoteattr(path)}/>\n" for path in paths)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="h5p" version="1" {names}>
  <metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>
  <organizations default="one">
    <organization identifier="one">
      <title>{title}</title>
      <item identifier="item" identifierref="page"><title>{title}</title></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" {attribute}="sco" href="index.html">
{files}    </resource>
  </resources>
</manifest>
"""


def relative(integration: Mapping[str, Any]) -> dict[str, Any]:
    """As `playing.integration` makes it, without what only our own page around it understands."""
    said: dict[str, Any] = json.loads(json.dumps(integration, ensure_ascii=False))
    said.pop("lite", None)
    return said
