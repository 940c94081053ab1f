"""Filters change their list at once; without script, or with a bad network, they are a form like any other."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import until
from tests.browser.city import City
from tests.browser.test_a11y import AXE, RUN

CATALOGUE, DATES = "/kurse/", "/termine/finden/"
LONG = 60_000  # ms
FIRST = "#filtern fieldset input[type=checkbox]"


def opened(page, city: City, path: str):
    page.goto(city.url + path)
    return page


def number(page) -> int:
    return int(re.findall(r"\d+", page.inner_text("#treffer"))[0])


def count_of(page, box) -> int:
    return int(re.findall(r"\d+", box.locator("xpath=../span[2]").inner_text())[0])


@pytest.mark.parametrize("path", [CATALOGUE, DATES])
def test_a_choice_changes_list_counts_and_address_and_nothing_else(city, page, path):
    opened(page, city, path)
    page.evaluate("window.same = true")
    page.locator("#filtern details.ls-facet:not([open]) > summary").first.click()
    unfolded = page.locator("#filtern details.ls-facet[open]").count()
    before = number(page)
    boxes = page.locator(FIRST)
    box = next(each for each in boxes.all() if each.is_visible() and count_of(page, each) < before)
    name, value, left = box.get_attribute("name"), box.get_attribute("value"), count_of(page, box)
    box.focus()
    box.press("Space")
    page.wait_for_url(f"**{path}?*{name}={value}*")
    expect(page.locator("#gesagt")).not_to_be_empty(timeout=LONG)
    assert (number(page), page.evaluate("window.same")) == (left, True)
    assert page.inner_text("#gesagt") == page.inner_text("#treffer")
    assert page.evaluate("document.activeElement.value") == value
    assert page.locator("#filtern details.ls-facet[open]").count() == unfolded
    page.go_back()
    page.wait_for_url(f"**{path}")
    expect(page.locator("#treffer")).to_contain_text(str(before), timeout=LONG)
    assert not page.locator("#filtern input:checked").count()


def test_letting_go_of_a_choice_leads_to_the_list(city, page):
    opened(page, city, f"{CATALOGUE}?stufe=einstieg")
    page.evaluate("window.same = true")
    chosen = number(page)
    page.get_by_role("link", name="Filter entfernen: Einstieg").click()
    expect(page.locator("#treffer")).to_be_focused(timeout=LONG)
    assert page.evaluate("window.same")
    assert number(page) > chosen
    assert not page.locator("#filtern input:checked").count()


def test_two_quick_choices_are_both_kept_on_a_slow_line(city, page):
    opened(page, city, DATES)
    page.route(
        "**/termine/finden/?*", lambda route: (page.wait_for_timeout(300), route.continue_())
    )
    boxes = page.locator("#f-tag input[type=checkbox]")
    wanted = [boxes.nth(0).get_attribute("value"), boxes.nth(1).get_attribute("value")]
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.wait_for_url(f"**tag={wanted[0]}&tag={wanted[1]}*")
    expect(page.locator(".ls-chip--on")).to_have_count(2, timeout=LONG)
    assert boxes.nth(0).is_checked()
    assert boxes.nth(1).is_checked()


def test_what_is_ticked_before_the_script_is_there_chooses(city, page):
    waiting = []
    page.route(re.compile(r"/js/facets[^/]*\.js"), lambda route: waiting.append(route))
    page.goto(city.url + DATES, wait_until="commit")
    box = page.locator("#f-tag input[type=checkbox]").first
    box.check()
    until(page, lambda: bool(waiting))
    for route in waiting:
        route.continue_()
    page.wait_for_url(f"**tag={box.get_attribute('value')}*")
    expect(page.locator(".ls-chip--on")).to_have_count(1, timeout=LONG)


def test_what_is_ticked_while_a_list_comes_stays_ticked(city, page):
    """In the moment between an answer and its list."""
    opened(page, city, DATES)
    page.evaluate(
        """() => document.addEventListener("htmx:before:response", () =>
          document.querySelectorAll("#f-tag input[type=checkbox]")[1].click(), { once: true })"""
    )
    boxes = page.locator("#f-tag input[type=checkbox]")
    wanted = [boxes.nth(at).get_attribute("value") for at in (0, 1)]
    boxes.nth(0).check()
    expect(page.locator(".ls-chip--on")).to_have_count(2, timeout=LONG)
    assert f"?tag={wanted[0]}&tag={wanted[1]}" in page.url
    assert [boxes.nth(at).is_checked() for at in (0, 1)] == [True, True]


@pytest.mark.parametrize("path", [CATALOGUE, DATES])
def test_the_list_that_waits_for_a_newer_one_stays_readable(city, chromium, path):
    """No text fades below its contrast while the network is slow."""
    page = chromium.new_context(bypass_csp=True).new_page()
    opened(page, city, path)
    held = []

    def hold(route):
        held.append(route)

    page.route(f"**{path}?*", hold)
    page.locator("#filtern details.ls-facet:not([open]) > summary").first.click()
    page.locator(FIRST).locator("visible=true").first.press("Space")
    until(page, lambda: held)
    expect(page.locator("#ergebnis")).to_have_attribute("aria-busy", "true")
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN) == []
    held[0].continue_()
    expect(page.locator("#gesagt")).not_to_be_empty(timeout=LONG)
    expect(page.locator("#ergebnis")).not_to_have_attribute("aria-busy", "true")
    page.context.close()


def test_who_has_moved_on_keeps_the_focus(city, page):
    opened(page, city, DATES)
    page.route(
        "**/termine/finden/?*", lambda route: (page.wait_for_timeout(500), route.continue_())
    )
    page.get_by_role("button", name="Filter anwenden").press("Enter")
    box = page.locator(FIRST).first
    box.focus()
    expect(page.locator("#gesagt")).not_to_be_empty(timeout=LONG)
    expect(box).to_be_focused()


@pytest.mark.parametrize("lost", ["**/htmx.min*.js", "**/kurse/?*"])
def test_what_does_not_come_by_script_comes_as_a_page(city, page, lost):
    opened(page, city, CATALOGUE)
    page.evaluate("window.same = true")
    page.route(lost, lambda route: route.abort(), times=1)
    page.locator(FIRST).first.check()
    page.locator(".ls-chip--on").first.wait_for()
    assert page.evaluate("window.same === undefined")
    assert page.locator(FIRST).first.is_checked()


def test_without_script_the_form_filters(city, chromium):
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    page = opened(context.new_page(), city, CATALOGUE)
    left = count_of(page, page.locator(FIRST).first)
    page.locator(FIRST).first.check()
    page.get_by_role("button", name="Filter anwenden").click()
    page.wait_for_selector(".ls-chip--on")
    assert number(page) == left
    context.close()
