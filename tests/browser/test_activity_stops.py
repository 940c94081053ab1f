"""Where somebody stopped in an activity when it cannot be stored at once: two windows, no network, no session, no account."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import until
from tests.browser.test_activities import Room, go_to, keys
from tests.browser.test_journey import press

PEOPLE = ["twin", "traveller", "returner", "sharer", "other", "visitor"]
NEWER = "Sie haben in einem anderen Fenster weitergemacht."
LATER = "Wir können gerade nicht speichern, wo Sie sind."
ENDED = "Sie sind nicht angemeldet."


@pytest.fixture(scope="module")
def world(city):
    code = f"from tests.browser.troubled_packages import furnish; furnish({PEOPLE})"
    return json.loads(city.manage("shell", "-v0", "-c", code).strip().splitlines()[-1])


def begin(room):
    frame = room.enter().open()
    frame.locator("summary").first.wait_for()
    return frame


def go_on(frame):
    """To the second part, which is where they stopped then."""
    keys(frame, *["Tab", "Enter"] * 3)
    frame.get_by_text("Sie haben alle Karten geöffnet.").wait_for()
    go_to(frame, "Weiter")
    frame.locator("h2", has_text="Teil 2 von 4").wait_for()


def again(room):
    """The part with which it begins."""
    frame = room.open()
    frame.locator("h2").first.wait_for()
    return frame.locator("h2").first.inner_text()


def saving(page):
    return page.expect_response(lambda answer: answer.url.endswith("/stand/") and answer.ok)


SECOND = re.compile("Teil 2 von 4")
COMPLETED = "http://adlnet.gov/expapi/verbs/completed"


def answered(room):
    """What a browser keeps of a visitor's answers to the activity."""
    children = [{"statement": {"result": {"response": "0"}}} for _ in range(4)]
    sent = {"statement": {"verb": {"id": COMPLETED}}, "parts": {"children": children}}
    where = {name: room.made[name] for name in ("address", "lesson")}
    given = {"result": [json.dumps(sent)]}
    return where | {"item": room.made["items"]["quiz"], "given": given, "right": False}


def test_of_two_windows_the_older_one_is_told_and_takes_nothing_away(city, world, page):
    first = Room(city, world, page, who="twin", course="mail")
    second = Room(city, world, page.context.new_page(), course="mail")
    old, new = begin(first), begin(second)
    with saving(second.page):
        go_on(new)
    first.page.bring_to_front()
    go_on(old)
    said = first.section().locator("[data-refusal]")
    expect(said).to_contain_text(NEWER)
    assert first.page.evaluate("document.activeElement.tagName") == "IFRAME"  # nobody is pushed
    said.get_by_role("link").click()
    assert SECOND.search(again(first))


def test_without_a_network_it_stays_in_the_window_and_is_sent_later(city, world, page):
    room = Room(city, world, page, who="traveller", course="mail")
    frame = begin(room)
    page.context.set_offline(True)
    go_on(frame)
    says = room.section().locator("[data-says]")
    expect(says).to_contain_text(LATER)
    assert page.evaluate("sessionStorage.length") == 1
    with saving(page):
        page.context.set_offline(False)
    expect(says).to_have_text("")
    assert page.evaluate("sessionStorage.length") == 0
    assert SECOND.search(again(room.enter()))


def test_who_is_signed_out_in_the_middle_goes_on_there_after_signing_in(city, world, page):
    room = Room(city, world, page, who="returner", course="mail")
    frame = begin(room)
    session = [each for each in page.context.cookies() if each["name"] == "lernstadt"]
    page.context.clear_cookies()
    go_on(frame)
    expect(room.section().locator("[data-refusal]")).to_contain_text(ENDED)
    page.context.add_cookies(session)
    room.enter()
    with saving(page):
        begun = again(room)
    assert SECOND.search(begun)
    assert page.evaluate("sessionStorage.length") == 0


def test_the_next_person_at_a_shared_device_finds_nothing_of_the_one_before(city, world, page):
    room = Room(city, world, page, who="sharer", course="mail")
    frame = begin(room)
    page.context.clear_cookies()
    go_on(frame)
    expect(room.section().locator("[data-refusal]")).to_contain_text(ENDED)
    other = Room(city, world, page, who="other", course="mail").enter()
    assert not SECOND.search(again(other))


def test_a_visitor_goes_on_where_they_stopped_in_this_tab(city, world, page):
    room = Room(city, world, page, course="open")
    go_on(begin(room))
    until(page, "sessionStorage.length === 1")
    assert SECOND.search(again(room.enter()))
    assert page.context.cookies() == []


def test_a_visitor_takes_along_where_they_stopped_with_their_answers(city, world, page):
    room = Room(city, world, page, course="open")
    go_on(begin(room))
    until(page, "sessionStorage.length === 1")
    kept = json.dumps([answered(room)])
    page.evaluate("kept => sessionStorage.setItem('lernstadt-antworten', kept)", kept)
    room = Room(city, world, page, who="visitor", course="open").enter()
    page.get_by_role("button", name="Antworten behalten").click()
    page.get_by_text("gespeichert.").first.wait_for()
    until(page, "location.hash === ''")
    with saving(page):
        begun = again(room)
    assert SECOND.search(begun)
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Gone", "Diese Aktivität läuft hier nicht: Ein Teil von ihr fehlt oder ist kaputt."),
        ("Falls", "Diese Aktivität läuft hier nicht: Ein Teil von ihr fehlt oder ist kaputt."),
        ("Film", "Ein Film, ein Ton oder ein Bild kommt von woanders. Das laden wir hier nicht: films.example"),
        ("Frame", "Ein Teil dieser Aktivität kommt von woanders. Das laden wir hier nicht: frames.example"),
        ("Player", "Ein Teil dieser Aktivität kommt von woanders. Das laden wir hier nicht: www.youtube.com"),
        ("Microphone", "Diese Aktivität möchte das Mikrofon oder die Kamera benutzen."),
    ],
)  # fmt: skip
def test_what_does_not_run_is_said(city, world, page, name, says):
    room = Room(city, world, page, course="troubled").enter()
    press(page, room.button(name))
    expect(room.section(name).locator("[data-says]")).to_contain_text(says)


def test_what_comes_late_takes_the_word_back(city, world, page):
    room = Room(city, world, page, course="troubled").enter()
    press(page, room.button("Late"))
    frame = room.section("Late").frame_locator("iframe")
    says = room.section("Late").locator("[data-says]")
    expect(says).to_contain_text("Diese Aktivität läuft hier nicht", timeout=15_000)
    frame.locator("body").evaluate("() => window.comes()")
    expect(says).to_have_text("")


@pytest.mark.parametrize(
    ("scheme", "says"),
    [("dark", "Diese Aktivität bleibt zum Teil hell. Ganz dunkel lässt sie sich nicht zeigen."), ("light", "")],
)  # fmt: skip
def test_what_cannot_be_dark_says_so_to_who_wants_it_dark(city, world, page, scheme, says):
    page.emulate_media(color_scheme=scheme)
    room = Room(city, world, page, course="troubled").enter()
    press(page, room.button("Bright"))
    room.frame("Bright").locator("canvas").wait_for()
    until(page, "parseInt(document.querySelector('.ls-activity__frame').style.blockSize) > 300")
    expect(room.section("Bright").locator("[data-says]")).to_have_text(says)
