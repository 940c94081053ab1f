"""Activities in the running city: played by keyboard, resumed, graded, never believed; and what hostile ones may do."""

import itertools
import json

import pytest
from playwright.sync_api import expect

from h5p_lite.core.building import folders, playable
from tests.browser.chromium import reload_until, settle, until
from tests.browser.elsewhere import Elsewhere
from tests.browser.hostile_packages import ALONE, GONE, MAIL, TRICKS
from tests.browser.test_a11y import AT_ONCE, AXE, MODES, PLAIN, RUN, WIDE
from tests.browser.test_h5p_libraries import RUN as RUN_IN_FRAME
from tests.browser.test_journey import press, tab_to

LESSON = "gefaelschte-e-mails"
EXAMPLES = {each.name.machine_name: each.example["params"] for each in playable(folders())}
PARTS = EXAMPLES["LernHN.Sequence"]["parts"]
VERB = "http://adlnet.gov/expapi/verbs/completed"


# --- a small city, and a place that is not ours --------------------------------------------------------------------


@pytest.fixture(scope="module")
def elsewhere():
    place = Elsewhere()
    yield place
    place.close()


@pytest.fixture(scope="module")
def world(city, elsewhere):
    """{"courses": {name: {"address", "lesson", "items"}}, "people": {who: session}}"""
    params = {"elsewhere": elsewhere.url, "stun": elsewhere.stun}
    code = f"from tests.browser.hostile_packages import furnish; furnish({params!r})"
    return json.loads(city.manage("shell", "-v0", "-c", code).strip().splitlines()[-1])


class Room:
    """A lesson with activities, in the browser of one person."""

    def __init__(self, city, world, page, *, who="", course="quiz"):
        self.city, self.page = city, page
        self.made = world["courses"].get(course, {"address": MAIL, "lesson": LESSON})
        self.url = f"{city.url}/lernen/{self.made['address']}/{self.made['lesson']}/"
        if who:
            cookie = {"name": "lernstadt", "value": world["people"][who], "url": city.url}
            page.context.add_cookies([cookie])

    def enter(self):
        self.page.goto(self.url)
        return self

    def section(self, name="quiz"):
        item = self.made.get("items", {}).get(name)
        return self.page.locator(f"#b-{item}" if item else "section.ls-activity")

    def button(self, name="quiz"):
        return self.section(name).get_by_role("button", name="Aktivität öffnen")

    def open(self, name="quiz"):
        """With the keyboard. Returns the frame."""
        press(self.page, self.button(name))
        return self.frame(name)

    def frame(self, name="quiz"):
        return self.section(name).locator("iframe").element_handle().content_frame()


def keys(frame, *pressed):
    """The frame lives in a process of its own: the next key waits until it has the focus."""
    for key in pressed:
        frame.page.keyboard.press(key)
        until(frame, "document.hasFocus()")


def go_to(frame, button):
    """Tab to a button and press it."""
    for _ in range(20):
        if frame.evaluate("document.activeElement.textContent") == button:
            return keys(frame, "Enter")
        keys(frame, "Tab")
    raise AssertionError(f"Tab never reached {button}")


def choose(frame, number):
    """The right answers of a part, from its heading on."""
    question = PARTS[number]["params"]
    frame.locator("h2", has_text=f"Teil {number + 1} von 4").wait_for()
    right = [n for n, answer in enumerate(question["answers"]) if answer["correct"]]
    if question["mode"] == "multiple":
        for n in range(len(question["answers"])):
            keys(frame, "Tab", *(["Space"] if n in right else []))
    else:
        keys(frame, "Tab", "Space", *["ArrowDown"] * right[0])
    keys(frame, "Enter")
    frame.get_by_role("status").get_by_text("Punkten").wait_for()


def first_half(frame):
    frame.locator("summary").first.wait_for()
    keys(frame, *["Tab", "Enter"] * 3)
    frame.get_by_text("Sie haben alle Karten geöffnet.").wait_for()
    go_to(frame, "Weiter")
    choose(frame, 1)


def second_half(frame):
    for number in (2, 3):
        go_to(frame, "Weiter")
        choose(frame, number)
    go_to(frame, "Fertig")


