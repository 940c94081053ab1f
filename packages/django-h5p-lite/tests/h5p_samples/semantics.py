"""Semantics of our own that use every field type and every quirk, contents for them, and random ones (hypothesis)."""

from typing import Any

from hypothesis import strategies as st

from h5p_lite.core.names import Name
from h5p_lite.core.semantics import Fields, parse_semantics

CARD, BOX = Name("Test.Card", 1, 0), Name("Test.Box", 1, 2)
ID = "0f8fad5b-d9cb-469f-a165-70867728950e"

ANSWERS: dict[str, Any] = {
    "name": "answers",
    "type": "list",
    "label": "Answers",
    "entity": "answer",
    "importance": "high",
    "min": 1,
    "max": 3,
    "defaultNum": 2,
    "field": {
        "name": "answer",
        "type": "group",
        "label": "Answer",
        "fields": [
            {"name": "text", "type": "text", "widget": "html", "label": "Text", "tags": ["strong"]},
            {"name": "correct", "type": "boolean", "label": "Correct", "importance": "low"},
            {
                "name": "feedback",
                "type": "group",
                "label": "Feedback",
                "optional": True,
                "fields": [{"name": "chosen", "type": "text", "label": "When chosen"}],
            },
        ],
    },
}
BEHAVIOUR: dict[str, Any] = {
    "name": "behaviour",
    "type": "group",
    "label": "Behaviour",
    "importance": "low",
    "optional": True,
    "fields": [
        {"name": "retry", "type": "boolean", "label": "Retry", "default": True},
        {"name": "steps", "type": "number", "label": "Steps", "min": 0, "max": "1", "step": 0.25},
        {
            "name": "kind",
            "type": "select",
            "label": "Kind",
            "default": "auto",
            "options": [
                {"value": "auto", "label": "Automatic"},
                {"label": "Without a value"},
                {"type": "optgroup", "label": "By hand", "options": [{"value": 2, "label": "Two"}]},
            ],
        },
        {
            "name": "hint",
            "type": "text",
            "label": "Hint",
            "optional": True,
            "widget": "showWhen",
            "showWhen": {"rules": [{"field": "kind", "equals": [2]}], "widget": "textarea"},
        },
    ],
}
MEDIA: dict[str, Any] = {
    "name": "media",
    "type": "group",
    "label": "Media",
    "fields": [
        {"name": "type", "type": "library", "label": "Type", "options": [str(CARD), "no name"]}
    ],
}
RAW: list[Any] = [
    {"name": "title", "type": "text", "label": "Title", "maxLength": 20, "description": "The <em>name</em>"},
    {
        "name": "question",
        "type": "text",
        "widget": "html",
        "label": "Question",
        "enterMode": "p",
        "tags": ["strong", "em", "ul", "a", "table", "script"],
        "font": {"color": [{"label": "Red", "css": "#f00"}], "size": True, "family": False},
        "important": {"description": "<ul><li>One</li><li>Two</li></ul>", "example": "One *two*"},
    },
    MEDIA,
    ANSWERS,
    BEHAVIOUR,
    {"name": "code", "type": "text", "label": "Code", "regexp": {"pattern": "^[a-z]+$", "modifiers": "i"}},
    {"name": "broken", "type": "text", "label": "Broken", "optional": True, "regexp": {"pattern": "("}},
    {"name": "colour", "type": "text", "label": "Colour", "widget": "colorSelector", "default": None},
    {"name": "tags", "type": "select", "label": "Tags", "multiple": True, "optional": True,
     "options": [{"value": "a", "label": "A"}, {"value": "b & c", "label": "B &amp; C"}, {"value": 1}]},
    {"name": "zones", "type": "select", "label": "Zones", "multiple": True, "optional": True},
    {"name": "picture", "type": "image", "label": "Picture", "optional": True, "extraAttributes": ["place"]},
    {"name": "sound", "type": "audio", "label": "Sound", "optional": True},
    {"name": "film", "type": "video", "label": "Film", "optional": True},
    {"name": "paper", "type": "file", "label": "Paper", "optional": True},
    {
        "name": "scene",
        "type": "group",
        "label": "Scene",
        "widget": "dragQuestion",
        "isSubContent": True,
        "optional": True,
        "fields": [{"name": "x", "type": "number", "label": "X", "widget": "none"}],
    },
    {"name": "parts", "type": "list", "label": "Parts", "optional": True,
     "field": {"name": "part", "type": "library", "label": "Part", "options": [{"name": str(BOX)}, str(CARD)]}},
    {"name": "secret", "type": "text", "label": "Secret", "widget": "none", "optional": True},
    {
        "name": "l10n",
        "type": "group",
        "label": "Texts",
        "common": True,
        "fields": [
            {"name": "check", "type": "text", "label": "Button", "default": "Check"},
            {"name": "again", "type": "text", "label": "Second", "default": "Again", "optional": True},
        ],
    },
    {"name": "odd", "type": "hologram", "label": "Odd"},
    {"name": "title", "type": "number", "label": "The same name again"},
    {"type": "text", "label": "No name"},
    {"name": "a/b~c", "type": "text", "optional": True},
    "not a field",
    {"name": "7", "type": "boolean", "optional": True},
]  # fmt: skip
GERMAN: dict[str, Any] = {
    "semantics": [
        {"label": "Titel", "description": "Der Name"},
        {"label": "Frage", "important": {"description": "So", "example": "Beispiel"}},
        {"label": "Medien", "fields": [{"label": "Art"}]},
        {"label": "Antworten", "entity": "Antwort", "field": {"label": "Antwort", "fields": [{"label": "Wortlaut"}]}},
        {
            "label": "Verhalten",
            "fields": [
                {},
                {"label": "Schritte", "default": "7"},
                {"options": [{"label": "Automatisch"}, {}, {"options": [{"label": "Zwei"}]}]},
            ],
        },
        *[{}] * 12,
        {"label": "Texte", "fields": [{"label": "Knopf", "default": "Überprüfen"}, "no object"]},
    ]
}  # fmt: skip
CARD_RAW = [
    {"name": "front", "type": "text", "label": "Front"},
    {"name": "back", "type": "text", "label": "Back", "tags": ["em"], "default": "<p>Back</p>"},
]
BOX_RAW = [
    {"name": "cards", "type": "list", "label": "Cards", "entity": "card",
     "field": {"name": "card", "type": "library", "label": "Card", "options": [str(CARD)]}},
]  # fmt: skip

