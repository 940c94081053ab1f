"""Two style sheets of KERN's rules and our own, only those that a page can use, spelt so that old browsers read them.

`lernstadt.css` is for every page, `more.css` for those that nobody sees first.

- what no tool can compute (mixes of tokens, for each provider's colour) is computed in `colours.py`
- rules for classes, ids and tags that occur nowhere are dropped, and so are tokens that nothing refers to
- `light-dark()`, nesting, prefixes and the like are spelt by Lightning CSS for the browsers in `OLDEST`
"""

import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from config.embedded import colours

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_suffix(".mjs")

#: The first version of each engine that shows everything (docs/browsers.md). Tried out with the oldest Chromium.
OLDEST = {
    "chrome": (92, 0),
    "edge": (92, 0),
    "samsung": (16, 0),
    "firefox": (102, 0),
    "safari": (15, 0),
    "ios_saf": (15, 0),
}

# The order matters: tokens before their use, modes (print, forced colours) at the end.
STYLES = (
    "fonts",
    "tokens",
    "base",
    "frame",
    "layout",
    "components",
    "learning",
    "tables",
    "forms",
    "pages",
    "settings",
    "paint",
    "modes",
)
#: What home, catalogue, course and lesson do without, so that their first view is light.
MORE = ("desk", "writing", "figures", "sample", "cards", "groups", "dates", "find_dates", "verdict")
#: Where the words of our pages stand. Tests, the desk's own styles and translations make no class.
PLACES = ("templates/**/*.html", "static/js/**/*.js")
NO_PAGES = ("node_modules", "tests", "var", ".venv", "locale")
WORD = re.compile(r"[A-Za-z][\w-]*")
TOKEN = re.compile(r"(?<=[{;])(--[\w-]+):(?:\"[^\"]*\"|'[^']*'|[^;{}\"'])*(;|(?=}))")
#: Every browser reads the prefixed one; the other would double each icon.
MASKED_TWICE = re.compile(r"(-webkit-mask:(url\(\"[^\"]*\"\)[^;}]*));mask:\2(?=[;}])")
TOO_NEW = re.compile(r"light-dark\(|color-mix\(|oklch\(|oklab\(")


class StyleError(RuntimeError):
    """The sheet could not be made; the message is for the person at the terminal."""


def sources(names: Iterable[str] = (*STYLES, *MORE)) -> list[Path]:
    return [ROOT / "static" / "css" / f"{name}.css" for name in names]


def build(kern: Path, node: list[str]) -> tuple[str, str]:
    """The sheet of all pages, and what further pages add."""
    main = _spell([kern, *sources(STYLES)], node)
    more = _spell(sources(MORE), node)
    return _checked(_without_idle_tokens(main, more)), _checked(more)


def build_one(sheet: Path, node: list[str]) -> str:
    """The sheet of a page that stands alone, such as the one that checks certificates without a network."""
    return _checked(_without_idle_tokens(_spell([sheet], node)))


def words(places: Iterable[Path] | None = None) -> list[str]:
    """Everything that may be a class, an id or a tag on one of our pages."""
    texts = (path.read_text(encoding="utf-8") for path in (places or _pages()))
    return sorted({word for text in texts for word in WORD.findall(text)})


def _pages() -> list[Path]:
    """Programs of our own folders alone: the others are large, and in `var` files come and go while one looks."""
    ours = [one for one in ROOT.iterdir() if one.is_dir() and one.name not in NO_PAGES]
    programs = [path for folder in ours for path in folder.rglob("*.py")]
    return [*programs, *(path for pattern in PLACES for path in ROOT.glob(pattern))]


def _spell(sheets: list[Path], node: list[str]) -> str:
    css = "\n".join(path.read_text(encoding="utf-8") for path in sheets)
    plain = colours.plain(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    asked = {
        "css": plain,
        "words": words(),
        "targets": {name: _number(version) for name, version in OLDEST.items()},
    }
    done = subprocess.run(  # noqa: S603 -- our own script
        [*node, str(SCRIPT)],
        cwd=ROOT,
        input=json.dumps(asked),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise StyleError(f"The style sheets could not be joined: {done.stderr.strip()}")
    return MASKED_TWICE.sub(r"\1", done.stdout)


def _checked(sheet: str) -> str:
    if left := TOO_NEW.search(sheet):
        raise StyleError(f"{left[0]}…) is left in the style sheet, which old browsers do not know.")
    return sheet + "\n"


def _number(version: tuple[int, int]) -> int:
    """As Lightning CSS wants it: one byte each."""
    return version[0] << 16 | version[1] << 8


def _without_idle_tokens(css: str, more: str = "") -> str:
    """Drop custom properties that nothing refers to, and then those that only they referred to."""
    used = set(re.findall(r"var\((--[\w-]+)", css + more))
    shorter = TOKEN.sub(lambda found: found[0] if found[1] in used else "", css)
    return (
        re.sub(r"[^{};]+\{\}", "", css) if shorter == css else _without_idle_tokens(shorter, more)
    )
