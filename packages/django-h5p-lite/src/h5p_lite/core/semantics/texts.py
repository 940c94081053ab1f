"""Texts: plain ones are escaped, those with tags pass an allow-list (H5PContentValidator::validateText, core 1.28)."""

import html
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import nh3
import re2

from h5p_lite.core.semantics.fields import Field

ALWAYS = frozenset({"div", "span", "p", "br"})
IMPLIED = {
    "table": {
        "tr",
        "td",
        "th",
        "colgroup",
        "col",
        "thead",
        "tbody",
        "tfoot",
        "figure",
        "figcaption",
    },
    "b": {"strong"},
    "i": {"em"},
    "ul": {"li"},
    "ol": {"li"},
    "del": {"s"},
    "strike": {"s"},
}
#: What a library may ask for. Nothing that runs, loads a document, is a form, or changes how the rest is read.
HARMLESS = frozenset({
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center",
    "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main",
    "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u",
    "ul", "var", "wbr",
})  # fmt: skip
STYLED = frozenset(
    {"span", "p", "div", "h1", "h2", "h3", "table", "col", "figure", "td", "th", "li"}
)
ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "role", "title"},
    "a": {"href", "hreflang", "rel", "target"},
    "blockquote": {"cite"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "del": {"cite", "datetime"},
    "img": {"alt", "height", "src", "width"},
    "ins": {"cite", "datetime"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "table": {"align", "border", "cellpadding", "cellspacing", "summary", "width"},
    "td": {"align", "colspan", "headers", "rowspan", "scope", "valign", "width"},
    "th": {"abbr", "align", "colspan", "headers", "rowspan", "scope", "valign", "width"},
    "time": {"datetime"},
}
SCHEMES = {"ftp", "http", "https", "mailto"}

LENGTH = r"[0-9.]+(?:em|px|%)"
BARE = r"[0-9.]+(?:em|px|%|)"
COLOUR = r"(?:#[a-f0-9]{3}(?:[a-f0-9]{3})?|rgba?\([0-9, .]+\)|hsla?\([0-9,.% ]+\))"
LINE = r"(?:none|solid|dotted|dashed|double|groove|ridge|inset|outset)"
FONT = {
    "size": ("font-size", LENGTH),
    "family": ("font-family", r"[-a-z0-9,' ]+"),
    "color": ("color", COLOUR),
    "background": ("background-color", COLOUR),
    "spacing": ("letter-spacing", LENGTH),
    "height": ("line-height", BARE),
}
TABLE = {
    "border": rf"{BARE} *{LINE} *{COLOUR}",
    "border-style": LINE,
    "border-width": BARE,
    "border-color": COLOUR,
    "border-collapse": "collapse",
    "vertical-align": "(?:middle|top|bottom)",
    "padding": BARE,
    "width": BARE,
    "height": BARE,
    "float": "(?:right|left|none)",
    "background-color": COLOUR,
}

#: An ampersand that begins no character reference.
LONE_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
#: What neither PostgreSQL nor UTF-8 can keep.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
SPECIAL = re.compile("[<>&\r\xa0]")
ENDS_A_LINE = re.compile(
    r"</(?:p|div|li|h\d|tr|td|th|dt|dd|pre|blockquote)\s*>|<(?:br|hr)\s*/?>", re.IGNORECASE
)


#: Parsing takes time with the square of the depth: 20,000 levels are four seconds. No author needs so many.
DEEPEST = 150
#: A longer text with tags is not played; a million ampersands are half a minute.
LONGEST = 100_000
EDGE = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)


def too_deep(markup: str) -> bool:
    depth = 0
    for edge in EDGE.finditer(markup):
        if edge[2].lower() not in VOID:
            depth = max(depth - 1, 0) if edge[1] else depth + 1
        if depth > DEEPEST:
            return True
    return False


def storable(text: str) -> str:
    return UNSTORABLE.sub("", text)


def escaped(text: str) -> str:
    """As H5P keeps plain text; what is escaped already stays as it is."""
    return _without_brackets(LONE_AMPERSAND.sub("&amp;", storable(text)))


def written(text: str) -> str:
    """What somebody typed, as H5P keeps it; `html.unescape` turns it back."""
    return _without_brackets(storable(text).replace("&", "&amp;"))


def _without_brackets(text: str) -> str:
    for sign, reference in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#039;")):
        text = text.replace(sign, reference)
    return text


