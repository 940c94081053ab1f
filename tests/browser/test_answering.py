"""Everybody x every kind of task x with and without script x open and closed steps; and what is said when it is refused."""

import json
import os
import re
import uuid
from functools import partial
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import expect

from tests.browser.chromium import until
from tests.browser.kinds import PEOPLE, WAYS
from tests.browser.letters import ask_for_account, prove
from tests.support.databases import at

ENROLLED = ("learner", "finished")
DONE = re.compile("Dieser Schritt ist erledigt|Sie haben den Kurs geschafft")
STORED = re.compile("jetzt gespeichert")
VERB = "http://adlnet.gov/expapi/verbs/completed"
#: What an activity tells the page around it; it is graded by the server.
TELLS = """said => parent.postMessage({ h5p: "statement", final: true, data: "",
  statement: JSON.stringify(said) }, "*")"""
SAVES = """() => parent.postMessage({ h5p: "state", state: "{}" }, "*")"""


@pytest.fixture(scope="module")
def world(city):
    code = "from tests.browser.kinds import furnish; furnish()"
    return json.loads(city.manage("shell", "-v0", "-c", code).strip().splitlines()[-1])


class Person:
    """Somebody before the steps of the course, in a browser of their own."""

    def __init__(self, city, world, chromium, who, way):
        self.city, self.world, self.way = city, world, way
        self.scripts_come = way == "script"
        self.context = chromium.new_context(java_script_enabled=way == "script", locale="de-DE")
        self.page = self.context.new_page()
        if who != "visitor":
            self.session = world["sessions"][f"{who} {way}"]
            cookie = {"name": "lernstadt", "value": self.session, "url": city.url}
            self.context.add_cookies([cookie])

    def path(self, slug):
        return f"/lernen/{self.world['address']}/{slug}/"

    def go_to(self, slug):
        self.page.goto(self.city.url + self.path(slug))

    def section(self, item):
        return self.page.locator(f"#b-{item}")

    def answer(self, kind, item):
        section = self.section(item)
        ANSWERS[kind](section, self.way)
        if kind == "h5p":
            return
        send = section.get_by_role("button", name=re.compile("Antwort prüfen|gelesen"))
        if self.scripts_come:
            send.focus()  # htmx is fetched when somebody comes near a form
            until(self.page, "Boolean(window.htmx)")
        send.click()


def choose(section, _way):
    section.get_by_label("Ein langer Satz").check()


def agree(section, _way):
    section.get_by_label("Das stimmt", exact=True).check()


def fill(section, _way):
    section.locator('[name="gap-1"]').fill("Wort")


def order(section, way):
    row = section.locator("li").filter(has_text="Erstens")
    if way == "none":
        row.locator("select").select_option("1")
        section.locator("li").filter(has_text="Zweitens").locator("select").select_option("2")
        return
    up = row.get_by_role("button", name="Nach oben: Erstens")
    expect(up).to_be_visible()
    if up.is_enabled():
        up.click()


def play(section, _way):
    section.get_by_role("button", name="Aktivität öffnen").click()
    section.locator("iframe").wait_for()
    frame = section.locator("iframe").element_handle().content_frame()
    frame.wait_for_load_state()
    frame.evaluate(SAVES)
    result = {"response": "0[,]2", "completion": True}
    said = {"verb": {"id": VERB}, "object": {"id": "http://x/"}, "result": result}
    frame.evaluate(TELLS, said)


def match(section, _way):
    section.get_by_label("Hund").select_option(label="bellt")
    section.get_by_label("Katze").select_option(label="miaut")


ANSWERS = {
    "single_choice": choose,
    "multiple_choice": choose,
    "true_false": agree,
    "gap_text": fill,
    "ordering": order,
    "matching": match,
    "h5p": play,
    "read": lambda *_: None,
}


@pytest.fixture
def somebody(city, world, chromium):
    opened = []

    def come(who, way):
        opened.append(Person(city, world, chromium, who, way))
        return opened[-1]

    yield come
    for person in opened:
        person.context.close()