# --- a learner ----------------------------------------------------------------------------------------------------


def test_a_learner_plays_half_leaves_comes_back_and_finishes(city, world, page):
    room = Room(city, world, page, who="player", course="mail").enter()
    frame = room.open()
    first_half(frame)
    with page.expect_response("**/stand/"):
        pass
    page.goto(f"{city.url}/lernen/")

    frame = room.enter().open()
    expect(frame.locator("h2")).to_contain_text("Phishing erkennen")
    assert frame.locator("input:checked").count() == 2
    second_half(frame)
    for _ in ("without a reload", "after one"):
        section = room.section()
        expect(section.locator(".ls-done")).to_have_text("Erledigt")
        expect(section.locator("[data-feedback]")).to_contain_text("Sie haben 4 von 4 Punkten.")
        expect(page.locator("#stand")).to_contain_text("Noch 3 Aufgaben sind offen.")
        room.enter()


def test_nothing_is_fetched_before_and_little_after(city, world, page):
    """At most 6 requests from the button to the first thing one can do."""
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(city.url)))
    room = Room(city, world, page, who="reader", course="mail").enter()
    page.wait_for_load_state("networkidle")
    assert page.frames == [page.main_frame]
    assert [path for path in asked if "/h5p/" in path or "/aktivitaet/" in path] == []
    tab_to(page, room.button())
    until(page, "'htmx' in window")  # comes with the first thing that gets the focus
    asked.clear()
    frame = room.open()
    frame.locator("summary").first.wait_for()
    keys(frame, "Tab", "Enter")
    frame.locator("details[open]").wait_for()
    kinds = ["aktivitaet", "h5p.", ".css", "frame.bundle", ".js"]
    assert [next((kind for kind in kinds if kind in path), path) for path in asked] == kinds


@pytest.mark.axe
def test_there_are_no_barriers_in_and_around_an_open_activity(city, world, chromium):
    found = {}
    for width in (1280, 360):
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, bypass_csp=True, locale="de-DE"
        )
        room = Room(city, world, context.new_page(), who="reader", course="mail").enter()
        page, frame = room.page, room.open()
        frame.locator("summary").first.wait_for()
        places = {
            "page": (page, RUN.replace("{run", "{iframes: false, run")),
            "frame": (frame, RUN_IN_FRAME),
        }
        for name, (place, run) in places.items():
            place.evaluate(AXE.read_text("utf-8"))
            place.add_style_tag(content=AT_ONCE)
            for mode in ("light", "dark"):
                page.emulate_media(**PLAIN | MODES[mode])
                if violations := place.evaluate(run):
                    found[f"{name}, {mode}, {width}"] = violations
            if place.evaluate(WIDE):
                found[f"{name}, {width}"] = "scrolls sideways"
        context.close()
    assert found == {}


# --- a visitor ----------------------------------------------------------------------------------------------------

KEPT = """
from courses.queries.addresses import course_at
from learning.models import Attempt, ContentState, XapiStatement
from tenancy.lens import look, system
with look(system("test")):
    hers = {"enrolment__course": course_at(*"%s".split("/"))}
    print([kind.objects.filter(**hers).count() for kind in (Attempt, ContentState, XapiStatement)])
"""


def kept(city, course):
    """How many attempts, states and statements there are."""
    return json.loads(city.manage("shell", "-v0", "-c", KEPT % course).strip().splitlines()[-1])


def test_a_visitor_plays_and_only_her_tab_keeps_what_came_out(city, world, page):
    room = Room(city, world, page, course="open").enter()
    frame = room.open()
    first_half(frame)
    second_half(frame)
    expect(room.section().locator("[data-feedback]")).to_contain_text("Sie haben 4 von 4 Punkten.")
    assert page.context.cookies() == []
    until(page, "localStorage.length === 0 && sessionStorage.length === 2")  # answers and state
    room.enter()
    expect(room.section()).to_contain_text("Erledigt")
    assert kept(city, room.made["address"]) == [0, 0, 0]


# --- a forger -----------------------------------------------------------------------------------------------------

SEND = """async ([address, body]) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  return [answer.status, (await answer.json()).right];
}"""