FIELDS = parse_semantics(RAW)
INSTALLED = {CARD: parse_semantics(CARD_RAW), BOX: parse_semantics(BOX_RAW)}
TITLES = {CARD: "Karte", BOX: "Kasten"}


def libraries(name: Name) -> Fields | None:
    return INSTALLED.get(name)


def card(front: str) -> dict[str, Any]:
    return {"library": str(CARD), "params": {"front": front}, "subContentId": ID, "metadata": {"title": front}}  # fmt: skip


#: Everything filled in, clean as it is.
CONTENT: dict[str, Any] = {
    "title": "Tom &amp; Jerry",
    "question": '<p>Wer <strong>jagt</strong>?</p>\n<p style="text-align: center;">Und <span style="color:#f00;">wen</span>?</p>\n',
    "media": card("Katze"),
    "answers": [
        {"text": "<div>Tom</div>\n", "correct": True, "feedback": "Richtig"},
        {"text": "Jerry", "correct": False},
    ],
    "behaviour": {"retry": False, "steps": 0.5, "kind": 2, "hint": "Eine Zeile\nund noch eine"},
    "code": "abc",
    "colour": "#ff0000",
    "tags": [1, "a"],
    "zones": ["0", "1"],
    "picture": {
        "path": "images/cat.png",
        "mime": "image/png",
        "width": 640,
        "height": 480,
        "copyright": {"author": "Ada", "license": "CC BY"},
        "place": {"x": 1},
    },
    "sound": [{"path": "audios/meow.mp3", "mime": "audio/mpeg"}],
    "film": [{"path": "https://example.org/film.mp4", "mime": "video/mp4", "quality": {"level": 1, "label": "hoch"}}],
    "paper": {"path": "files/a.pdf", "mime": "application/pdf"},
    "scene": {"x": 12.5, "subContentId": ID},
    "parts": [card("Eins"), {"library": str(BOX), "params": {"cards": [card("Zwei")]}, "subContentId": ID}],
    "secret": "bleibt",
    "l10n": {"check": "Überprüfen", "again": ""},
    "a/b~c": "x",
    "7": True,
}  # fmt: skip
FILES = frozenset({"images/cat.png", "audios/meow.mp3", "files/a.pdf"})

