"""Every door of ours that takes a POST, pressed once and then many times at once: nothing breaks, and it has one effect.

Doors are found by the resolver, bodies by the forms of their
own pages.
"""

import json
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.isolation import forms
from tests.isolation.patterns import addresses, walk

pytestmark = [pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")]

AT_ONCE = 6
#: First part of the addresses; the rest of the desk is Wagtail's.
DESK = ("/redaktion/kurse/", "/redaktion/aktivitaeten/", "/redaktion/pruefung/")
#: Every click makes a key and shows it, once: two windows have two keys, and neither is anybody else's.
EACH_ITS_OWN = {"check_key"}
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
#: What an activity reports, and what a program asks.
REPORTED = {
    "statement": {
        "id": str(uuid.UUID(int=13)),
        "actor": {"mbox": "mailto:somebody@else.example"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
        "object": {"id": "http://evil.example/", "objectType": "Activity"},
        "result": {"score": {"raw": 1, "min": 0, "max": 1, "scaled": 1}, "completion": True},
    },
    "parts": None,
    "state": {"progress": 1},
    "after": 1,
}


def doors():
    return [pattern for pattern in walk() if _is_ours(pattern.text.replace("^", ""))]


def _is_ours(address):
    return address.startswith(DESK) or not address.startswith("/redaktion/")


def press(person, url, body, barrier=None):
    """One click of somebody in a browser of their own; all wait for each other. `body`: (type, content)."""
    kind, content = body
    client = Client(raise_request_exception=False)
    client.cookies["lernstadt"] = person
    if barrier:
        barrier.wait(30)
    try:
        return client.post(url, content, kind).status_code
    finally:
        if barrier:
            connection.close()


def press_many(person, url, body):
    barrier = Barrier(AT_ONCE)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        clicks = [pool.submit(press, person, url, body, barrier) for _ in range(AT_ONCE)]
        return [click.result() for click in clicks]


def effect(ledger):
    """How many rows of which tables are new, or gone or changed; and it never was, the click included (`config.once`)."""
    found = Counter((change.table, change.new) for change in ledger.changes())
    ledger.undo()
    cache.clear()
    return found


def bodies(person, url, town, everything):
    """What the door's own page would send, as it stands and changed, a body with everything we know, and a report."""
    client = Client(raise_request_exception=False)
    client.cookies["lernstadt"] = person
    page = client.get(url)
    is_page = page.status_code == 200 and page.headers["Content-Type"].startswith("text/html")
    html = page.content.decode() if is_page else ""
    page.close()
    own = [form for form in forms.forms_of(html) if form.method == "post" and not form.action]
    filled = [forms.filled(form, town.ids) for form in own]
    data = [urlencode(each, doseq=True) for each in (*filled, *map(changed, filled))]
    return [*((FORM, each) for each in (*data, everything)), (JSON, json.dumps(REPORTED))]


def changed(data):
    """The same form with another word in every field that has words."""
    return {
        name: [
            f"{v} x" if len(v) > 8 and not name.startswith("csrf") else v for v in map(str, values)
        ]
        for name, values in data.items()
    }


def test_many_clicks_are_one(place):
    town, ledger = place
    people = {}
    for role, person in {**town.callers, **town.inside}.items():
        client = Client()
        client.force_login(person)
        people[role] = client.cookies["lernstadt"].value
    ledger.begin()
    everything = urlencode(forms.everything(town.ids), doseq=True)
    broken, doubled, pressed = [], [], Counter()
    for pattern in doors():
        for role, person in people.items():
            [url] = addresses(pattern, town.ids, 1)
            asked = bodies(person, url, town, everything)
            effect(ledger)  # what looking at the page has changed: where they read
            for body in asked:
                press(person, url, body)
                once = effect(ledger)
                if not once:
                    continue  # not theirs, or nothing to do
                statuses = press_many(person, url, body)
                many = effect(ledger)
                pressed[pattern.name] += 1
                broken += [(pattern.name, role, s) for s in statuses if s >= 500][:1]
                if many != once and pattern.name not in EACH_ITS_OWN:
                    doubled.append((pattern.name, role, once, many))
    assert broken == []
    assert [(n, r, o - m, m - o) for n, r, o, m in doubled] == []
    assert {"enrol", "leave", "activity_state", "edit"} <= pressed.keys()
