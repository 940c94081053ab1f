"""What H5P keeps about the rights of a file and of sub-content, as semantics of its own (core 1.28)."""

from h5p_lite.core.semantics.parsing import parse_semantics

LICENCES = [
    *("U", "CC BY", "CC BY-SA", "CC BY-ND", "CC BY-NC", "CC BY-NC-SA", "CC BY-NC-ND"),
    *("CC0 1.0", "CC PDM", "GNU GPL", "PD", "ODC PDDL", "C"),
]
LICENCE = {"name": "license", "type": "select", "options": [{"value": code} for code in LICENCES]}


def _text(name: str, most: int | None = None) -> dict[str, object]:
    field: dict[str, object] = {"name": name, "type": "text", "optional": True}
    return field if most is None else field | {"maxLength": most}


def _year(name: str) -> dict[str, object]:
    return {"name": name, "type": "number", "optional": True, "min": -9999, "max": 9999}


def _list(name: str, *keys: str) -> dict[str, object]:
    item = {"name": "item", "type": "group", "fields": [_text(key) for key in keys]}
    return {"name": name, "type": "list", "optional": True, "field": item}


#: Beside a file: `copyright`.
COPYRIGHT = parse_semantics(
    [
        *(_text(name) for name in ("title", "author", "year")),
        _text("source") | {"regexp": {"pattern": "^https?://.+", "modifiers": "i"}},
        LICENCE,
        _text("version"),
    ]
)
#: Beside sub-content: `metadata`.
METADATA = parse_semantics(
    [
        _text("title", 255),
        _text("a11yTitle", 255),
        *(_text(name) for name in ("extraTitle", "source", "licenseVersion", "licenseExtras")),
        LICENCE,
        _year("yearFrom"),
        _year("yearTo"),
        _list("authors", "name", "role"),
        _list("changes", "date", "author", "log"),
        *(_text(name) for name in ("authorComments", "contentType", "defaultLanguage")),
    ]
)