def stored(city, table, session):
    """As the owner of the database counts."""
    name = urlsplit(city.env["DATABASE_URL"]).path.lstrip("/")
    count = f"SELECT count(*) FROM {table} t JOIN accounts_session s ON s.account_id = t.learner_id WHERE s.session_key = %s"  # noqa: S608 -- our own names
    with psycopg.connect(at(os.environ["DATABASE_ADMIN_URL"], name)) as admin:
        return admin.execute(count, [session]).fetchone()[0]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", ["visitor", *PEOPLE])
def test_every_answer_counts_or_says_in_its_place_what_to_do(city, world, somebody, who, way):
    person = somebody(who, way)
    counted = 0
    for number, (slug, kinds) in enumerate(world["steps"].items()):
        person.go_to(slug)
        if number > 1 and who not in ENROLLED:
            is_led_to_the_way_in(person, slug, who)
            continue
        for kind, item in kinds.items():
            if kind == "h5p" and way == "none":
                plain = "Für diese Aktivität braucht Ihr Browser JavaScript."
                expect(person.section(item)).to_contain_text(plain)
                continue
            person.answer(kind, item)
            expect(person.section(item).locator(".ls-done")).to_be_visible()
            is_said_in_its_place(person, item, enrolled=who in ENROLLED)
            counted += 1
        person.go_to(slug)  # from the database, or from their browser
        for kind, item in kinds.items():
            done = 0 if kind == "h5p" and way == "none" else 1
            expect(person.section(item).locator(".ls-done")).to_have_count(done)
        if "h5p" not in kinds or way == "script":
            expect(person.page.locator("#stand")).to_contain_text(DONE)
    if who != "visitor":
        enrolled = who in ENROLLED
        assert stored(city, "learning_attempt", person.session) == counted * enrolled
        played = 2 * (way == "script")
        assert stored(city, "learning_contentstate", person.session) == played * enrolled


def is_said_in_its_place(person, item, *, enrolled):
    unsaved = person.section(item).locator("[data-unsaved] a")
    if enrolled:
        expect(unsaved).to_have_count(0)
        return
    expect(unsaved).to_have_attribute("href", "#angebot")
    expect(person.page.locator("#angebot")).to_contain_text("Möchten Sie Ihren Lernstand behalten?")
    expect(person.section(item)).to_contain_text("Diese Antwort bleibt vorerst in diesem Browser.")


def is_led_to_the_way_in(person, slug, who):
    page = person.page
    title = "Bitte anmelden" if who == "visitor" else "Zum Kurs anmelden"
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text("Geheim.")).to_have_count(0)
    if who == "visitor":
        link = page.get_by_role("link", name="Ich habe schon ein Konto")
        expect(link).to_have_attribute("href", f"/konto/anmelden/?next={person.path(slug)}")
    else:
        expect(page.locator("main [name=schritt]")).to_have_attribute("value", slug)


@pytest.mark.parametrize("way", WAYS)
def test_a_visitor_answers_makes_an_account_and_keeps_her_answers(city, world, somebody, way):
    person = somebody("visitor", way)
    page = person.page
    slug, kinds = next(iter(world["steps"].items()))
    person.go_to(slug)
    for kind in ("single_choice", "gap_text"):
        person.answer(kind, kinds[kind])
        expect(person.section(kinds[kind]).locator(".ls-done")).to_be_visible()
    expect(page.locator("#angebot")).to_contain_text("Ihre 2 Antworten nehmen Sie")
    page.locator("#angebot").get_by_role("link", name="Konto anlegen").click()
    expect(page.get_by_text("Ihre Antworten kommen mit in Ihr Konto.")).to_be_visible()
    address = f"neu-{way}-{uuid.uuid4().hex[:8]}@lernende.example"
    ask_for_account(page, address)
    prove(page, city, address)
    expect(page.get_by_text("Ihre 2 Antworten sind jetzt gespeichert.")).to_be_visible()
    expect(page.locator("[data-kept]")).to_be_hidden()
    for kind in ("single_choice", "gap_text"):
        expect(person.section(kinds[kind]).locator(".ls-done")).to_be_visible()
    expect(page.locator("#angebot")).to_have_count(0)
    cookies = {cookie["name"]: cookie["value"] for cookie in person.context.cookies()}
    assert "antworten" not in cookies
    assert stored(city, "learning_attempt", cookies["lernstadt"]) == 2
    person.go_to(slug)
    expect(page).to_have_url(city.url + person.path(slug))
    expect(page.locator("[data-kept]")).to_be_hidden()


