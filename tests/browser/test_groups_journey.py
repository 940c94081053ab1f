"""A tutor from the code to the attestation, by keyboard, wide and on a phone: they make a group, somebody joins, learns, is confirmed."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import reload_until, sign_in
from tests.browser.letters import ask_for_account, prove
from tests.browser.test_a11y import AXE, RUN

SIZES = {"1280": {"width": 1280, "height": 900}, "390": {"width": 390, "height": 844}}
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def press(page, thing):
    """By keyboard: what cannot have the focus, or does nothing on Enter, stops the journey."""
    thing.focus()
    expect(thing).to_be_focused()
    page.keyboard.press("Enter")


def good(page):
    """No barrier that axe finds, and nothing sticks out."""
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN) == []
    assert page.evaluate(WIDE) <= 0


def make_group(page, city, name):
    sign_in(page, city, "tutor")
    page.goto(f"{city.url}/anbieter/vhs/begleiten/")
    press(page, page.get_by_role("link", name="Neue Gruppe"))
    course = page.get_by_label("Für welchen Kurs?")
    course.focus()
    page.keyboard.type("Smartphone")
    name_field = page.get_by_label("Name der Gruppe")
    name_field.focus()
    page.keyboard.type(name)
    good(page)
    page.keyboard.press("Enter")
    page.get_by_text("Die Gruppe ist da.").wait_for()
    good(page)
    return page.locator(".ls-poster__code").inner_text()


def join(learner, city, code, address):
    """By the code typed as people type, through a new account, and back to the group."""
    learner.goto(f"{city.url}/gruppe/")
    learner.get_by_label("Code der Gruppe").focus()
    learner.keyboard.type(code.lower())
    learner.keyboard.press("Enter")
    learner.get_by_text("Dafür brauchen Sie ein Konto.").wait_for()
    good(learner)
    press(learner, learner.get_by_role("link", name="Konto anlegen"))
    ask_for_account(learner, address)
    prove(learner, city, address)
    expect(learner).to_have_url(re.compile("/gruppe/"))
    press(learner, learner.get_by_role("button", name="Beitreten"))
    learner.get_by_text("Sie sind in der Gruppe").wait_for()
    good(learner)


def confirm_all(page):
    """Every step, each with a reason."""
    while (
        button := page.get_by_role("button", name="Schritt bestätigen", include_hidden=True)
    ).count():
        step = page.locator("details", has=button.first).first
        summary = step.locator("summary")
        if step.get_attribute("open") is None:
            press(page, summary)
        step.get_by_label("Warum?").focus()
        page.keyboard.type("Hat es am Gerät gezeigt.")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.get_by_text("Der Schritt ist bestätigt.").wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_from_the_code_to_the_attestation(city, chromium, size):
    tutors = chromium.new_context(viewport=SIZES[size], locale="de-DE", bypass_csp=True)
    learners = chromium.new_context(viewport=SIZES[size], locale="de-DE", bypass_csp=True)
    page, learner = tutors.new_page(), learners.new_page()
    group = f"Montag {uuid.uuid4().hex[:6]}"
    code = make_group(page, city, group)
    join(learner, city, code, f"gruppe-{uuid.uuid4().hex[:8]}@treff.example")
    page.goto(f"{city.url}/anbieter/vhs/begleiten/")
    press(page, page.get_by_role("link", name=group))
    page.get_by_text("neu dabei").wait_for()
    good(page)
    press(page, page.locator("tbody th a"))
    page.get_by_role("heading", name="Antworten in diesem Kurs").wait_for()
    good(page)
    confirm_all(page)
    page.get_by_text("fertig").first.wait_for()
    good(page)
    learner.reload()
    assert learner.get_by_text("Hat es am Gerät gezeigt.").count() > 1
    learner.goto(f"{city.url}/konto/nachweise/")
    reload_until(learner, learner.get_by_text("Smartphone: erste Schritte"))
    tutors.close()
    learners.close()
