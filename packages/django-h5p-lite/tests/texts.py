"""Every text of this app that can be translated, read from its modules and templates."""

import ast
import re
from pathlib import Path

from django.utils.translation.template import templatize

APP = Path(__file__).resolve().parent.parent / "src" / "h5p_lite"
WORDS = {"_", "_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
TEXT = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALLED = re.compile(rf"\bn?gettext\({TEXT}(?:,\s*{TEXT})?")
CALLED_IN_CONTEXT = re.compile(rf"\bpgettext\({TEXT},\s*{TEXT}")


def of_modules():
    for path in sorted(APP.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if called in WORDS | IN_CONTEXT:
                yield (ast.literal_eval(node.args[called in IN_CONTEXT]), None)


def of_templates():
    for path in sorted((APP / "templates").rglob("*.html")):
        said = re.sub(r"(?<![\w])_\(", "gettext(", templatize(path.read_text("utf-8")))
        for one, many in CALLED.findall(said):
            yield (ast.literal_eval(one), ast.literal_eval(many) if many else None)
        for _context, one in CALLED_IN_CONTEXT.findall(said):
            yield (ast.literal_eval(one), None)


def all_texts():
    return dict.fromkeys([*of_modules(), *of_templates()])
