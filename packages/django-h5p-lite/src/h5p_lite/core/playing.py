"""Playing a content, pure: what the page in the sandbox is told, what it may do, and its scripts and styles as bundles.

The page runs in an opaque origin (`sandbox` without `allow-same-origin`, in the frame's attribute and in its own policy,
so that opening it by itself changes nothing): no cookie, no storage, no parent. It reaches two folders of this server,
without credentials, and nothing else. Links are handed to the page around it, which asks the learner.
"""

import base64
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple

SANDBOX = "allow-scripts allow-forms"
CORE_API = (1, 28)


class Profile(StrEnum):
    """What a library's scripts may do beyond the usual. The office decides, per library."""

    STRICT = "strict"
    INLINE = "inline"  # event handlers in attributes (H5P.ImageJuxtaposition)
    EVAL = "eval"  # code made of text (H5P.Timeline)


_RELAXED = {Profile.INLINE: "'unsafe-inline'", Profile.EVAL: "'unsafe-eval'"}


class LoadedLibrary(NamedTuple):
    """A library as the page needs it. Paths are below its directory."""

    folder: str  # H5P.MultiChoice-1.16, as scripts ask for it
    directory: str  # where it is; another one for every patch, so its files may be kept for ever
    scripts: Sequence[str]
    styles: Sequence[str]


def policy(
    folders: Sequence[str], *, profiles: Iterable[str] = (), hashes: Sequence[str] = ()
) -> str:
    """The Content-Security-Policy of the page.

    `folders` are absolute addresses ending in "/": the only places to load from. `hashes` are those of its own inline
    scripts; they are left out where a profile allows inline ones, because browsers would then ignore that.
    """
    own = " ".join(folders)
    relaxed = {_RELAXED[Profile(p)] for p in profiles if p in _RELAXED}
    inline = [] if "'unsafe-inline'" in relaxed else [f"'{digest}'" for digest in hashes]
    scripts = " ".join([own, *inline, *sorted(relaxed)])
    return "; ".join(
        [
            f"sandbox {SANDBOX}",
            "default-src 'none'",
            f"script-src {scripts}",
            f"style-src {own} 'unsafe-inline'",
            f"img-src {own} data: blob:",
            f"media-src {own} data: blob:",
            f"font-src {own} data:",
            f"connect-src {own}",
            "worker-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
        ]
    )


def script_hash(script: str) -> str:
    """As a policy names it (CSP 3 § 2.3.1)."""
    return "sha256-" + base64.b64encode(sha256(script.encode()).digest()).decode()


def script_bundle(sources: Iterable[tuple[str, str]]) -> str:
    """One script of many, given as (address, text). An empty statement in front keeps a "use strict" to its own file."""
    return "".join(f";/* {name} */\n{text}\n" for name, text in sources)


_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)""", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.\-]*:|/|#)", re.IGNORECASE)
IMPORTS = re.compile(r"@import\b", re.IGNORECASE)


def style_bundle(sources: Iterable[tuple[str, str]]) -> str:
    """One style sheet of many, given as (address, text): relative addresses are resolved, as they would be in each."""
    return "\n".join(_resolved(text, base) for base, text in sources)


def _resolved(text: str, base: str) -> str:
    folder = base.rpartition("/")[0]

    def put(match: re.Match[str]) -> str:
        target = next((part for part in match.groups() if part is not None), "")
        if not target or _ELSEWHERE.match(target):
            return match[0]
        return f'url("{_joined(folder, target)}")'

    return _URL.sub(put, text)


def _joined(folder: str, target: str) -> str:
    parts = folder.split("/")
    for part in target.split("/"):
        if part == ".." and len(parts) > 1:
            parts.pop()
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts).replace('"', "%22")


class PlayerContent(NamedTuple):
    """What is played, for whom and from where. Addresses are absolute paths on this server."""

    library: str  # "H5P.MultiChoice 1.16"
    params: Mapping[str, Any]
    metadata: Mapping[str, Any]
    title: str
    files: str  # where the content's own files are; without a trailing slash
    libraries: str  # where the libraries' folders are
    state: str | None  # what was saved last, as the library wrote it
    full_screen: bool
    words: Mapping[str, str]  # the core's own texts
    saved: int = 0  # the number of that state; who saves says after which one
    shape: str = ""  # a state that is kept elsewhere fits only this


CONTENT_ID = 1  # on the page: there is only one


def integration(played: PlayerContent, loaded: Sequence[LoadedLibrary]) -> dict[str, Any]:
    """`H5PIntegration`, as the player's core reads it (h5p.js, core API 1.28). Nobody's name and no address to post to."""
    content = {
        "library": played.library,
        "jsonContent": json.dumps(played.params, ensure_ascii=False),
        "fullScreen": str(int(played.full_screen)),
        "displayOptions": dict.fromkeys(["frame", "export", "embed", "copyright", "icon"], False),
        "url": played.files,
        "contentUrl": played.files,
        "title": played.title,
        "metadata": dict(played.metadata),
        "contentUserData": [{"state": played.state if played.state is not None else False}],
        "scripts": [],
        "styles": [],
    }
    return {
        "baseUrl": "",
        "url": played.libraries,
        "urlLibraries": played.libraries,
        "libraryDirectories": {library.folder: library.directory for library in loaded},
        "siteUrl": "",
        "postUserStatistics": False,
        "reportingIsEnabled": True,
        "saveFreq": SAVE_EVERY,
        "hubIsEnabled": False,
        "crossorigin": None,
        "user": {"name": "", "mail": "learner@example.invalid"},
        "ajax": {"setFinished": "", "contentUserData": ""},
        "core": {"styles": [], "scripts": []},
        "l10n": {"H5P": dict(played.words)},
        "loadedJs": addresses(played.libraries, loaded, "scripts"),
        "loadedCss": addresses(played.libraries, loaded, "styles"),
        "contents": {f"cid-{CONTENT_ID}": content},
        "lite": {"saved": played.saved, "shape": played.shape},
    }


SAVE_EVERY = 5  # seconds


def addresses(libraries: str, loaded: Sequence[LoadedLibrary], what: str) -> list[str]:
    """Of all `what` ("scripts" or "styles"), in the order of loading; `libraries` without a trailing slash."""
    return [f"{libraries}/{one.directory}/{path}" for one in loaded for path in getattr(one, what)]


def as_script_data(value: Any) -> str:
    """JSON that can stand in a `<script>` element (HTML § 4.12.1.3): no `<`, and no line ends of old JavaScript."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for bad in ("<", "\u2028", "\u2029"):
        text = text.replace(bad, f"\\u{ord(bad):04x}")
    return text
