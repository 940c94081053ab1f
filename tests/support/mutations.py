"""Ways to tamper with a credential, each of which must be noticed by anyone who checks it."""

import copy
import random
from collections.abc import Iterator
from itertools import cycle
from typing import Any

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
Path = tuple[str | int, ...]


def mutations(
    credential: dict[str, Any], dice: random.Random, *, count: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """`count` different tampered copies with a word for what was done to each. Some ways are exhausted early."""
    seen = {repr(credential)}
    for way in cycle([_letter, _removed, _added, _swapped, _emptied, _proof]):
        mutated = copy.deepcopy(credential)
        what = way(mutated, dice)
        if repr(mutated) in seen:
            continue
        seen.add(repr(mutated))
        yield f"{way.__name__} {what}", mutated
        if len(seen) > count:
            return


def _places(node: Any, path: Path = ()) -> Iterator[Path]:
    """Every value, from the outside in."""
    for key in node if isinstance(node, dict) else range(len(node)):
        yield (*path, key)
        if isinstance(node[key], dict | list):
            yield from _places(node[key], (*path, key))


def _at(document: Any, path: Path) -> Any:
    for step in path[:-1]:
        document = document[step]
    return document


def _pick(document: Any, dice: random.Random, kind: type | tuple[type, ...]) -> Path:
    found = [path for path in _places(document) if isinstance(_at(document, path)[path[-1]], kind)]
    return dice.choice(found)


def _letter(document: Any, dice: random.Random) -> Path:
    """One letter of one text is another one."""
    path = _pick(document, dice, str)
    text = _at(document, path)[path[-1]]
    n = dice.randrange(max(1, len(text)))
    other = dice.choice([letter for letter in LETTERS if letter != text[n : n + 1]])
    _at(document, path)[path[-1]] = text[:n] + other + text[n + 1 :]
    return path


def _removed(document: Any, dice: random.Random) -> Path:
    path = dice.choice(list(_places(document)))
    place = _at(document, path)
    del place[path[-1]]
    return path


def _added(document: Any, dice: random.Random) -> Path:
    """A word more, known to the contexts or not."""
    path = _pick(document, dice, dict)
    words = ["name", "description", "image", "validUntil", "unknown", "@type", "sub", "version"]
    place = _at(document, path)[path[-1]]
    free = [word for word in words if word not in place]
    place[dice.choice(free)] = f"https://example.org/{dice.randrange(10**6)}"
    return path


def _swapped(document: Any, dice: random.Random) -> str:
    """Two texts change places."""
    one, two = (_pick(document, dice, str) for _ in range(2))
    a, b = _at(document, one), _at(document, two)
    a[one[-1]], b[two[-1]] = b[two[-1]], a[one[-1]]
    return f"{one} {two}"


def _emptied(document: Any, dice: random.Random) -> Path:
    path = dice.choice(list(_places(document)))
    _at(document, path)[path[-1]] = dice.choice(["", [], {}, None, 0, True])
    return path


def _proof(document: Any, dice: random.Random) -> str:
    """The proof itself: another key, purpose, suite, time, value."""
    proof = document["proof"]
    word = dice.choice(list(proof))
    proof[word] = dice.choice([str(proof[word])[::-1], str(proof[word]) + dice.choice(LETTERS)])
    return word