def words(markup: str) -> str:
    """What a reader sees of some HTML: for labels, summaries and lengths."""
    markup = markup[:LONGEST]
    if not SPECIAL.search(markup) or too_deep(markup):
        return markup.strip()
    text = html.unescape(nh3.clean(ENDS_A_LINE.sub(r"\g<0> ", storable(markup)), tags=set()))
    return re.sub(r"[ \t\xa0]+", " ", text).strip()


def allowed_tags(field: Field) -> frozenset[str]:
    tags = ALWAYS | (field.tags or frozenset())
    implied = (IMPLIED.get(tag, set()) for tag in tags)
    return HARMLESS & tags.union(*implied)


def clean_text(field: Field, text: str, *, optional: bool) -> str:
    """Never longer than allowed; empty when it does not look as it must. Cleaning twice changes nothing more."""
    cleaned = escaped(text) if field.tags is None else clean_markup(field, text)
    visible = html.unescape(cleaned) if field.tags is None else words(cleaned)
    if field.max_length is not None and len(visible) > field.max_length:
        visible = visible[: field.max_length]
        cleaned = written(visible) if field.tags is None else html.escape(visible, quote=False)
    if field.pattern and not (optional and not cleaned) and not fits(field, visible):
        return ""
    return cleaned


def clean_markup(field: Field, text: str) -> str:
    """Taking out a tag may let the rest be read differently; so it is read again until nothing changes."""
    text = storable(text)
    if len(text) > LONGEST:
        return ""
    if too_deep(text):
        text = html.escape(text, quote=False)
    for _ in range(20):
        before, text = text, _filtered(text, field) if SPECIAL.search(text) else text
        if text == before:
            return text if len(text) <= LONGEST else ""
    return ""  # pragma: no cover -- no text is known that needs more than three


StyleRules = tuple[re.Pattern[str], ...]


def _filtered(text: str, field: Field) -> str:
    tags, rules = allowed_tags(field), _style_rules(field.font, "table" in (field.tags or ()))
    attributes = {
        tag: ATTRIBUTES[tag] | {"style"} if tag in STYLED else ATTRIBUTES[tag] for tag in ATTRIBUTES
    }
    attributes |= {tag: {"style"} for tag in STYLED - attributes.keys()}
    return nh3.clean(
        text,
        tags=set(tags),
        attributes={tag: names for tag, names in attributes.items() if tag in tags or tag == "*"},
        attribute_filter=_attribute_filter(rules),
        generic_attribute_prefixes={"aria-"},
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _attribute_filter(rules: StyleRules) -> Callable[[str, str, str], str | None]:
    def keep(tag: str, name: str, value: str) -> str | None:
        return _styles(value, rules) if name == "style" else value

    return keep


def _styles(value: str, rules: StyleRules) -> str | None:
    declarations = (part.strip() for part in value.replace('"', "'").split(";"))
    allowed = [part for part in declarations if any(rule.fullmatch(part) for rule in rules)]
    return "".join(f"{part};" for part in allowed) or None


@cache
def _style_rules(font: frozenset[str], table: bool) -> StyleRules:
    allowed = [("text-align", "(?:center|left|right)")]  # for every text with tags
    allowed += [FONT[key] for key in sorted(font & FONT.keys())]
    allowed += TABLE.items() if table else []
    return tuple(re.compile(f"{name}: *{value}", re.IGNORECASE) for name, value in allowed)


def fits(field: Field, text: str) -> bool:
    """Does a text look as the field's pattern wants it? A pattern that is none, or too much, forbids nothing."""
    if not field.pattern:
        return True
    compiled = _compiled(field.pattern.source, field.pattern.modifiers)
    return compiled is None or compiled.search(storable(text)) is not None


#: A pattern is somebody else's program: RE2 needs time in proportion to the text, whatever the pattern is, and no more
#: memory than this (bytes). It knows no look-around and no back references; a browser tries those.
PATTERN_MEMORY = 1 << 20
COUNTS = re.compile(r"\{\d{4}|,\d{4}")  # RE2 takes what is too much for it as letters
CODE_UNIT = re.compile(r"\\u([0-9a-fA-F]{4})")


@lru_cache(maxsize=512)
def _compiled(source: str, modifiers: str) -> Any:
    """RE2's pattern, or None."""
    flags = "".join(sorted(set(modifiers) & set("ims")))
    options = re2.Options()
    options.max_mem, options.log_errors = PATTERN_MEMORY, False
    if COUNTS.search(source):
        return None
    written = CODE_UNIT.sub(r"\\x{\1}", storable(source))
    try:
        return re2.compile(f"(?{flags}){written}" if flags else written, options)
    except re2.error:
        return None
