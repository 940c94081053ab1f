"""What a page asks for: its own forms as the browser would send them, and what else can be asked or sent about B."""

from html.parser import HTMLParser
from typing import Any, NamedTuple

from tests.isolation.canaries import PREFIX
from tests.isolation.city import Ids
from tests.isolation.patterns import KINDS

Data = dict[str, Any]


class Form(NamedTuple):
    method: str
    action: str
    fields: dict[str, list[str]]


class Reader(HTMLParser):
    """The forms of a page with what is filled in already."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("method", "get").lower(), given.get("action", ""), {}))
        elif self.forms and tag in ("input", "textarea"):
            self._field(given)
        elif self.forms and tag == "button" and "name" in given:  # one of them is pressed
            self.forms[-1].fields.setdefault(given["name"], [given.get("value", "")])
        elif self.forms and tag == "select":
            self.select = given.get("name", "")
        elif self.forms and tag == "option" and self.select:
            fields = self.forms[-1].fields
            if "selected" in given or self.select not in fields:
                fields[self.select] = [given.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""

    def _field(self, given: dict[str, str]) -> None:
        name, kind = given.get("name"), given.get("type", "text")
        if not name or kind == "file":
            return
        if kind in ("checkbox", "radio") and "checked" not in given:
            self.forms[-1].fields.setdefault(name, [])
            return
        self.forms[-1].fields.setdefault(name, []).append(given.get("value", ""))


def forms_of(html: str) -> list[Form]:
    reader = Reader()
    reader.feed(html)
    return reader.forms


def filled(form: Form, ids: Ids) -> Data:
    """The form as it stands; names that mean a thing get B's, empty fields a word, boxes are ticked."""
    return {
        name: about(name, ids) or [value or "x" for value in values] or ["on"]
        for name, values in form.fields.items()
    }


def about(name: str, ids: Ids) -> list[Any]:
    """B's ids for a field called `name`; nothing when the name says nothing about a thing."""
    plain = name.rpartition("-")[2].removesuffix("s")
    kind = KINDS.get(plain) or KINDS.get(f"{plain}_id") or ALSO.get(plain, "")
    return list(ids.get(kind, [])) if kind else []


#: Further names of fields and filters -> kind.
ALSO = {
    "parent": "page",
    "parent_page": "page",
    "new_parent_page": "page",
    "new_parent_page_id": "page",
    "chooser": "page",
    "root_page": "page",
    "child_of": "page",
    "descendant_of": "page",
    "group": "group",
    "member": "person",
    "user": "person",
    "owner": "person",
    "learner": "learner",
    "collection": "collection",
    "site": "site",
    "locale": "locale",
    "image": "image",
    "document": "document",
    "workflow": "workflow",
    "task": "task",
    "content_type": "content_type",
    "kurs": "course",
    "anbieter": "slug",
}


def questions(ids: Ids) -> list[str]:
    """Query strings that Wagtail's lists, choosers, exports and bulk actions and our own pages understand."""
    pages, people = ids["page"], ids["person"]
    image, document = ids["image"][0], ids["document"][0]
    several = "&".join(f"id={page}" for page in pages)
    return [
        f"q={PREFIX}&term={PREFIX}&search={PREFIX}",
        f"multiple=1&{several}",
        "export=csv&results_per_page=100",
        f"child_of={pages[0]}&for_explorer=1&fields=*",
        f"user={people[0]}",
        f"id={image}",
        f"chosen=&p=1&q={PREFIX}",
        f"collection_id={ids['collection'][0]}",
        f"type=courses.coursepage&search={PREFIX}",
        "export=xlsx",
        several,
        f"id={document}",
        f"id={people[0]}",
        f"multiple=1&id={image}",
        f"multiple=1&id={document}",
        f"fields=*&search={PREFIX}",
        "show_draft=1&search_type=&object_type=&ordering=-latest_revision_created_at",
        "page_type=courses.coursepage&link_text=x&prefer_this_title_as_link_text=on",
        "next=/redaktion/&childOnly=1",
        f"anbieter={ids['slug'][0]}&seite=1",
    ]


def everything(ids: Ids) -> Data:
    """One body for every address: all names we know, each meaning something of B's; the rest confirms and names."""
    data = {name: about(name, ids) for name in (*KINDS, *ALSO)}
    data |= {f"{name}s": found for name, found in data.items()}
    data |= {
        "provider": ids["provider"],
        "id": [*ids["page"], *ids["image"], *ids["document"], *ids["person"]],
    }
    data |= {name: ["x"] for name in ("title", "slug", "name", "new_title", "tags", "query", "q")}
    data |= {name: ["on"] for name in CONFIRM}
    data |= {f"{part}-{name}": ["0"] for part in FORMSETS for name in TOTALS}
    data |= {
        "new_slug": ["x-neu"],
        "next": ["/redaktion/"],
        "action": ["approve"],
        "position": ["0"],
    }
    data |= {"do": ["save"], "stand": ["1"], "shows": ["initials"]}
    data |= {"email": ["x@example.org"], "restriction_type": ["none"], "body": ["null"]}
    return {name: values for name, values in data.items() if values}


CONFIRM = (
    "confirm",
    "sure",
    "delete",
    "is_superuser",
    "is_active",
    "include_descendants",
    "include_subtree",
    "copy_subpages",
    "publish_copies",
    "action-publish",
    "cascade",
)
FORMSETS = ("comments", "pages", "workflow_tasks", "page_permissions", "form")
TOTALS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
