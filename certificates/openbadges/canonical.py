"""From JSON-LD to the bytes that are signed: safe expansion (PyLD), RDFC-1.0 (pyoxigraph). Contexts are pinned files."""

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
from pyld import ContextResolver, jsonld

FOLDER = Path(__file__).resolve().parent.parent
CONTEXTS = FOLDER / "contexts"
PINS = FOLDER / "contexts.sha256"

#: PyLD resolves relative IRIs against an example address and carries on; under this base they are found and refused.
RELATIVE = "https://relative.invalid/"
#: Pinned for the test interface alone (`strangers`): no document of ours names them.
ONLY_OF_STRANGERS = frozenset({"https://www.w3.org/2018/credentials/v1"})
Loader = Callable[..., dict[str, Any]]
NOT_IN_AN_IRI = frozenset(' <>"{}|\\^`')


class UnsafeTerm(ValueError):
    """A term the contexts do not define would be dropped, so it would stand in the document unsigned."""


@cache
def contexts() -> dict[str, Any]:
    """Every context we accept, by its address. Raises ValueError when a file does not have its pinned hash."""
    index = json.loads((CONTEXTS / "index.json").read_text())
    lines = [line for line in PINS.read_text().splitlines() if not line.startswith("#")]
    pins = {url: pin for pin, url in map(str.split, lines)}
    loaded = {}
    for url, entry in index.items():
        content = (CONTEXTS / entry["file"]).read_bytes()
        if hashlib.sha256(content).hexdigest() != pins.get(url):
            raise ValueError(f"The context {url} is not the one that was pinned.")
        loaded[url] = json.loads(content)
    return loaded


def _load(url: str, _options: Any = None) -> dict[str, Any]:
    if url in ONLY_OF_STRANGERS or url not in contexts():
        raise UnsafeTerm(f"The context {url} is not one we know.")
    return loaded(url, contexts()[url])


def loaded(url: str, document: Any) -> dict[str, Any]:
    """A context as PyLD wants it from its loader."""
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": document,
    }


def canonical(document: dict[str, Any]) -> bytes:
    """`document` as canonical N-Quads (RDF Dataset Canonicalization 1.0). Raises UnsafeTerm."""
    return canonical_quads(quads(document))


def quads(document: dict[str, Any], load: Loader | None = None) -> str:
    """`document` as N-Quads in any order. `load` knows other contexts than ours. Raises UnsafeTerm."""
    contexts()  # a broken set of contexts is our fault, not the document's
    options = {
        "format": "application/n-quads",
        "documentLoader": load or _load,
        "base": RELATIVE,
        "contextResolver": KnownContexts(load) if load else _resolver(),
    }
    try:
        made: str = SafeProcessor().to_rdf(document, options)
    except UnsafeTerm:
        raise
    except Exception as wrong:
        raise UnsafeTerm("The document cannot be read as JSON-LD.") from wrong
    return made


def canonical_quads(text: str) -> bytes:
    """N-Quads in canonical order, with canonical names of blank nodes (RDFC-1.0). Raises UnsafeTerm."""
    try:
        parsed = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS, lenient=True)
        dataset = pyoxigraph.Dataset(parsed)
    except Exception as wrong:  # half a surrogate pair is an AttributeError
        raise UnsafeTerm("The document cannot be read as JSON-LD.") from wrong
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


#: Of contexts inside contexts: (name of the context around it, which) -> (which, what both mean together). PyLD names a
#: context anew whenever it works one out, so no entry can be wrong; `which` is kept so that its id stays its own.
_MEANINGS: dict[tuple[str, int], tuple[Any, Any]] = {}
MOST_MEANINGS = 1000


class SafeProcessor(jsonld.JsonLdProcessor):
    """JSON-LD expansion that refuses to drop anything (what jsonld.js calls safe mode)."""

    def __init__(self) -> None:
        super().__init__(on_property_dropped=_refuse_dropped)

    def expand(self, document: Any, options: dict[str, Any]) -> Any:
        expanded = super().expand(document, options)
        _refuse_relative(expanded)
        return expanded

    def _process_context(self, active: Any, local: Any, options: Any, **how: Any) -> Any:
        """PyLD works out anew what a type's own context means at each node of that type; here once per place it stands in."""
        if how != {"propagate": False}:
            return super()._process_context(active, local, options, **how)
        place = (active["_uuid"], id(local))
        meaning = _MEANINGS.get(place)
        if meaning is None:
            if len(_MEANINGS) >= MOST_MEANINGS:
                _MEANINGS.clear()
            meaning = (local, super()._process_context(active, local, options, **how))
            _MEANINGS[place] = meaning
        return meaning[1]


def _refuse_dropped(term: str) -> None:
    raise UnsafeTerm(f"The term {term!r} is not defined by the contexts.")


class KnownContexts(ContextResolver):
    """PyLD knows a context inside a context again by serialising it each time; ours never change, so by identity."""

    def __init__(self, load: Loader) -> None:
        super().__init__({}, load)
        self.known: dict[int, tuple[Any, list[Any]]] = {}

    def resolve(self, active: Any, context: Any, base: Any, cycles: Any = None) -> list[Any]:
        if isinstance(context, str | list):
            resolved: list[Any] = super().resolve(active, context, base, cycles)
            return resolved
        loaded = self.known.get(id(context))
        if loaded is None:
            loaded = self.known[id(context)] = (
                context,
                super().resolve(active, context, base, cycles),
            )
        return loaded[1]


@cache
def _resolver() -> KnownContexts:
    return KnownContexts(_load)


def _refuse_relative(node: Any) -> None:
    if isinstance(node, list):
        for each in node:
            _refuse_relative(each)
    elif isinstance(node, dict):
        types = node.get("@type", [])
        names = [iri for iri in ([types] if isinstance(types, str) else types) if iri != "@json"]
        names += [node["@id"]] if "@id" in node else []
        if relative := [iri for iri in names if not is_absolute(iri)]:
            raise UnsafeTerm(f"{relative!r} are not absolute names.")
        for key, value in node.items():
            if not key.startswith("@") or key in ("@graph", "@list", "@set", "@included"):
                _refuse_relative(value)


def is_absolute(iri: Any) -> bool:
    """Whether this names something wherever it stands."""
    if not isinstance(iri, str) or iri.startswith(RELATIVE):
        return False
    return iri.startswith("_:") or (":" in iri and not NOT_IN_AN_IRI & set(iri))
