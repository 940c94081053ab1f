"""What a document may look like before anybody spends time on it.

Canonicalising can take for ever: some graphs of nameless nodes are made for that. Ours are small trees, so whatever is
no small tree is refused unread.
"""

from typing import Any

from certificates.openbadges.canonical import UnsafeTerm

DEPTH = 10
LONGEST_LIST = 200
NAMELESS_LIST = 4  # nameless nodes side by side, below a node that has no name either
LONGEST_TEXT = 20_000


def refuse_tangles(document: Any) -> None:
    """Raises UnsafeTerm for whatever no credential of this project looks like."""
    if not isinstance(document, dict):
        raise UnsafeTerm("This is not a document.")
    body = {name: value for name, value in document.items() if name != "@context"}
    _refuse(body, DEPTH, named=True)


def _refuse(node: Any, depth: int, *, named: bool) -> None:
    if depth == 0:
        raise UnsafeTerm("The document is too deep.")
    if isinstance(node, dict):
        if any(key.startswith("@") for key in node):
            raise UnsafeTerm("Keywords of JSON-LD are not expected here.")
        is_named = named if depth == DEPTH else bool(node.get("id"))
        for value in node.values():
            _refuse(value, depth - 1, named=is_named)
    elif isinstance(node, list):
        _refuse_list(node, named=named)
        for each in node:
            _refuse(each, depth - 1, named=named)
    elif isinstance(node, str) and (len(node) > LONGEST_TEXT or node.startswith("_:")):
        raise UnsafeTerm("A value is too long, or the name of a nameless node.")


def _refuse_list(node: list[Any], *, named: bool) -> None:
    nameless = sum(isinstance(each, dict) and not each.get("id") for each in node)
    if len(node) > LONGEST_LIST or (not named and nameless > NAMELESS_LIST):
        raise UnsafeTerm("A list is too long.")