def claim(*responses):
    """A report of full points, with these responses."""
    score = {"raw": 4, "min": 0, "max": 4, "scaled": 1}
    result = {"score": score, "success": True, "completion": True}
    place = "http://x/?subContentId="
    children = [
        {
            "statement": {
                "object": {"id": place + part["subContentId"]},
                "result": result | {"response": said},
            }
        }
        for part, said in zip(PARTS[1:], responses, strict=False)
    ]
    statement = {"verb": {"id": VERB}, "object": {"id": "http://x/"}, "result": result}
    return {"statement": statement, "parts": {"statement": statement, "children": children}}


def test_a_forged_report_earns_nothing_and_right_answers_do(city, world, page):
    room = Room(city, world, page, who="forger").enter()
    address = f"{room.url}aktivitaet/{room.made['items']['quiz']}/ergebnis/"
    wrong = claim("1[,]3", "2", "")
    silent = {"statement": wrong["statement"], "parts": None}
    foreign = claim() | {"right": True, "score": 1.0, "state": "Erledigt"}
    for report in (wrong, silent, foreign):
        assert page.evaluate(SEND, [address, report]) == [200, False]
        room.enter()
        expect(room.section().locator(".ls-done")).to_have_count(0)
        expect(page.locator("#stand")).to_contain_text("Noch 1 Aufgabe ist offen.")
    page.goto(f"{city.url}/konto/nachweise/")
    certificate = page.get_by_text("Was sehen andere mit der Nummer?")
    expect(certificate).to_have_count(0)

    frame = room.enter().open()
    first_half(frame)
    second_half(frame)
    expect(page.locator("#stand")).to_contain_text("Sie haben den Kurs geschafft.")
    page.goto(f"{city.url}/konto/nachweise/")
    reload_until(page, certificate)
    expect(certificate).to_have_count(1)


# --- packages that want more than they may ------------------------------------------------------------------------


@pytest.fixture
def watched(page_with_windows):
    """What no activity may cause."""
    page = page_with_windows
    page.caused = []
    page.context.on("page", lambda _: page.caused.append("a page"))
    for event in ("dialog", "popup", "download", "pageerror"):
        page.on(event, lambda thing, event=event: page.caused.append(f"{event}: {thing}"))
    page.on("dialog", lambda dialog: dialog.dismiss())
    return page


def seen(frame):
    if frame.url.startswith("chrome-error:"):
        return GONE
    until(frame, "'seen' in window")
    return frame.evaluate("window.seen")


