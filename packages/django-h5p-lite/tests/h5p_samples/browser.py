"""What a browser sends of a page."""

import re
from html.parser import HTMLParser


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
        assert kind in {"text", "hidden", "color", "checkbox", "file"}
        if kind == "file":
            return
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
