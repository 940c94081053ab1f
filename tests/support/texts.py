"""Every text of the product that is to be translated, as it stands in the code and in the templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

#: Function -> how many of its first arguments are texts, and whether the first one is a context.
SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CALL = re.compile(r"\b(_|gettext|pgettext|ngettext)\s*\(")


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """(context or "", text) of each; of a plural the singular, by which gettext finds both."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        for match in CALL.finditer(code := templatize(source)):
            yield from _texts(ast.parse(_call(code[match.start() :]), mode="eval"))
    else:
        yield from _texts(ast.parse(source))


def _call(code: str) -> str:
    """The shortest beginning of `code` that is an expression: up to the bracket that closes the call."""
    for end in (match.end() for match in re.finditer(r"\)", code)):
        try:
            ast.parse(code[:end], mode="eval")
        except SyntaxError:
            continue
        return code[:end]
    raise AssertionError(code[:80])


def _texts(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        words = [
            arg.value
            for arg in call.args
            if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if name in CONTEXT and len(words) > 1:
            yield words[0], words[1]
        elif name in SINGLE | PLURAL and words:
            yield "", words[0]
