"""Anyone who hears a page knows what a choice belongs to: choices of one name stand in a group with a name (WCAG 1.3.1)."""

from html.parser import HTMLParser

from tests.house.doors import DOORS
from tests.house.test_doors import furnished, house

__all__ = ["furnished", "house"]  # fixtures

CHOICES = ("radio", "checkbox")


class Groups(HTMLParser):
    """(name, named group or not) of every radio button and checkbox."""

    def __init__(self):
        super().__init__()
        self.open, self.found = [], []

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "fieldset" or said.get("role") in ("group", "radiogroup"):
            named = "aria-labelledby" in said or "aria-label" in said
            self.open.append([tag, named])
        elif tag == "legend" and self.open:
            self.open[-1][1] = True
        elif self.open and tag == self.open[-1][0] != "fieldset":
            self.open.append([tag, None])
        if tag == "input" and said.get("type") in CHOICES and said.get("name"):
            self.found.append((said["name"], any(named for _tag, named in self.open)))

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.open.pop()


def lonely(page):
    groups = Groups()
    groups.feed(page)
    names = [name for name, _named in groups.found]
    return sorted({name for name, named in groups.found if not named and names.count(name) > 1})


def test_a_group_without_a_name_is_noticed():
    two = '<input type="radio" name="a"><input type="radio" name="a">'
    assert lonely(two) == ["a"]
    assert lonely(f"<fieldset>{two}</fieldset>") == ["a"]
    assert lonely(f"<fieldset><legend>A</legend>{two}</fieldset>") == []
    assert lonely(f'<div role="group" aria-label="A"><div></div>{two}</div>') == []
    assert lonely('<input type="checkbox" name="a">') == []


def test_every_group_of_choices_has_a_name(client, house):
    found = {}
    for who in ("visitor", "learner", "owner", "admin"):
        client.logout()
        if person := house.people[who]:
            client.force_login(person)
        for door in DOORS:
            if door.startswith(("wagtail", "redaktion")):
                continue
            answer = client.get(house.address(door))
            for close in answer._resource_closers:
                close()
            if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
                found |= {door: names} if (names := lonely(answer.content.decode())) else {}
    assert {door: names for door, names in found.items() if "wagtail" not in door} == {}
