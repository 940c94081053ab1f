"""Which file of the project needs which other, as far as it is written down: the ground for `./dev test --changed`.

A module needs what it imports and the templates, SQL, texts, commands and dotted names it names; a template what it
extends, includes and loads; a test that speaks to the application by address the views behind the addresses it
writes down. Paths are relative to the project.
"""

import inspect
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import grimp
from django.urls import URLPattern, URLResolver, get_resolver

from tests.suite.rooms import ROOT, git, rooms, text

ASKS = re.compile(
    r"\b(client|desk|office|browser|page|tab)\.(get|post|head|put|delete|options|generic|goto)\("
)
FILE = re.compile(
    r"[\"'`]([\w./-]+\.(?:html|txt|sql|css|js|mjs|json|toml|svg|csv|xlsx|ttf|woff2))\b"
)
LOADED = re.compile(r"{%\s*load\s+([\w ]+?)\s*(?:from\s+(\w+)\s*)?%}")
QUOTED = re.compile(r"[\"']([a-z_][\w.:-]*)[\"']")
SEGMENT = re.compile(r"/([a-z][a-z0-9-]*)")
SETTINGS = "config/settings.py"  # everything stands on them; anyone who names them needs nothing of what they name
TEXTS = re.compile(r"(templates|static)/.*\.(html|txt|css|js|mjs)")


class Needs:
    """Built once per run: about two seconds."""

    @cached_property
    def files(self) -> list[str]:
        listed = git("ls-files", "--cached", "--others", "--exclude-standard")
        return [name for name in listed if (ROOT / name).is_file()]

    @cached_property
    def needed_by(self) -> dict[str, set[str]]:
        """File -> the files that need it, one step away."""
        turned: dict[str, set[str]] = defaultdict(set)
        for name, needs in self._all():
            for need in needs - {name}:
                turned[need].add(name)
        return turned

    def _all(self) -> Iterator[tuple[str, set[str]]]:
        for name, imported in self._imported().items():
            yield name, imported | self._named(name) | self._unspoken(name)
            if name.startswith("tests/"):
                yield name, self._doors(name)
        for name in filter(TEXTS.fullmatch, self.files):
            yield name, self._named(name) | self._loaded(name)

    def _imported(self) -> dict[str, set[str]]:
        graph = grimp.build_graph(
            *rooms(), "tests", cache_dir=None, exclude_type_checking_imports=True
        )
        return {
            _path(module): {_path(m) for m in graph.find_modules_directly_imported_by(module)}
            | _packages_around(_path(module))
            for module in graph.modules
        }

    @cached_property
    def _called(self) -> dict[str, set[str]]:
        """What a text may call a file -> the files: its name, a command's word, a module's dotted path."""
        known: dict[str, set[str]] = defaultdict(set)
        for name in self.files:
            path = Path(name)
            known[path.name].add(name)
            if path.parent.name == "commands":
                known[path.stem].add(name)
            if path.suffix == ".py":
                known[".".join(path.with_suffix("").parts)].add(name)
        return known

    def _named(self, name: str) -> set[str]:
        said = text(name)
        found: set[str] = set()
        for file in FILE.findall(said):
            part = f"/{file.lstrip('./')}"
            found |= {f for f in self._called.get(Path(part).name, ()) if f"/{f}".endswith(part)}
        for word in QUOTED.findall(said):
            found |= self._called.get(word, set()) or self._called.get(
                word.rpartition(".")[0], set()
            )
        return found - {SETTINGS}

    def _loaded(self, template: str) -> set[str]:
        tags = {
            tag for names, only in LOADED.findall(text(template)) for tag in (only or names).split()
        }
        return {f for tag in tags for f in self._called[f"{tag}.py"] if "/templatetags/" in f}

    def _unspoken(self, name: str) -> set[str]:
        """A room's models are never there without its app, which connects its receivers."""
        room, _, rest = name.partition("/")
        app = f"{room}/apps.py"
        return {app} if rest.startswith("models") and app in self._called["apps.py"] else set()

    def _doors(self, test: str) -> set[str]:
        """The views behind its addresses; all of them where it asks for addresses in a way nobody can read."""
        said = text(test)
        if not ASKS.search(said):
            return set()
        words = {*SEGMENT.findall(said), *QUOTED.findall(said)}
        blind = not words & {word for names in self._views.values() for word in names}
        return {view for view, names in self._views.items() if blind or names & words}

    @cached_property
    def _views(self) -> dict[str, set[str]]:
        """File of a view -> the words its addresses begin with, and its names. Wagtail's views are ours by its hooks."""
        found: dict[str, set[str]] = defaultdict(set)
        hooks = {name for name in self.files if name.endswith("wagtail_hooks.py")}
        around = {name for name in self.files if name.endswith(("/middleware.py", "/context.py"))}
        for pattern, before, namespace in _patterns(get_resolver()):
            words = {
                *SEGMENT.findall(f"/{before}{pattern.pattern}")[:1],
                f"{namespace}{pattern.name}",
            }
            file = file_of(pattern.callback)
            for view in ({file} if file else hooks) | around:
                found[view] |= words
        return found


def _patterns(
    resolver: Any, before: str = "", namespace: str = ""
) -> Iterator[tuple[Any, str, str]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _patterns(pattern, before + str(pattern.pattern), inner)
        elif isinstance(pattern, URLPattern):
            yield pattern, before, namespace


def file_of(view: Any) -> str:
    """Empty for a view that is not ours."""
    view = inspect.unwrap(getattr(view, "view_class", view))
    try:
        path = Path(inspect.getfile(view))
    except TypeError:
        return ""
    inside = path.is_relative_to(ROOT) and ".venv" not in path.parts
    return str(path.relative_to(ROOT)) if inside else ""


def _path(module: str) -> str:
    base = module.replace(".", "/")
    path = ROOT / (f"{base}/__init__.py" if (ROOT / base).is_dir() else f"{base}.py")
    return str(path.resolve().relative_to(ROOT.resolve()))  # h5p_lite is a link into packages/


def _packages_around(path: str) -> set[str]:
    """Importing a module runs the packages around it."""
    parts = Path(path).parts[:-1]
    return {"/".join((*parts[: n + 1], "__init__.py")) for n in range(len(parts))} - {path}