def test_what_was_answered_before_the_script_came_and_after_goes_into_the_account(
    city, world, somebody
):
    """On a slow network the first answer is sent by the form and lies in the cookie, the second lies in the tab."""
    person = somebody("visitor", "script")
    page = person.page
    slug, kinds = next(iter(world["steps"].items()))
    page.route("**/*.js", lambda route: route.abort())
    person.scripts_come = False
    person.go_to(slug)
    person.answer("single_choice", kinds["single_choice"])
    page.unroute("**/*.js")
    person.scripts_come = True
    person.go_to(slug)
    person.answer("gap_text", kinds["gap_text"])
    for kind in ("single_choice", "gap_text"):
        expect(person.section(kinds[kind]).locator(".ls-done")).to_be_visible()
    page.locator("#angebot").get_by_role("link", name="Konto anlegen").click()
    address = f"neu-spaet-{uuid.uuid4().hex[:8]}@lernende.example"
    ask_for_account(page, address)
    prove(page, city, address)
    expect(page.get_by_text(STORED)).to_be_visible()
    expect(page.locator("[data-kept]")).to_be_hidden()
    for kind in ("single_choice", "gap_text"):
        expect(person.section(kinds[kind]).locator(".ls-done")).to_be_visible()
    session = {c["name"]: c["value"] for c in person.context.cookies()}["lernstadt"]
    assert stored(city, "learning_attempt", session) == 2


def test_a_touch_is_not_missed_while_kept_answers_are_still_on_their_way(world, somebody):
    person = somebody("visitor", "script")
    page = person.page
    (first, kinds), (second, more) = list(world["steps"].items())[:2]
    person.go_to(first)
    person.answer("single_choice", kinds["single_choice"])
    expect(person.section(kinds["single_choice"]).locator(".ls-done")).to_be_visible()
    waiting = []
    page.route(re.compile(r"/js/answers[^/]*\.js"), lambda route: waiting.append(route))
    person.go_to(second)
    send = person.section(more["read"]).get_by_role("button", name=re.compile("gelesen"))
    send.focus()
    until(page, lambda: bool(waiting))
    for route in waiting:
        route.continue_()
    until(page, "Boolean(window.htmx)")


def test_what_is_typed_while_kept_answers_are_on_their_way_stays_and_has_the_focus(world, somebody):
    person = somebody("visitor", "script")
    page = person.page
    slug, kinds = next(iter(world["steps"].items()))
    person.go_to(slug)
    person.answer("single_choice", kinds["single_choice"])
    expect(person.section(kinds["single_choice"]).locator(".ls-done")).to_be_visible()
    waiting = []
    page.route(re.compile(r"/js/answers[^/]*\.js"), lambda route: waiting.append(route))
    person.go_to(slug)
    page.evaluate("document.querySelector('article').dataset.former = ''")
    gap = person.section(kinds["gap_text"]).locator('[name="gap-1"]')
    gap.press_sequentially("Wo")
    until(page, lambda: bool(waiting))
    for route in waiting:
        route.continue_()
    expect(page.locator("article[data-former]")).to_have_count(0)
    expect(gap).to_be_focused()
    page.keyboard.type("rt")
    expect(gap).to_have_value("Wort")


