"""A form as a page, and what a browser sends of it."""

import re
from html.parser import HTMLParser

from django.template.loader import render_to_string

from h5p_lite.core.semantics import form_for, read_form
from h5p_samples.semantics import ID, TITLES, libraries


class Browser(HTMLParser):
    """The successful controls of a page, as a browser would send them (HTML, 4.10.21)."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.sent = {}
        self.ids = []
        self.area = self.select = None
        self.feed(page)
        self.close()

    def send(self, name, value):
        self.sent.setdefault(name, []).append(re.sub(r"\r\n|\r|\n", "\r\n", value))

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        if tag == "input":
            self.input(found["name"], found["type"], found.get("value", ""), "checked" in found)
        elif tag == "textarea":
            self.area = (found["name"], [])
        elif tag == "select":
            self.select = (found["name"], [])
        elif tag == "option":
            self.select[1].append((found["value"], "selected" in found))

    def input(self, name, kind, value, checked):
        assert kind in {"text", "hidden", "color", "checkbox"}
        if kind == "text":
            value = re.sub(r"[\r\n]", "", value)
        if kind == "color":
            value = value.lower() if re.fullmatch("#[0-9a-fA-F]{6}", value) else "#000000"
        if kind != "checkbox" or checked:
            self.send(name, value)

    def handle_data(self, data):
        if self.area:
            self.area[1].append(data)

    def handle_endtag(self, tag):
        if tag == "textarea":
            name, parts = self.area
            self.send(name, "".join(parts).removeprefix("\n"))
            self.area = None
        elif tag == "select":
            name, options = self.select
            chosen = [value for value, selected in options if selected] or [options[0][0]]
            self.send(name, chosen[-1])
            self.select = None


def render(fields, params, **more):
    form = form_for(fields, params, titles=TITLES, libraries=libraries, **more)
    page = render_to_string("h5p/form/form.html", {"rows": form.rows, "failed": form.failed})
    page.encode()
    return page


def posted(fields, params, **changes):
    """What is sent from the page after these changes; None leaves a control out (an empty box)."""
    sent = Browser(render(fields, params)).sent
    for name, value in changes.items():
        if value is None:
            del sent[name]
        else:
            assert name in sent or name.startswith("v/")
            sent[name] = value if isinstance(value, list) else [value]
    return sent


def changed(fields, params, **changes):
    return read_form(fields, posted(fields, params, **changes), params, libraries=libraries, new_id=lambda: ID)  # fmt: skip


def exact(one):
    """Tells True from 1 and 1.0, and NaN is itself; the order of keys counts too."""
    return repr(one)


def rows(fields, params, **more):
    found = {}

    def note(row):
        found[row.place] = row
        for inner in row.rows:
            note(inner)

    for row in form_for(fields, params, titles=TITLES, libraries=libraries, **more).rows:
        note(row)
    return found