# --- random ones ---------------------------------------------------------------------------------------------------

SIGNS = "aB1 *-.\n\r\t<>&\"'/;#äß\xa0\0\ufffd\ud800\U0001f600"
words = st.one_of(
    st.text(alphabet=SIGNS, max_size=12),
    st.sampled_from(["", "\n", "\r\nzwei", "<p>x</p>", "<p>a<br>b</p>\n\n<p>c</p>", "<ul><li>x</li></ul>", "- x\n- y"]),
    st.sampled_from(["&amp;", "&amp;amp;", "&lt;p&gt;", "#ff0000", "#FF0000", "3", "3,5", "<div>x</div>", "a < b", "&copy"]),
)  # fmt: skip
figures = st.one_of(st.integers(-5, 5), st.sampled_from([0.5, -0.0, 1.0, 2.25, 1e21, 2**60]))
leaves = st.one_of(st.none(), st.booleans(), figures, words, st.just(float("nan")))
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(["a", "b", "c/d", "~", "0", "", "ä ö", "x-y_z", "params"])
hidden = st.sampled_from(
    ["", "", "", "none", "html", "textarea", "colorSelector", "dragQuestion", 3]
)
options = st.lists(
    st.fixed_dictionaries({}, optional={"value": leaves, "label": words}), max_size=3
)
common = {
    "label": words, "optional": st.booleans(), "default": anything, "widget": hidden, "common": st.booleans(),
    "importance": st.sampled_from(["low", "high"]), "description": words,
    "showWhen": st.just({"rules": [{"field": "../a", "equals": [True, "x"]}]}),
}  # fmt: skip


def of_type(kind: str, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"name": names, "type": st.just(kind)}, optional=common | more)


limits = {"min": figures, "max": figures, "step": figures, "decimals": st.integers(0, 3)}
simple = st.one_of(
    of_type("text", maxLength=st.integers(0, 8), regexp=st.just({"pattern": "^[a-zA-Z<]*$"})),
    of_type("text", tags=st.lists(st.sampled_from(["strong", "ul", "ol", "a", "h2", "table"]), max_size=3),
            enterMode=st.sampled_from(["p", "div"]), maxLength=st.integers(0, 8)),
    of_type("number", **limits),
    of_type("boolean"),
    of_type("select", options=options, multiple=st.booleans()),
    of_type("library", options=st.lists(st.sampled_from([str(CARD), str(BOX), "x"]), max_size=3)),
    *(of_type(kind) for kind in ("image", "audio", "video", "file", "hologram")),
)  # fmt: skip
fields = st.recursive(
    simple,
    lambda inner: (
        of_type("group", fields=st.lists(inner, max_size=3), isSubContent=st.booleans())
        | of_type("list", field=inner, min=st.integers(0, 3), max=st.integers(0, 3))
    ),
    max_leaves=6,
)
semantics = st.lists(fields, max_size=4)


def values(field: Any) -> st.SearchStrategy[Any]:
    """Of the right shape, mostly; leaves are of any kind."""
    if field.flat:
        return values(field.fields[0])
    if field.type == "group":
        return contents(field.fields) | anything
    if field.type == "list" and field.field:
        return st.lists(values(field.field), max_size=3)
    if field.type == "library":
        return (
            st.sampled_from([card("x"), card("y") | {"params": []}, {"library": str(BOX)}, {}])
            | anything
        )
    if field.options:
        return st.sampled_from([option.value for option in field.options]) | anything
    return words | anything


def contents(fields: Fields) -> st.SearchStrategy[dict[str, Any]]:
    shaped = st.fixed_dictionaries({}, optional={field.name: values(field) for field in fields})
    more = st.dictionaries(st.sampled_from(["unknown", "subContentId"]), leaves, max_size=1)
    return st.builds(lambda one, other: other | one, shaped, more)


@st.composite
def libraries_with_content(draw) -> tuple[Fields, Any]:
    drawn = parse_semantics(draw(semantics))
    return drawn, draw(contents(drawn) | anything)