@pytest.mark.parametrize("way", WAYS)
def test_before_she_signs_in_what_somebody_else_has_answered_can_be_refused(world, somebody, way):
    person = somebody("visitor", way)
    page = person.page
    slug, kinds = next(iter(world["steps"].items()))
    person.go_to(slug)
    person.answer("single_choice", kinds["single_choice"])
    expect(person.section(kinds["single_choice"]).locator(".ls-done")).to_be_visible()
    page.locator("#angebot").get_by_role("link", name="Ich habe schon ein Konto").click()
    page.get_by_role("button", name="Nicht mitnehmen, vergessen").click()
    expect(page.get_by_text("Ihre Antworten kommen mit in Ihr Konto.")).to_be_hidden()
    expect(page.get_by_role("heading", name="Anmelden", exact=True)).to_be_visible()
    person.go_to(slug)
    expect(person.section(kinds["single_choice"]).locator(".ls-done")).to_have_count(0)


#: What the server or the way to it may answer; what is said, and whether the tab keeps the answer.
REFUSALS = {
    401: ("Sie sind nicht angemeldet.", True),
    403: ("Sie sind noch nicht zu diesem Kurs angemeldet.", True),
    404: ("Diese Aufgabe gibt es so nicht mehr.", False),
    409: ("hat sich hier jemand neu angemeldet.", True),
    429: ("Das waren sehr viele Antworten in kurzer Zeit.", False),
    500: ("Der Fehler liegt bei uns.", False),
    502: ("Der Fehler liegt bei uns.", False),
    0: ("Wir erreichen den Server nicht.", False),
}


def refuse(status, route):
    """As a proxy or another part of the house would: with a whole page, or not at all."""
    if not status:
        return route.abort()
    return route.fulfill(status=status, body="<html><body><h1>Eine ganze Seite</h1></body></html>")


def test_a_refusal_of_any_status_stays_in_its_frame_and_what_was_typed_stays(world, somebody):
    person = somebody("learner", "script")
    slug, kinds = next(iter(world["steps"].items()))
    person.go_to(slug)
    section = person.section(kinds["gap_text"])
    section.locator('[name="gap-1"]').fill("Mein Wort")
    for status, (reason, kept) in REFUSALS.items():
        person.page.route("**/antwort/", partial(refuse, status))
        section.get_by_role("button", name="Antwort prüfen").click()
        note = section.locator(f'[data-refusal="{status}"]')
        expect(note).to_contain_text(reason)
        expect(note).to_contain_text(re.compile("nicht gespeichert"))
        expect(note.get_by_text("Sie bleibt in diesem Browser.")).to_have_count(int(kept))
        expect(section.locator("[data-refusal]")).to_have_count(1)
        expect(section.locator('[name="gap-1"]')).to_have_value("Mein Wort")
        expect(person.page.get_by_text("Eine ganze Seite")).to_have_count(0)
        person.page.unroute("**/antwort/")


def test_an_answer_after_the_session_has_ended_waits_until_she_is_back(city, world, somebody):
    person = somebody("finished", "script")
    slug, kinds = list(world["steps"].items())[2]  # a closed step
    person.go_to(slug)
    section = person.section(kinds["gap_text"])
    section.locator('[name="gap-1"]').fill("Anderes Wort")
    before = stored(city, "learning_attempt", person.session)
    kept = [cookie for cookie in person.context.cookies() if cookie["name"] == "lernstadt"]
    person.context.clear_cookies(name="lernstadt")
    section.get_by_role("button", name="Antwort prüfen").click()
    note = section.locator('[data-refusal="401"]')
    expect(note.get_by_role("link")).to_have_attribute(
        "href", f"/konto/anmelden/?next={person.path(slug)}"
    )
    assert stored(city, "learning_attempt", person.session) == before
    person.context.add_cookies(kept)
    person.go_to(slug)
    person.page.get_by_role("button", name="Antworten behalten").click()
    expect(person.page.get_by_text("Ihre Antwort ist jetzt gespeichert.")).to_be_visible()
    expect(section.locator('[name="gap-1"]')).to_have_value("Anderes Wort")
    assert stored(city, "learning_attempt", person.session) == before + 1