def test_what_a_content_type_tries_stays_in_its_frame(city, world, watched, elsewhere):
    """`TRICKS` is the table: what each does, and what it sees of it."""
    page = watched
    page.goto(f"{city.url}/kurse/")  # there is somewhere to go back to
    room = Room(city, world, page, who="victim", course="tricks").enter()
    posts = []
    page.on("request", lambda r: r.method == "POST" and posts.append(r.url.rsplit("/", 3)[1:3]))
    found = {}
    page.locator("h1").click()  # without a gesture, a link would not even be looked at
    for trick in TRICKS:
        room.button(trick).dispatch_event("click")  # the page moves while frames grow
    for trick, says in TRICKS.items():
        frame = room.frame(trick)
        if says.seen == GONE:
            frame.wait_for_url("chrome-error:**")
        found[trick] = seen(frame)
    assert found == {trick: says.seen for trick, says in TRICKS.items()}

    settle(page)
    assert (page.url, page.caused, elsewhere.hits, elsewhere.datagrams()) == (room.url, [], [], [])
    names = {item: name for name, item in room.made["items"].items()}
    assert [names[item] for item, what in posts if what == "ergebnis"] == ["Html"]
    assert {names[item] for item, _what in posts} <= {"Html", "Garbage"}  # a small state is one
    assert {cookie["name"] for cookie in page.context.cookies()} == {"lernstadt", "csrftoken"}
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("window.hurt") is None
    assert page.locator("[onerror], main script").count() == 0
    offered = page.locator("[data-says] a").all_inner_texts()  # by "Top", soon after the gesture
    assert set(offered) <= {f"{city.url}/konto/"}
    size = "frame => frame.getBoundingClientRect().height"
    assert room.section("Heights").locator("iframe").evaluate(size) <= 20_010
    page.goto(f"{city.url}/konto/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/anmelden/" not in page.url


def test_the_place_elsewhere_can_be_reached_by_whoever_may(page, elsewhere):
    page.context.request.get(f"{elsewhere.url}/control")
    assert elsewhere.hits.pop() == "/control"


def test_a_flood_of_messages_becomes_a_trickle_of_reports(city, world, watched):
    room = Room(city, world, watched, who="victim", course="tricks").enter()
    reports, states = [], []
    watched.on("requestfinished", lambda r: r.url.endswith("/ergebnis/") and reports.append(r))
    watched.on("requestfinished", lambda r: r.url.endswith("/stand/") and states.append(r))
    frame = room.open("Flood")
    assert seen(frame) == ALONE["Flood"].seen
    until(watched, lambda: len(reports) >= 3 and states)
    begun = [report.timing["startTime"] for report in reports]
    pauses = [later - earlier for earlier, later in itertools.pairwise(begun)]
    assert [pause >= 1_000 * number for number, pause in enumerate(pauses, 1)] == [True] * len(
        pauses
    )
    assert len(states) in (1, 2)
    assert watched.caused == []


def test_a_busy_activity_does_not_stop_the_page_around(city, world, watched):
    room = Room(city, world, watched, who="victim", course="tricks").enter()
    frame = room.open("Busy")
    frame.wait_for_load_state()
    watched.evaluate("() => { window.turns = 0; setInterval(() => { window.turns += 1; }, 10); }")
    assert seen(frame) == ALONE["Busy"].seen  # four seconds later
    assert watched.evaluate("window.turns") > 20  # a stopped page would have had one or two


def test_a_link_is_offered_outside_and_opens_nothing_by_itself(city, world, watched, elsewhere):
    room = Room(city, world, watched, who="victim", course="tricks").enter()
    frame = room.open("Link")
    assert seen(frame) == ALONE["Link"].seen
    frame.locator(".a").click()
    offered = room.section("Link").locator("[data-says] a")
    expect(offered).to_have_text(
        f"{elsewhere.url}/a"
    )  # before the next: it would use the gesture up
    for link in "bc":
        frame.locator(f".{link}").click()
    assert offered.get_attribute("rel") == "noopener noreferrer"
    assert (watched.url, watched.caused, elsewhere.hits) == (room.url, [], [])
    assert watched.evaluate("window.hurt") is None


def test_a_picture_of_a_library_runs_nothing_when_it_is_opened_by_itself(city, world, watched):
    room = Room(city, world, watched, who="victim", course="tricks").enter()
    frame = room.open("Cookie")
    seen(frame)
    script = frame.evaluate("H5PIntegration.loadedJs[0]")
    came = []
    watched.on("response", lambda response: came.append(response.url.removeprefix(city.url)))
    picture = script.replace("feind.js", "bild.svg")
    watched.goto(city.url + picture)
    until(watched, "document.readyState === 'complete'")
    assert watched.evaluate("[document.documentElement.id, self.origin]") == ["still", "null"]
    assert came == [picture]


def test_a_play_page_opened_by_itself_is_in_the_sandbox_as_well(city, world, watched):
    room = Room(city, world, watched, who="victim", course="tricks").enter()
    watched.goto(f"{room.url}aktivitaet/{room.made['items']['Cookie']}/")
    assert seen(watched.main_frame) == TRICKS["Cookie"].seen


@pytest.mark.parametrize(("cookie", "ground"), [("1.1.dark", 60), ("1.1.light", 240)])
def test_an_activity_follows_the_chosen_colours(city, world, page, cookie, ground):
    page.context.add_cookies([{"name": "anzeige", "value": cookie, "url": city.url}])
    frame = Room(city, world, page).enter().open()
    frame.locator(".lernhn").first.wait_for()
    seen = frame.evaluate("getComputedStyle(document.querySelector('.lernhn')).backgroundColor")
    shade = max(int(part) for part in seen.strip("rgba()").split(",")[:3])
    assert (shade < ground) if cookie == "1.1.dark" else (shade > ground)
